/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Instructions as text, where they branch, and whether they will.
 */
#include "service/disasm.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

static bool name_of(void *ctx, gva_t addr, char *buf, size_t size)
{
	(void)ctx;
	if (addr < 0x1000 || addr >= 0x2000)
		return false;
	snprintf(buf, size, "spin+0x%x", (unsigned int)(addr - 0x1000));
	return true;
}

/* KIND: b for branch, l for call, c for conditional, t for a target in the instruction. */
static const struct row {
	uint32_t word;
	const char *text;
	const char *kind;
	gva_t target;
} rows[] = {
	{ 0xd503205f, "wfe", "", 0 },
	{ 0xd4000003, "smc #0", "", 0 },
	{ 0xf9400022, "ldr x2, [x1]", "", 0 },
	{ 0xc85f7c65, "ldxr x5, [x3]", "", 0 },
	{ 0x54ffffc0, "b.eq spin+0x28", "bct", 0x1028 },
	{ 0x17fffffc, "b spin+0x20", "bt", 0x1020 },
	{ 0x94000002, "bl spin+0x38", "blt", 0x1038 },
	{ 0x97fff000, "bl #0xffffffffffffd030", "blt", UINT64_C(0xffffffffffffd030) },
	{ 0xb4000040, "cbz x0, spin+0x38", "bct", 0x1038 },
	{ 0x3718003f, "tbnz wzr, #3, spin+0x34", "bct", 0x1034 },
	{ 0xd61f01e0, "br x15", "b", 0 },
	{ 0xd63f0180, "blr x12", "bl", 0 },
	{ 0xd65f03c0, "ret ", "b", 0 },
	{ 0xd69f03e0, "eret ", "b", 0 },
	{ 0x10000041, "adr x1, spin+0x38", "", 0x1038 },
	{ 0x90000001, "adrp x1, spin+0x0", "", 0x1000 },
	{ 0x00000000, ".inst 0x00000000", "", 0 },
	{ 0xd503201f, "nop", "", 0 },
	{ 0xd503233f, "paciasp", "", 0 },
	{ 0xd50323bf, "autiasp", "", 0 },
	{ 0xd503245f, "bti c", "", 0 },
	{ 0xd503249f, "bti j", "", 0 },
	{ 0xd503209f, "sev ", "", 0 },
};

START_TEST(text_and_target)
{
	const struct row *row = &rows[_i];
	struct disasm *disasm = disasm_new(NULL);
	struct disasm_insn insn;
	char text[256], kind[8];

	disasm_set_names(disasm, name_of, NULL);
	disasm_decode(disasm, 0x1030, row->word, &insn);
	snprintf(text, sizeof(text), "%s%s%s", insn.mnemonic,
		 insn.operands[0] || row->text[strlen(row->text) - 1] == ' ' ? " " : "", insn.operands);
	ck_assert_str_eq(text, row->text);
	snprintf(kind, sizeof(kind), "%s%s%s%s", insn.is_branch ? "b" : "", insn.is_call ? "l" : "",
		 insn.is_conditional ? "c" : "", insn.has_target ? "t" : "");
	ck_assert_str_eq(kind, row->kind);
	ck_assert_uint_eq(insn.target, row->target);
	disasm_free(disasm);
}
END_TEST

enum { N = 8, Z = 4, C = 2, V = 1 };

static const struct taken {
	uint32_t word;
	unsigned int nzcv;
	uint64_t reg;
	bool taken;
} branches[] = {
	{ 0x54000040, Z, 0, true },		/* b.eq */
	{ 0x54000040, 0, 0, false },
	{ 0x54000041, Z, 0, false },		/* b.ne */
	{ 0x54000042, C, 0, true },		/* b.cs */
	{ 0x54000048, C, 0, true },		/* b.hi */
	{ 0x54000048, C | Z, 0, false },
	{ 0x54000049, C | Z, 0, true },		/* b.ls */
	{ 0x5400004a, N | V, 0, true },		/* b.ge */
	{ 0x5400004b, N, 0, true },		/* b.lt */
	{ 0x5400004c, Z, 0, false },		/* b.gt */
	{ 0x5400004d, Z, 0, true },		/* b.le */
	{ 0x5400004e, 0, 0, true },		/* b.al */
	{ 0x5400004f, 0, 0, true },		/* b.nv, which is always too */
	{ 0xb4000040, 0, 0, true },		/* cbz x0 */
	{ 0xb4000040, 0, UINT64_C(1) << 32, false },
	{ 0x34000040, 0, UINT64_C(1) << 32, true },	/* cbz w0 */
	{ 0xb5000040, 0, 5, true },		/* cbnz x0 */
	{ 0x36180040, 0, 8, false },		/* tbz w0, #3 */
	{ 0x37180040, 0, 8, true },		/* tbnz w0, #3 */
	{ 0xb7f80040, 0, UINT64_C(1) << 63, true },	/* tbnz x0, #63 */
	{ 0xd503205f, 0, 0, true },		/* wfe: no branch at all */
};

START_TEST(taken)
{
	const struct taken *t = &branches[_i];

	ck_assert_int_eq(disasm_is_taken(t->word, t->nzcv, t->reg), t->taken);
}
END_TEST

START_TEST(branch_register)
{
	ck_assert_int_eq(disasm_branch_register(0xb4000047), 7);
	ck_assert_int_eq(disasm_branch_register(0x3718005f), 31);
	ck_assert_int_eq(disasm_branch_register(0x54000040), -1);
	ck_assert_int_eq(disasm_branch_register(0xd61f01e0), -1);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/disasm");
	TCase *tcase = tcase_create("disasm");

	tcase_add_loop_test(tcase, text_and_target, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_loop_test(tcase, taken, 0, sizeof(branches) / sizeof(branches[0]));
	tcase_add_test(tcase, branch_register);
	suite_add_tcase(suite, tcase);
	return suite;
}
