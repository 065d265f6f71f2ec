/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The small assembler: words as the GNU assembler makes them, labels, aliases, and where an error is.
 */
#include "service/a64asm.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "unit.h"

/* What aarch64-linux-gnu-as makes of each line. */
static const struct {
	const char *text;
	uint32_t word;
} words[] = {
	{ "nop", 0xd503201f },
	{ "yield", 0xd503203f },
	{ "wfe", 0xd503205f },
	{ "wfi", 0xd503207f },
	{ "sev", 0xd503209f },
	{ "sevl", 0xd50320bf },
	{ "isb", 0xd5033fdf },
	{ "clrex", 0xd5033f5f },
	{ "eret", 0xd69f03e0 },
	{ "svc #3", 0xd4000061 },
	{ "hvc #0x10", 0xd4000202 },
	{ "smc #0", 0xd4000003 },
	{ "brk #7", 0xd42000e0 },
	{ "mov x1, #5", 0xd28000a1 },
	{ "mov w1, #0x8000", 0x52900001 },
	{ "mov x1, #-1", 0x92800001 },
	{ "mov x2, #0x40000000", 0xd2a80002 },
	{ "mov x2, #0xc40000000000", 0xd2d88002 },
	{ "mov x3, x4", 0xaa0403e3 },
	{ "mov w3, w4", 0x2a0403e3 },
	{ "mov sp, x1", 0x9100003f },
	{ "mov x1, sp", 0x910003e1 },
	{ "movk x1, #3", 0xf2800061 },
	{ "add x1, x2, x3", 0x8b030041 },
	{ "add w1, w2, #4", 0x11001041 },
	{ "adds x1, x2, #4095", 0xb13ffc41 },
	{ "sub sp, sp, #16", 0xd10043ff },
	{ "subs w1, w1, #1", 0x71000421 },
	{ "and x1, x2, x3", 0x8a030041 },
	{ "orr w1, w2, w3", 0x2a030041 },
	{ "eor x5, x6, x7", 0xca0700c5 },
	{ "cmp x1, #3", 0xf1000c3f },
	{ "cmp w1, w2", 0x6b02003f },
	{ "br x3", 0xd61f0060 },
	{ "blr x4", 0xd63f0080 },
	{ "ret", 0xd65f03c0 },
	{ "ret x2", 0xd65f0040 },
	{ "ldr x1, [x2]", 0xf9400041 },
	{ "ldr x1, [x2, #8]", 0xf9400441 },
	{ "ldr w1, [x2, #4]", 0xb9400441 },
	{ "ldr x1, [x2, #-8]", 0xf85f8041 },
	{ "ldr x1, [x2, #8]!", 0xf8408c41 },
	{ "ldr x1, [x2], #8", 0xf8408441 },
	{ "ldr x1, [x2, x3]", 0xf8636841 },
	{ "str x1, [sp, #16]", 0xf9000be1 },
	{ "str w1, [x2, #3]", 0xb8003041 },
	{ "ldrb w1, [x2, #1]", 0x39400441 },
	{ "strb w1, [x2]", 0x39000041 },
	{ "ldrh w1, [x2, #2]", 0x79400441 },
	{ "strh w1, [x2, #-1]", 0x781ff041 },
	{ "ldur x1, [x2, #1]", 0xf8401041 },
	{ "stur x1, [x2, #3]", 0xf8003041 },
	{ "ldp x1, x2, [x3]", 0xa9400861 },
	{ "stp w1, w2, [x3, #8]", 0x29010861 },
	{ "stp x1, x2, [sp, #-16]!", 0xa9bf0be1 },
	{ "ldp x1, x2, [sp], #16", 0xa8c10be1 },
	{ "str q1, [x2]", 0x3d800041 },
	{ "ldr q3, [x2, #32]", 0x3dc00843 },
	{ "ldxr x1, [x2]", 0xc85f7c41 },
	{ "ldxr w1, [x2]", 0x885f7c41 },
	{ "ldxrb w1, [x2]", 0x085f7c41 },
	{ "ldaxrh w1, [x2]", 0x485ffc41 },
	{ "ldaxr x1, [sp]", 0xc85fffe1 },
	{ "stxr w3, x1, [x2]", 0xc8037c41 },
	{ "stxrb w3, w1, [x2]", 0x08037c41 },
	{ "stlxr w3, w1, [x2]", 0x8803fc41 },
	{ "stlxrh w3, w1, [x2]", 0x4803fc41 },
	{ "ldar x1, [x2]", 0xc8dffc41 },
	{ "ldarb w1, [x2]", 0x08dffc41 },
	{ "stlr x1, [x2]", 0xc89ffc41 },
	{ "stlrh w1, [x2]", 0x489ffc41 },
	{ "ldxp x1, x2, [x3]", 0xc87f0861 },
	{ "ldaxp w1, w2, [x3]", 0x887f8861 },
	{ "stxp w4, x1, x2, [x3]", 0xc8240861 },
	{ "stlxp w4, w1, w2, [x3]", 0x88248861 },
	{ "cas x1, x2, [x3]", 0xc8a17c62 },
	{ "casal w1, w2, [x3]", 0x88e1fc62 },
	{ "casb w1, w2, [x3]", 0x08a17c62 },
	{ "caslh w1, w2, [x3]", 0x48a1fc62 },
	{ "casp x2, x3, x4, x5, [x6]", 0x48227cc4 },
	{ "swp x1, x2, [x3]", 0xf8218062 },
	{ "swpal w1, w2, [x3]", 0xb8e18062 },
	{ "ldadd x1, x2, [x3]", 0xf8210062 },
	{ "ldadda x1, x2, [x3]", 0xf8a10062 },
	{ "ldaddlb w1, w2, [x3]", 0x38610062 },
	{ "ldset w1, w2, [x3]", 0xb8213062 },
	{ "ldclr x1, x2, [x3]", 0xf8211062 },
	{ "ldeoral x1, x2, [x3]", 0xf8e12062 },
	{ "dsb sy", 0xd5033f9f },
	{ "dsb ish", 0xd5033b9f },
	{ "dmb ishst", 0xd5033abf },
	{ "dmb ish", 0xd5033bbf },
	{ "dc zva, x1", 0xd50b7421 },
	{ "dc cvac, x2", 0xd50b7a22 },
	{ "dc civac, x2", 0xd50b7e22 },
	{ "ic ivau, x3", 0xd50b7523 },
	{ "ic iallu", 0xd508751f },
	{ "ic ialluis", 0xd508711f },
	{ "tlbi vmalle1is", 0xd508831f },
	{ "tlbi vae1is, x1", 0xd5088321 },
	{ "mrs x1, mpidr_el1", 0xd53800a1 },
	{ "mrs x2, ctr_el0", 0xd53b0022 },
	{ "msr tpidr_el1, x3", 0xd518d083 },
	{ "msr daifset, #2", 0xd50342df },
	{ "msr daifclr, #15", 0xd5034fff },
	{ "msr spsel, #1", 0xd50041bf },
};

START_TEST(word)
{
	struct a64asm_code code = VEC_INIT;
	struct error err = ERROR_NONE;

	ck_assert_msg(a64asm_assemble(words[_i].text, NULL, &code, &err), "%s: %s", words[_i].text, err.text);
	ck_assert_uint_eq(code.len, 1);
	ck_assert_msg(code.item[0] == words[_i].word, "%s: 0x%08x", words[_i].text, code.item[0]);
	vec_free(&code);
}
END_TEST

static const struct {
	const char *text;
	uint32_t word[4];
	size_t count;
} programs[] = {
	{ "1: b 1b", { 0x14000000 }, 1 },
	{ "b 1f\n1: nop", { 0x14000001, 0xd503201f }, 2 },
	{ "1: nop\n1: cbz x1, 1b", { 0xd503201f, 0xb4000001 }, 2 },
	{ "1: cbz x1, 1f\n1: nop", { 0xb4000021, 0xd503201f }, 2 },
	{ "loop:\n  nop // a comment\n  b.ne loop", { 0xd503201f, 0x54ffffe1 }, 2 },
	{ "# a comment\n\nb end\nend:", { 0x14000001 }, 1 },
	{ "tbz w1, #3, 1f\ntbnz x1, #35, 1f\n1:", { 0x36180041, 0xb7180021 }, 2 },
	{ "adr x1, 1f\nbl 1f\n1: ret", { 0x10000041, 0x94000001, 0xd65f03c0 }, 3 },
	{ "ldr x1, [flag]\nstxr w2, x1, [lock]\nadd x3, lock, #8", { 0xf9400281, 0xc8027ea1, 0x910022a3 }, 3 },
};

START_TEST(program)
{
	static const struct a64asm_alias aliases[] = { { "flag", 20 }, { "lock", 21 }, { NULL, 0 } };
	struct a64asm_code code = VEC_INIT;
	struct error err = ERROR_NONE;

	ck_assert_msg(a64asm_assemble(programs[_i].text, aliases, &code, &err), "%s", err.text);
	ck_assert_uint_eq(code.len, programs[_i].count);
	ck_assert_mem_eq(code.item, programs[_i].word, code.len * sizeof(*code.item));
	vec_free(&code);
}
END_TEST

static const struct {
	const char *text, *at;
} errors[] = {
	{ "frob x1", "1:1:" }, { "nop\n add x1, x2", "2:2:" }, { "add x1, x2, w3", "1:13:" }, { "mov x1, #0x12345", "1:9:" },
	{ "ldr x1, x2", "1:9:" }, { "ldr x1, [x2", "1:12:" }, { "ldr x1, [x2, #4097]", "1:9:" }, { "b nowhere", "1:3:" },
	{ "1: nop\nb 1f", "2:3:" }, { "x: nop\nx: nop", "2:1:" }, { "12: nop", "1:1:" }, { "ldxrb x1, [x2]", "1:7:" },
	{ "stxr x1, x2, [x3]", "1:6:" }, { "stxr w1, x2, [x3, #8]", "1:14:" }, { "casp x1, x2, x4, x5, [x6]", "1:6:" },
	{ "casq x1, x2, [x3]", "1:1:" }, { "dsb now", "1:5:" }, { "dc zap, x1", "1:4:" }, { "mrs x1, nothing_el1", "1:9:" },
	{ "svc #65536", "1:5:" }, { "mov x1, 5y", "1:10:" }, { "nop nop", "1:5:" }, { "add x1, x2, x3, x4", "1:17:" },
	{ "mov x1, #1,", "1:12:" }, { "strb x1, [x2]", "1:6:" }, { "ldr x1, [x2, x3]!", "1:17:" }, { "mov x31, x1", "1:5:" },
	{ ", x1", "1:1:" }, { "ldp x1, x2, [x3, #4]", "1:13:" }, { "averyveryverylongmnemonic", "1:1:" },
};

START_TEST(error)
{
	struct a64asm_code code = VEC_INIT;
	struct error err = ERROR_NONE;

	vec_add(&code, 7);
	ck_assert_msg(!a64asm_assemble(errors[_i].text, NULL, &code, &err), "%s", errors[_i].text);
	ck_assert_msg(!strncmp(err.text, errors[_i].at, strlen(errors[_i].at)), "%s: %s", errors[_i].text, err.text);
	/* What was there before is still there, and nothing else. */
	ck_assert_uint_eq(code.len, 1);
	vec_free(&code);
}
END_TEST

START_TEST(too_long)
{
	struct strbuf text = STRBUF_INIT;
	struct a64asm_code code = VEC_INIT;
	struct error err = ERROR_NONE;

	for (unsigned i = 0; i <= A64ASM_MAX_WORDS; i++)
		strbuf_puts(&text, "nop\n");
	ck_assert(!a64asm_assemble(strbuf_text(&text), NULL, &code, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "too many"));
	strbuf_free(&text);
	vec_free(&code);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/a64asm");
	TCase *tcase = tcase_create("a64asm");

	tcase_add_loop_test(tcase, word, 0, sizeof(words) / sizeof(words[0]));
	tcase_add_loop_test(tcase, program, 0, sizeof(programs) / sizeof(programs[0]));
	tcase_add_loop_test(tcase, error, 0, sizeof(errors) / sizeof(errors[0]));
	tcase_add_test(tcase, too_long);
	suite_add_tcase(suite, tcase);
	return suite;
}
