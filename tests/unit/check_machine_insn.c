/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recognising instructions: classes, ends of blocks, exclusives and accesses taken apart, registers written.
 */
#include "machine/insn.h"

#include "a64.h"
#include "unit.h"

struct row {
	const char *name;
	uint32_t word;
	enum insn_class class;
	bool ends;
};

static const struct row rows[] = {
	{ "nop", I_NOP, INSN_PLAIN, false }, { "wfe", I_WFE, INSN_WFE, true }, { "wfi", I_WFI, INSN_WFI, true },
	{ "sev", I_SEV, INSN_SEV, false }, { "sevl", I_SEVL, INSN_SEVL, false },
	{ "yield", 0xd503203f, INSN_PLAIN, false },
	{ "eret", I_ERET, INSN_ERET, true }, { "clrex", I_CLREX, INSN_CLREX, false },
	{ "clrex #0", 0xd503305f, INSN_CLREX, false }, { "dsb sy", I_DSB, INSN_PLAIN, false },
	{ "isb", I_ISB, INSN_PLAIN, false }, { "svc", I_SVC(0), INSN_PLAIN, true },
	{ "smc", I_SMC(0), INSN_PLAIN, true },
	{ "b", I_B(4), INSN_PLAIN, true }, { "bl", I_BL(4), INSN_PLAIN, true },
	{ "b.ne", I_BCOND(1, 4), INSN_PLAIN, true },
	{ "cbz", I_CBZ(1, 4), INSN_PLAIN, true }, { "tbnz", 0x37000021, INSN_PLAIN, true },
	{ "br", I_BR(1), INSN_PLAIN, true }, { "ret", I_RET, INSN_PLAIN, true },
	{ "add", I_ADD(1, 2, 3), INSN_PLAIN, false },
	{ "ldxr x", I_LDXR(1, 0), INSN_LDXR, false }, { "ldxrb", I_LDXR_SIZE(0, 1, 0), INSN_LDXR, false },
	{ "ldaxr", I_LDAXR(1, 0), INSN_LDXR, false }, { "ldxp", I_LDXP(1, 2, 0), INSN_LDXR, false },
	{ "ldaxp w", 0x887f8801, INSN_LDXR, false }, { "stxr", I_STXR(2, 1, 0), INSN_STXR, false },
	{ "stxrh", I_STXR_SIZE(1, 2, 1, 0), INSN_STXR, false }, { "stlxr", I_STLXR(2, 1, 0), INSN_STXR, false },
	{ "stxp", I_STXP(4, 1, 2, 0), INSN_STXR, false }, { "stlr", I_STLR(1, 0), INSN_STORE, false },
	{ "ldar", 0xc8dffc01, INSN_PLAIN, false }, { "cas", I_CAS(1, 2, 0), INSN_STORE, false },
	{ "casp", I_CASP(2, 4, 0), INSN_STORE, false }, { "ldadd", I_LDADD(1, 2, 0), INSN_STORE, false },
	{ "swp", I_SWP(1, 2, 0), INSN_STORE, false }, { "str", I_STR(1, 0, 8), INSN_STORE, false },
	{ "ldr", I_LDR(1, 0, 8), INSN_PLAIN, false }, { "strb", I_STRB(1, 0, 8), INSN_STORE, false },
	{ "str post", I_STR_POST(1, 0, 8), INSN_STORE, false }, { "stur", I_STUR(1, 0, -8), INSN_STORE, false },
	{ "str reg", I_STR_REG(1, 0, 2), INSN_STORE, false }, { "sttr", I_STTR(1, 0, 8), INSN_STTR, false },
	{ "ldtr", 0xf8408801, INSN_PLAIN, false }, { "stp", I_STP(1, 2, 0, 16), INSN_STORE, false },
	{ "ldp", I_LDP(1, 2, 0, 16), INSN_PLAIN, false }, { "stnp", 0xa8000801, INSN_STORE, false },
	{ "str q", I_STRQ(1, 0, 16), INSN_STORE, false }, { "ldr q", 0x3dc00401, INSN_PLAIN, false },
	{ "stp q", I_STPQ(1, 2, 0, 32), INSN_STORE, false }, { "st1", I_ST1(0, 0), INSN_STORE, false },
	{ "ld1", 0x4c407000, INSN_PLAIN, false }, { "st1 lane", 0x0d000000, INSN_STORE, false },
	{ "ldr literal", 0x58000041, INSN_PLAIN, false }, { "prfm", 0xf9800000, INSN_PLAIN, false },
	{ "stlur", I_STLUR(1, 0, -8), INSN_STORE, false }, { "ldapur", I_LDAPUR(1, 0, 8), INSN_PLAIN, false },
	{ "ldapr", I_LDAPR(1, 0), INSN_PLAIN, false },
	{ "dc zva", I_SYS(DC_ZVA, 0), INSN_STORE, false },
	{ "dc cvac", I_SYS(SYSREG(1, 3, 7, 10, 1), 0), INSN_PLAIN, false },
	{ "msr", I_MSR(TPIDR_EL1, 0), INSN_PLAIN, false }, { "udf", 0, INSN_PLAIN, false },
};

START_TEST(classified)
{
	const struct row *row = &rows[_i];

	ck_assert_msg(insn_classify(row->word) == row->class, "%s: class %d", row->name, insn_classify(row->word));
	ck_assert_msg(insn_is_block_end(row->word) == row->ends, "%s: end of a block", row->name);
}
END_TEST

static const struct {
	const char *name;
	uint32_t word;
	struct insn_exclusive want;
} exclusives[] = {
	{ "ldxr x3, [x7]", I_LDXR(3, 7), { .rs = 31, .rt = 3, .rt2 = 31, .rn = 7, .size = 8 } },
	{ "ldaxrb w3, [sp]", I_LDXR_SIZE(0, 3, 31) | 1 << 15, { .rs = 31, .rt = 3, .rt2 = 31, .rn = 31, .size = 1 } },
	{ "stxrh w1, w2, [x3]", I_STXR_SIZE(1, 1, 2, 3), { .rs = 1, .rt = 2, .rt2 = 31, .rn = 3, .size = 2 } },
	{ "ldxp x1, x2, [x3]", I_LDXP(1, 2, 3), { .rs = 0, .rt = 1, .rt2 = 2, .rn = 3, .size = 16, .is_pair = true } },
	{ "stxp w4, w1, w2, [x3]", I_STXP(4, 1, 2, 3) & ~(1u << 30),
	  { .rs = 4, .rt = 1, .rt2 = 2, .rn = 3, .size = 8, .is_pair = true } },
};

START_TEST(exclusive)
{
	struct insn_exclusive got = insn_decode_exclusive(exclusives[_i].word);
	const struct insn_exclusive *want = &exclusives[_i].want;

	ck_assert_msg(got.rt == want->rt && got.rn == want->rn && got.size == want->size &&
		got.is_pair == want->is_pair,
		      "%s", exclusives[_i].name);
	ck_assert_msg(!want->is_pair || got.rt2 == want->rt2, "%s", exclusives[_i].name);
	ck_assert_msg(insn_classify(exclusives[_i].word) == INSN_LDXR || got.rs == want->rs, "%s", exclusives[_i].name);
}
END_TEST

static const struct {
	const char *name;
	uint32_t word;
	struct insn_access want;
} accesses[] = {
	{ "ldr x1, [x2, #24]", I_LDR(1, 2, 24), { .rn = 2, .rt = 1, .offset = 24, .size = 8 } },
	{ "strb w1, [x2, #3]", I_STRB(1, 2, 3), { .rn = 2, .rt = 1, .offset = 3, .size = 1, .is_store = true } },
	{ "stur x1, [x2, #-8]", I_STUR(1, 2, -8), { .rn = 2, .rt = 1, .offset = -8, .size = 8, .is_store = true } },
	{ "str x1, [x2], #8", I_STR_POST(1, 2, 8), { .rn = 2, .rt = 1, .offset = 0, .size = 8, .is_store = true } },
	{ "ldp x1, x3, [x2, #-16]", I_LDP(1, 3, 2, -16), { .rn = 2, .rt = 1, .offset = -16, .size = 16 } },
	{ "stp q1, q3, [x2, #32]", I_STPQ(1, 3, 2, 32),
	  { .rn = 2, .rt = 1, .offset = 32, .size = 32, .is_store = true, .is_simd = true } },
	{ "str q1, [x2, #16]", I_STRQ(1, 2, 16),
	  { .rn = 2, .rt = 1, .offset = 16, .size = 16, .is_store = true, .is_simd = true } },
	{ "str x1, [x2, x3]", I_STR_REG(1, 2, 3),
	  { .rn = 2, .rt = 1, .has_index = true, .rm = 3, .extend = 3, .size = 8, .is_store = true } },
	{ "str x1, [x2, w3, sxtw #3]", 0xf823d841,
	  { .rn = 2, .rt = 1, .has_index = true, .rm = 3, .extend = 6, .shift = 3, .size = 8, .is_store = true } },
	{ "stlr x1, [x2]", I_STLR(1, 2), { .rn = 2, .rt = 1, .size = 8, .is_store = true } },
	{ "ldadd x3, x1, [x2]", I_LDADD(3, 1, 2), { .rn = 2, .rt = 1, .size = 8, .is_store = true, .is_atomic = true } },
	{ "ldadda x3, x1, [x2]", I_LDADD(3, 1, 2) | 1 << 23,
	  { .rn = 2, .rt = 1, .size = 8, .is_store = true, .is_atomic = true } },
	{ "cas x3, x1, [x2]", I_CAS(3, 1, 2), { .rn = 2, .rt = 1, .size = 8, .is_store = true, .is_atomic = true } },
	{ "casp x4, x5, x6, x7, [x2]", I_CASP(4, 6, 2),
	  { .rn = 2, .rt = 6, .size = 16, .is_store = true, .is_atomic = true } },
	{ "casp w4, w5, w6, w7, [x2]", I_CASP(4, 6, 2) & ~(1u << 30),
	  { .rn = 2, .rt = 6, .size = 8, .is_store = true, .is_atomic = true } },
	{ "ldapr x1, [x2]", I_LDAPR(1, 2), { .rn = 2, .rt = 1, .size = 8 } },
	{ "ldraa x1, [x2, #-8]", 0xf87ff441, { .rn = 2, .rt = 1, .offset = -8, .size = 8 } },
	{ "stlur x1, [x2, #-8]", I_STLUR(1, 2, -8), { .rn = 2, .rt = 1, .offset = -8, .size = 8, .is_store = true } },
	{ "ldapur x1, [x2, #3]", I_LDAPUR(1, 2, 3), { .rn = 2, .rt = 1, .offset = 3, .size = 8 } },
	{ "ldapursb x1, [x2]", 0x19800041, { .rn = 2, .rt = 1, .size = 1 } },
};

START_TEST(access)
{
	const struct insn_access *want = &accesses[_i].want;
	const char *name = accesses[_i].name;
	struct insn_access got;

	ck_assert_msg(insn_decode_access(accesses[_i].word, &got), "%s", name);
	ck_assert_msg(got.rn == want->rn && got.rt == want->rt && got.size == want->size, "%s: size %u", name,
		got.size);
	ck_assert_msg(got.offset == want->offset && got.is_store == want->is_store && got.is_atomic == want->is_atomic,
		      "%s: offset %ld", name, (long)got.offset);
	ck_assert_msg(got.has_index == want->has_index && got.is_simd == want->is_simd, "%s", name);
	ck_assert_msg(!want->has_index || (got.rm == want->rm && got.extend == want->extend &&
		got.shift == want->shift),
		      "%s: index", name);
}
END_TEST

/* Naming too many registers is allowed, too few is not; what a short loop between exclusives has must not be too many.
 * */
static const struct {
	const char *name;
	uint32_t word;
	uint32_t must, may_not;
} written[] = {
	{ "add x1, x2, x3", I_ADD(1, 2, 3), 1 << 1, 1 << 2 | 1 << 3 },
	{ "add sp, sp, #16", I_ADDI(31, 31, 16), 1u << 31, 1 },
	{ "ldr x1, [x2, #8]", I_LDR(1, 2, 8), 1 << 1, 1 << 2 },
	{ "ldr x1, [x2], #8", I_LDR_POST(1, 2, 8), 1 << 1 | 1 << 2, 1 },
	{ "ldp x1, x3, [x2]", I_LDP(1, 3, 2, 0), 1 << 1 | 1 << 3, 1 << 2 },
	{ "ldp x1, x3, [x2], #16", 0xa8c10c41, 1 << 1 | 1 << 3 | 1 << 2, 1 },
	{ "ldxr x1, [x2]", I_LDXR(1, 2), 1 << 1, 1 << 2 },
	{ "ldxp x1, x3, [x2]", I_LDXP(1, 3, 2), 1 << 1 | 1 << 3, 1 << 2 },
	{ "ld1 {v0.16b}, [x2], #16", 0x4cdf7040, 1 << 2, 1 << 4 },
	{ "cmp x1, x2", I_CMP(1, 2), 0, 1 << 1 | 1 << 2 },
	{ "cbnz x1", I_CBNZ(1, 4), 0, 1 << 1 },
	{ "b.ne", I_BCOND(COND_NE, 4), 0, 1 << 1 },
	{ "bl", I_BL(4), 1 << 30, 1 },
	{ "mrs x1, tpidr_el1", I_MRS(1, TPIDR_EL1), 1 << 1, 1 << 2 },
};

START_TEST(registers_written)
{
	uint32_t got = insn_written_registers(written[_i].word);

	ck_assert_msg((got & written[_i].must) == written[_i].must, "%s: 0x%x", written[_i].name, got);
	ck_assert_msg(!(got & written[_i].may_not), "%s: 0x%x", written[_i].name, got);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/insn");
	TCase *tcase = tcase_create("insn");

	tcase_add_loop_test(tcase, classified, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_loop_test(tcase, exclusive, 0, sizeof(exclusives) / sizeof(exclusives[0]));
	tcase_add_loop_test(tcase, access, 0, sizeof(accesses) / sizeof(accesses[0]));
	tcase_add_loop_test(tcase, registers_written, 0, sizeof(written) / sizeof(written[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
