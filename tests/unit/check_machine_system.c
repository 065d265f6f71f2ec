/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a system asks of the machine beside running: ID registers that tell the truth and registers that agree with them,
 * address translation by instruction, the zeroing of a block, software step, returns to AArch32, and stores across two
 * pages of which one is forbidden.
 */
#include "machine/machine.h"

#include <string.h>

#include "guest.h"
#include "unit.h"

enum {
	BUDGET = 2000, SAME = 0x200, LOWER = 0x400,
	FIRST = 0x10010000, SECOND = FIRST + PAGE_SIZE,	/* two pages that follow each other in virtual memory alone */
	AP_RO = 0x80, SCTLR_MMU = 1,
	EC_ILLEGAL = 0x0e, EC_STEP_LOWER = 0x32,
};

#define BLOCK_RW	(GUEST_PAGE_RW & ~2ull)		/* as a page, at a level above the last */
#define LOW_PAGE	(GUEST_DATA + 0x8000)
#define HIGH_PAGE	(GUEST_DATA + 0x2000)

#define ID_AA64PFR0	SYSREG(3, 0, 0, 4, 0)
#define ID_AA64DFR0	SYSREG(3, 0, 0, 5, 0)
#define DCZID_EL0	SYSREG(3, 3, 0, 0, 7)
#define PMCR_EL0	SYSREG(3, 3, 9, 12, 0)
#define PMCNTENSET_EL0	SYSREG(3, 3, 9, 12, 1)
#define PMCCNTR_EL0	SYSREG(3, 3, 9, 13, 0)
#define PMEVCNTR0_EL0	SYSREG(3, 3, 14, 8, 0)
#define MDSCR_EL1	SYSREG(2, 0, 0, 2, 2)
#define MDCR_EL2	SYSREG(3, 4, 1, 1, 1)
#define MDCR_EL3	SYSREG(3, 6, 1, 3, 1)
#define OSLAR_EL1	SYSREG(2, 0, 1, 0, 4)
#define PAR_EL1		SYSREG(3, 0, 7, 4, 0)
#define AT_S1E1R	SYSREG(1, 0, 7, 8, 0)
#define AT_S1E1W	SYSREG(1, 0, 7, 8, 1)
#define AT_S1E0R	SYSREG(1, 0, 7, 8, 2)
#define TLBI_VMALLE1	SYSREG(1, 0, 8, 7, 0)

static unsigned long ec(struct machine *machine)
{
	return guest_sysreg(machine, 0, ESR_EL1) >> 26;
}

static uint32_t esr_of(int el)
{
	return el == 1 ? ESR_EL1 : el == 2 ? ESR_EL2 : ESR_EL3;
}

static uint32_t elr_of(int el)
{
	return el == 1 ? ELR_EL1 : el == 2 ? ELR_EL2 : ELR_EL3;
}

/* ---- ID registers ---- */

static const enum cpu_model models[] = { CPU_CORTEX_A53, CPU_CORTEX_A57, CPU_CORTEX_A72, CPU_MAX_MODEL };
enum { MODELS = sizeof(models) / sizeof(models[0]) };

/* What is not here is in no ID register of any model, and views show what the guest reads. */
START_TEST(id_registers_tell_the_truth)
{
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], models[_i / PROFILE_COUNT]);
	bool is_max = models[_i / PROFILE_COUNT] == CPU_MAX_MODEL;

	GUEST_START(machine, 0, 1, I_MRS(1, ID_AA64PFR0), I_MRS(2, ID_AA64DFR0), I_MRS(3, ID_AA64ISAR0_EL1),
		    I_MRS(4, ID_AA64MMFR1_EL1), I_MRS(5, DCZID_EL0), I_MRS(6, ID_AA64MMFR0_EL1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1) & 0xffff, 0x1111);		/* AArch64 alone, EL0 to EL3 */
	ck_assert_uint_eq(guest_reg(machine, 0, 1) >> 32 & 0xf, 0);		/* no SVE */
	ck_assert_uint_eq(guest_reg(machine, 0, 2) & 0xf, 6);			/* debug of Armv8.0 */
	ck_assert_uint_eq(guest_reg(machine, 0, 2) >> 8 & 0xf, 0);		/* no PMU */
	ck_assert_uint_eq(guest_reg(machine, 0, 3) >> 60, 0);			/* no RNDR */
	ck_assert_uint_eq(guest_reg(machine, 0, 4) >> 8 & 0xf, 0);		/* no VHE */
	ck_assert_uint_eq(guest_reg(machine, 0, 5), 4);				/* DC ZVA of 16 words */
	ck_assert_uint_eq(guest_reg(machine, 0, 6) >> 20 & 0xf, is_max);	/* 16K pages: in no Cortex */
	ck_assert_uint_eq(guest_reg(machine, 0, 6) >> 24 & 0xff, 0);		/* 4K and 64K pages */
	ck_assert_uint_eq(guest_sysreg(machine, 0, ID_AA64PFR0), guest_reg(machine, 0, 1));
	ck_assert_uint_eq(guest_sysreg(machine, 0, ID_AA64DFR0), guest_reg(machine, 0, 2));
	ck_assert_uint_eq(guest_sysreg(machine, 0, ID_AA64MMFR0_EL1), guest_reg(machine, 0, 6));
	machine_free(machine);
}
END_TEST

/* ---- registers that are not there, and those that nobody is behind ---- */

#define MDCCSR_EL0	SYSREG(2, 3, 0, 1, 0)
#define DBGPRCR_EL1	SYSREG(2, 0, 1, 4, 4)

/* What the ID registers deny is UNDEFINED to read and to write at each level, before any trap: of the core's counters and
 * random numbers, which are the host's, none can be seen. */
static const struct denied {
	uint32_t reg;
	enum cpu_model model;
} denied[] = {
	{ PMCR_EL0, CPU_CORTEX_A72 }, { PMCNTENSET_EL0, CPU_CORTEX_A72 }, { PMCCNTR_EL0, CPU_CORTEX_A72 },
	{ PMEVCNTR0_EL0, CPU_CORTEX_A53 }, { SYSREG(3, 0, 9, 14, 1), CPU_CORTEX_A72 },	/* PMINTENSET_EL1 */
	{ RNDR, CPU_MAX_MODEL }, { RNDRRS, CPU_MAX_MODEL }, { ZCR_EL1, CPU_MAX_MODEL }, { ZCR_EL2, CPU_MAX_MODEL },
	{ ZCR_EL3, CPU_MAX_MODEL }, { SYSREG(3, 4, 2, 0, 1), CPU_MAX_MODEL },			/* TTBR1_EL2 */
	{ SYSREG(3, 5, 14, 3, 1), CPU_MAX_MODEL }, { SYSREG(3, 4, 3, 0, 0), CPU_CORTEX_A72 },	/* CNTV_CTL_EL02, DACR32_EL2 */
	{ SYSREG(2, 4, 0, 7, 0), CPU_CORTEX_A72 },						/* DBGVCR32_EL2 */
};

enum { DENIED = sizeof(denied) / sizeof(denied[0]), ACCESSES = 2, LEVELS = 4 };

START_TEST(what_is_not_there_is_undefined)
{
	const struct denied *d = &denied[_i / (PROFILE_COUNT * ACCESSES)];
	bool is_read = _i / PROFILE_COUNT % ACCESSES;

	for (int el = 0; el < LEVELS; el++) {
		struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], d->model);
		int target = el ? el : 1;

		GUEST_START(machine, 0, el, I_MOVZ(1, 7), I_NOP, is_read ? I_MRS(1, d->reg) : I_MSR(d->reg, 1), I_STAY);
		machine_run(machine, BUDGET);
		ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(target) + (el ? SAME : LOWER));
		ck_assert_uint_eq(guest_sysreg(machine, 0, esr_of(target)), 1 << 25);
		ck_assert_uint_eq(guest_sysreg(machine, 0, elr_of(target)), GUEST_CODE + 8);
		ck_assert_uint_eq(guest_reg(machine, 0, 1), 7);
		machine_free(machine);
	}
}
END_TEST

/* The exception is that of its instruction, in the middle of a block, and counted alike in both profiles. */
START_TEST(undefined_counts_what_was_done)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_ADDI(5, 5, 1), I_MRS(1, PMCCNTR_EL0), I_ADDI(5, 5, 1), I_STAY);
	machine_run(machine, 1);
	ck_assert_uint_eq(machine_time(machine), 1);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), GUEST_CODE + 4);
	machine_run(machine, 1);
	ck_assert_uint_eq(guest_reg(machine, 0, 5), 1);
	ck_assert_uint_eq(machine_time(machine), 2);
	machine_free(machine);
}
END_TEST

/* AArch32's SPSRs are RES0, CPTR_EL3 has no bit to open SVE with, and HCR_EL2 none to make EL2 a host (E2H). */
START_TEST(bits_of_what_is_not_there_keep_nothing)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_MAX_MODEL);

	GUEST_START(machine, 0, 3, I_MOVZ(0, 0x1ff), I_MSR(CPTR_EL3, 0), I_MSR(SYSREG(3, 4, 4, 3, 1), 0), I_MRS(1, CPTR_EL3),
		    I_MRS(2, SYSREG(3, 4, 4, 3, 1)), I_MOVZ(0, 0), I_MOVK_32(0, 4), I_MSR(HCR_EL2, 0), I_MRS(3, HCR_EL2), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1) & 0x100, 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 3), 0);
	machine_free(machine);
}
END_TEST

/* The other end of the debug communication channel is nobody. */
START_TEST(debug_channel_is_idle)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVN(1, 0), I_MOVN(2, 0), I_MOVN(4, 0), I_MSR(DBGPRCR_EL1, 1), I_MRS(1, DBGPRCR_EL1),
		    I_MRS(2, MDCCSR_EL0), I_MRS(3, SYSREG(2, 0, 7, 14, 6)), I_MSR(SYSREG(2, 3, 0, 5, 0), 4),
		    I_MRS(4, SYSREG(2, 3, 0, 5, 0)), I_MOVZ(5, 1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 3), 0xaa);
	ck_assert_uint_eq(guest_reg(machine, 0, 4), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 5), 1);
	machine_free(machine);
}
END_TEST

/* Who may name them: CONTROL has BIT set that denies it. */
static const struct channel {
	uint32_t insn;
	int el;
	uint32_t control;
	unsigned bit;
	int target;		/* 0: it works */
	uint32_t esr;
} channels[] = {
	{ I_MRS(1, MDCCSR_EL0), 0, MDSCR_EL1, 0, 0, 0 },
	{ I_MRS(1, MDCCSR_EL0), 0, MDSCR_EL1, 1 << 12, 1, 0x6220c023 },
	{ I_MRS(1, MDCCSR_EL0), 1, MDSCR_EL1, 1 << 12, 0, 0 },
	{ I_MRS(1, MDCCSR_EL0), 1, MDCR_EL2, 1 << 9, 2, 0x6220c023 },
	{ I_MRS(1, MDCCSR_EL0), 2, MDCR_EL2, 1 << 9, 0, 0 },
	{ I_MRS(1, MDCCSR_EL0), 2, MDCR_EL3, 1 << 9, 3, 0x6220c023 },
	{ I_MRS(1, MDCCSR_EL0), 1, MDCR_EL2, 1 << 10, 0, 0 },
	{ I_MSR(MDCCSR_EL0, 1), 1, MDCR_EL2, 1 << 9, 1, 1 << 25 },
	{ I_MRS(1, DBGPRCR_EL1), 0, MDCR_EL2, 1 << 10, 1, 1 << 25 },
	{ I_MSR(DBGPRCR_EL1, 1), 1, MDCR_EL2, 1 << 10, 2, 0x62280428 },
	{ I_MSR(OSDLR_EL1, 1), 1, MDCR_EL3, 1 << 10, 3, 0x62280426 },
	{ I_MSR(OSDLR_EL1, 1), 1, MDCR_EL2, 1 << 8, 2, 0x62280426 },
};

enum { CHANNELS = sizeof(channels) / sizeof(channels[0]) };

START_TEST(debug_channel_can_be_denied)
{
	const struct channel *c = &channels[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);

	GUEST_START(machine, 0, c->el, c->insn, I_MOVZ(5, 1), I_STAY);
	guest_set_sysreg(machine, 0, c->control, c->bit);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 5), !c->target);
	if (c->target) {
		ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC),
				  guest_vectors(c->target) + (c->el == c->target ? SAME : LOWER));
		ck_assert_uint_eq(guest_sysreg(machine, 0, esr_of(c->target)), c->esr);
	}
	machine_free(machine);
}
END_TEST

/* SVE let through where SIMD is not: the core must not ask itself for a vector length. */
START_TEST(max_survives_sve_without_simd)
{
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_MAX_MODEL);
	const int el = 1 + _i / PROFILE_COUNT;

	GUEST_START(machine, 0, el, I_MOVZ_16(1, 3), I_MSR(CPACR_EL1, 1), I_MRS(3, CPACR_EL1), I_MOVZ(2, 0x400),
		    el == 2 ? I_MSR(CPTR_EL2, 2) : I_NOP, I_ISB, I_SVC(0));
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 3), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(el) + SAME);
	machine_free(machine);
}
END_TEST

/* There is no EL2 in secure state that could have given EL1 another MPIDR_EL1. */
START_TEST(secure_el1_reads_its_own_mpidr)
{
	enum { NONSECURE = 0x531, OTHER = 0x123 };
	bool is_secure = _i / PROFILE_COUNT;
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MRS(1, MPIDR_EL1), I_STAY);
	guest_set_sysreg(machine, 0, VMPIDR_EL2, OTHER);
	guest_set_sysreg(machine, 0, SCR_EL3, NONSECURE & ~(unsigned)is_secure);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), is_secure ? 1u << 31 : OTHER);
	machine_free(machine);
}
END_TEST

/* HCR_EL2 promises neither an EL2 host nor a second stage of translation, which only a part of the machine would obey. */
START_TEST(hcr_keeps_what_is_there)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_MAX_MODEL);

	GUEST_START(machine, 0, 2, I_MOVZ(1, 1), I_MOVK_16(1, 0x8000), I_MOVK_32(1, 4), I_MSR(HCR_EL2, 1), I_ISB,
		    I_MRS(2, HCR_EL2), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 1u << 31);
	machine_free(machine);
}
END_TEST

/* Unallocated encodings of FEAT_FP16, over which the library ends the process, are UNDEFINED, and stay as they are. */
START_TEST(max_survives_unallocated_encodings)
{
	enum { SAME_KIND = 0x0e400400, TWO = 0x0e780800, OPS = 8 + 32, WORDS = OPS * 4 };
	static const uint32_t skip[] = { I_ADDI(10, 10, 1), I_MRS(9, ELR_EL1), I_ADDI(9, 9, 4), I_MSR(ELR_EL1, 9), I_ERET };
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_MAX_MODEL);
	uint32_t code[WORDS + 1], now[WORDS];

	for (unsigned i = 0; i < WORDS; i++)
		code[i] = (i % OPS < 8 ? SAME_KIND | i % OPS << 11 : TWO | (i % OPS - 8) << 12) | 1u << 30 | (i / OPS % 2) << 23 |
			  (i / OPS / 2) << 29;
	code[WORDS] = I_STAY;
	guest_start(machine, 0, 1, code, WORDS + 1);
	machine_poke(machine, guest_vectors(1) + SAME, skip, sizeof(skip));
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), GUEST_CODE + WORDS * 4);
	ck_assert_uint_ge(guest_reg(machine, 0, 10), 8);
	ck_assert_uint_lt(guest_reg(machine, 0, 10), WORDS - 24);
	ck_assert(machine_peek(machine, GUEST_CODE, now, sizeof(now)));
	ck_assert(!memcmp(now, code, sizeof(now)));
	machine_free(machine);
}
END_TEST

/* The machine is little-endian alone, says so, and loads what was stored. */
START_TEST(no_big_endian)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ_16(1, 0x300), I_MSR(SCTLR_EL1, 1), I_ISB,
		    I_MRS(1, SCTLR_EL1), I_MOVZ(2, 0x77), I_STR(2, 0, 0), I_LDR(3, 0, 0), I_MRS(4, ID_AA64MMFR0_EL1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1) & 0x3000000, 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 3), 0x77);
	ck_assert_uint_eq(guest_reg(machine, 0, 4) & 0xf0f00, 0);
	machine_free(machine);
}
END_TEST

/* Every breakpoint and watchpoint that ID_AA64DFR0_EL1 counts has its registers, and no more have. */
START_TEST(debug_registers_are_as_many_as_said)
{
	enum { BVR = 4, WVR = 6 };
	static const struct { unsigned kind, shift; } kinds[] = { { BVR, 12 }, { WVR, 20 } };
	unsigned index = _i / 2, op2 = kinds[_i % 2].kind;
	struct machine *machine = guest_new(1, guest_profiles[0], CPU_CORTEX_A72);
	unsigned count = (guest_start(machine, 0, 1, (const uint32_t[]){ I_STAY }, 1),
			  guest_sysreg(machine, 0, ID_AA64DFR0) >> kinds[_i % 2].shift & 0xf) + 1;

	machine_free(machine);
	machine = guest_new(1, guest_profiles[0], CPU_CORTEX_A72);
	GUEST_START(machine, 0, 1, I_MOVZ(1, 0x1230), I_MSR(SYSREG(2, 0, 0, index, op2), 1),
		    I_MRS(2, SYSREG(2, 0, 0, index, op2)), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), index < count ? 0x1230 : 0);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC) == guest_vectors(1) + SAME, index >= count);
	machine_free(machine);
}
END_TEST

/* An MRS of OSDLR_EL1 the core leaves as it was. */
START_TEST(double_lock_is_off)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVN(1, 0), I_MSR(OSDLR_EL1, 1), I_MRS(1, OSDLR_EL1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), 0);
	machine_free(machine);
}
END_TEST

/* ---- instructions ---- */

START_TEST(at_fills_par)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, FIRST >> 16), I_SYS(AT_S1E1R, 0), I_MRS(1, PAR_EL1), I_SYS(AT_S1E1W, 0),
		    I_MRS(2, PAR_EL1), I_SYS(AT_S1E0R, 0), I_MRS(3, PAR_EL1), I_MOVK(0, PAGE_SIZE), I_SYS(AT_S1E1R, 0),
		    I_MRS(4, PAR_EL1), I_STAY);
	guest_map_identity(machine, 0);
	guest_map_page(machine, FIRST, LOW_PAGE, GUEST_PAGE_RW | AP_RO);
	guest_map_page(machine, SECOND, 0, 0);
	guest_set_sysreg(machine, 0, SCTLR_EL1, SCTLR_MMU);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1) & 0xfffffff001, LOW_PAGE);
	ck_assert_uint_eq(guest_reg(machine, 0, 2) & 0x7f, 0xf << 1 | 1);	/* F, FST: permission, level 3 */
	ck_assert_uint_eq(guest_reg(machine, 0, 3) & 0x7f, 0xf << 1 | 1);
	ck_assert_uint_eq(guest_reg(machine, 0, 4) & 0x7f, 0x7 << 1 | 1);	/* translation, level 3 */
	machine_free(machine);
}
END_TEST

/* The whole block of 64 bytes that holds the address, and not a byte more. */
START_TEST(zva_zeroes_its_block)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	for (int i = -1; i <= 8; i++)
		guest_write(machine, GUEST_DATA + 0x40 + i * 8, UINT64_MAX);
	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_DATA >> 16), I_ADDI(0, 0, 0x7b), I_SYS(DC_ZVA, 0), I_STAY);
	machine_run(machine, BUDGET);
	for (int i = -1; i <= 8; i++)
		ck_assert_uint_eq(guest_read(machine, GUEST_DATA + 0x40 + i * 8), i < 0 || i > 7 ? UINT64_MAX : 0);
	machine_free(machine);
}
END_TEST

/* Arm ARM D2.12: an ERET with SPSR.SS set executes one instruction, then the exception is taken; without, none. */
START_TEST(software_step)
{
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);
	unsigned stepped = 1 - _i / PROFILE_COUNT;

	GUEST_START(machine, 0, 1, I_MOVZ(0, 0), I_MSR(OSLAR_EL1, 0), I_MOVZ(0, 1), I_MSR(MDSCR_EL1, 0), I_ADR(0, 20),
		    I_MSR(ELR_EL1, 0), I_MOVZ_16(0, stepped ? 0x20 : 0), I_MSR(SPSR_EL1, 0), I_ERET,
		    I_ADDI(5, 5, 1), I_ADDI(5, 5, 1), I_ADDI(5, 5, 1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + LOWER);
	ck_assert_uint_eq(ec(machine), EC_STEP_LOWER);
	ck_assert_uint_eq(guest_reg(machine, 0, 5), stepped);
	ck_assert_uint_eq(guest_sysreg(machine, 0, ELR_EL1), GUEST_CODE + 0x24 + 4 * stepped);
	machine_free(machine);
}
END_TEST

/* The register keeps what was written, but the return is an illegal one: this machine has no AArch32 at any level. */
START_TEST(no_return_to_aarch32)
{
	static const unsigned modes[] = { 0x10, 0x13, 0x1f, 0x16 };
	unsigned spsr = 0x1c0 | modes[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_ADR(0, 24), I_MSR(ELR_EL1, 0), I_MOVZ(1, spsr), I_MSR(SPSR_EL1, 1),
		    I_MRS(2, SPSR_EL1), I_ERET, I_ADDI(5, 5, 1), I_STAY);
	machine_run(machine, 5);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), spsr);
	ck_assert_uint_eq(guest_sysreg(machine, 0, SPSR_EL1), spsr);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + SAME);
	ck_assert_uint_eq(ec(machine), EC_ILLEGAL);
	ck_assert_uint_eq(guest_reg(machine, 0, 5), 0);
	machine_free(machine);
}
END_TEST

/* The upper half is RES0. */
START_TEST(spsr_has_32_bits)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ(1, 0x3c5), I_MOVK_32(1, 0x10), I_MSR(SPSR_EL1, 1), I_MRS(2, SPSR_EL1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 0x3c5);
	ck_assert_uint_eq(guest_sysreg(machine, 0, SPSR_EL1), 0x3c5);
	machine_free(machine);
}
END_TEST

/* ---- a store across two pages ---- */

static const struct crossing {
	const char *name;
	uint64_t first, second;		/* attributes of the two pages */
	gva_t far;			/* 0: it works */
	unsigned esr;
} crossings[] = {
	{ "both writable", GUEST_PAGE_RW, GUEST_PAGE_RW, 0, 0 },
	{ "second read-only", GUEST_PAGE_RW, GUEST_PAGE_RW | AP_RO, SECOND, 0x4f },
	{ "first read-only", GUEST_PAGE_RW | AP_RO, GUEST_PAGE_RW, SECOND - 4, 0x4f },
	{ "second not mapped", GUEST_PAGE_RW, 0, SECOND, 0x47 },
	{ "first not mapped", 0, GUEST_PAGE_RW, SECOND - 4, 0x47 },
};

enum { CROSSINGS = sizeof(crossings) / sizeof(crossings[0]) };

static void check_crossing(struct machine *machine, const struct crossing *c)
{
	if (!c->far) {
		ck_assert_uint_eq(guest_read(machine, LOW_PAGE + 0xff8), 0xffffffff00000000);
		ck_assert_uint_eq(guest_read(machine, HIGH_PAGE), 0xffffffff);
		return;
	}
	ck_assert_msg(guest_read(machine, LOW_PAGE + 0xff8) == 0, "%s: the first half was written", c->name);
	ck_assert_msg(guest_read(machine, HIGH_PAGE) == 0, "%s: the second half was written", c->name);
	ck_assert_uint_eq(guest_sysreg(machine, 0, FAR_EL1), c->far);
	ck_assert_uint_eq(guest_sysreg(machine, 0, ESR_EL1) & 0x7f, c->esr);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + SAME);
}

static void map_crossing(struct machine *machine, const struct crossing *c)
{
	guest_map_identity(machine, 0);
	guest_map_page(machine, FIRST, LOW_PAGE, c->first);
	guest_map_page(machine, SECOND, HIGH_PAGE, c->second);
	guest_set_sysreg(machine, 0, SCTLR_EL1, SCTLR_MMU);
}

/* Both pages are asked before either is written. */
START_TEST(store_crosses_a_page)
{
	const struct crossing *c = &crossings[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, SECOND >> 16), I_MOVK(0, SECOND & 0xffff), I_MOVN(1, 0), I_STUR(1, 0, -4),
		    I_STAY);
	map_crossing(machine, c);
	machine_run(machine, BUDGET);
	check_crossing(machine, c);
	machine_free(machine);
}
END_TEST

/* The same after a store that worked, when the guest has changed its tables since. */
START_TEST(store_crosses_a_page_that_went)
{
	const struct crossing *c = &crossings[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, SECOND >> 16), I_MOVK(0, SECOND & 0xffff), I_STUR(X_ZR, 0, -4), I_NOP,
		    I_SYS(TLBI_VMALLE1, 31), I_DSB, I_ISB, I_MOVN(1, 0), I_STUR(1, 0, -4), I_STAY);
	map_crossing(machine, &crossings[0]);
	machine_run(machine, 4);
	guest_map_page(machine, FIRST, LOW_PAGE, c->first);
	guest_map_page(machine, SECOND, HIGH_PAGE, c->second);
	machine_run(machine, BUDGET);
	check_crossing(machine, c);
	machine_free(machine);
}
END_TEST

/* The engine has a page of its own at a physical address: a virtual one of that number is like any other. */
START_TEST(store_by_the_address_of_the_trampoline)
{
	enum { LEVEL0 = GUEST_TABLES + 0x8000, LEVEL1 = LEVEL0 + PAGE_SIZE, LEVEL2 = LEVEL1 + PAGE_SIZE, TABLE = 3 };
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ(0, 0xf000), I_MOVK_16(0, 0xffff), I_MOVK_32(0, 0xff), I_STR(0, 0, 8), I_SVC(0));
	guest_map_identity(machine, 0);
	guest_write(machine, LEVEL0, GUEST_TABLES | TABLE);
	guest_write(machine, LEVEL0 + 8, LEVEL1 | TABLE);
	guest_write(machine, LEVEL1 + 511 * 8, LEVEL2 | TABLE);
	guest_write(machine, LEVEL2 + 511 * 8, GUEST_RAM | BLOCK_RW);
	guest_set_sysreg(machine, 0, TTBR0_EL1, LEVEL0);
	guest_set_sysreg(machine, 0, TCR_EL1, 16);
	guest_set_sysreg(machine, 0, SCTLR_EL1, SCTLR_MMU);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + SAME);
	ck_assert_uint_eq(ec(machine), 0x15);
	ck_assert_uint_eq(guest_read(machine, GUEST_RAM + 0x1ff008), 0xfffffff000);
	machine_free(machine);
}
END_TEST

/* T0SZ above 39 counts as 39: the walker of stores and the core agree on what is mapped. */
START_TEST(smallest_address_space)
{
	enum { LEVEL2 = GUEST_TABLES + 0x8000, T0SZ = 45, VA = 0x1200000 };
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, VA >> 16), I_STR(0, 0, 0), I_LDR(1, 0, 0), I_STAY);
	guest_map_identity(machine, 0);
	for (unsigned i = 0; i < 16; i++)
		guest_write(machine, LEVEL2 + i * 8, GUEST_RAM | BLOCK_RW);
	guest_set_sysreg(machine, 0, TTBR0_EL1, LEVEL2);
	guest_set_sysreg(machine, 0, TCR_EL1, T0SZ);
	guest_set_sysreg(machine, 0, SCTLR_EL1, SCTLR_MMU);
	cpu_set_reg(machine_cpu(machine, 0), CPU_PC, GUEST_CODE & 0x1fffff);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), VA);
	machine_free(machine);
}
END_TEST

/* The guest changes its tables and does not say so: either they or what the core remembers of the old ones may count for
 * each page, but the store is done whole, or not at all and faults.  IS_COLD: our own TLB has forgotten the pages; where the
 * tables name none any more, either, only the core knows where the store went, and does not tell. */
START_TEST(store_crosses_a_page_that_is_remembered)
{
	const struct crossing *c = &crossings[_i / PROFILE_COUNT % CROSSINGS];
	bool is_cold = _i / PROFILE_COUNT / CROSSINGS, is_done;
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);
	bool is_named = c->first && c->second;
	uint32_t other = is_cold && is_named ? I_MSR(CPACR_EL1, 31) : I_NOP;

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, SECOND >> 16), I_MOVK(0, SECOND & 0xffff), I_STUR(X_ZR, 0, -4), I_NOP,
		    other, I_MOVN(1, 0), I_STUR(1, 0, -4), I_STAY);
	map_crossing(machine, &crossings[0]);
	machine_run(machine, 4);
	guest_map_page(machine, FIRST, LOW_PAGE, c->first);
	guest_map_page(machine, SECOND, HIGH_PAGE, c->second);
	machine_run(machine, BUDGET);
	is_done = guest_reg(machine, 0, CPU_PC) != guest_vectors(1) + SAME;
	check_crossing(machine, is_done ? &crossings[0] : c);
	machine_free(machine);
}
END_TEST

/* A handler that stores the first byte of a store that faulted, as one that emulates it would. */
START_TEST(byte_after_a_store_that_faulted)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	static const uint32_t handler[] = { I_SUBI(2, 0, 4), I_STRB(1, 2, 0), I_STAY };

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, SECOND >> 16), I_MOVK(0, SECOND & 0xffff), I_MOVN(1, 0), I_STUR(1, 0, -4),
		    I_STAY);
	map_crossing(machine, &crossings[3]);
	machine_poke(machine, guest_vectors(1) + SAME, handler, sizeof(handler));
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_read(machine, LOW_PAGE + 0xff8), 0xff00000000);
	machine_free(machine);
}
END_TEST

/* A store that the tables forbid leaves no trace. */
START_TEST(refused_store_is_undone)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, FIRST >> 16), I_MOVK(0, FIRST & 0xffff), I_MOVZ(1, 0x11), I_STR(1, 0, 0),
		    I_STAY);
	map_crossing(machine, &crossings[2]);
	guest_write(machine, LOW_PAGE, 0x77);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + SAME);
	ck_assert_uint_eq(guest_sysreg(machine, 0, FAR_EL1), FIRST);
	ck_assert_uint_eq(guest_read(machine, LOW_PAGE), 0x77);
	machine_free(machine);
}
END_TEST

/* What a store wrote stays, though zeroing the same place is refused later. */
START_TEST(refused_zeroing_undoes_no_store)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, FIRST >> 16), I_MOVK(0, FIRST & 0xffff), I_MOVZ(1, 0x11), I_STR(1, 0, 0),
		    I_NOP, I_SYS(TLBI_VMALLE1, 31), I_DSB, I_ISB, I_SYS(DC_ZVA, 0), I_STAY);
	map_crossing(machine, &crossings[0]);
	machine_run(machine, 5);
	guest_map_page(machine, FIRST, LOW_PAGE, GUEST_PAGE_RW | AP_RO);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + SAME);
	ck_assert_uint_eq(guest_sysreg(machine, 0, FAR_EL1), FIRST);
	ck_assert_uint_eq(guest_read(machine, LOW_PAGE), 0x11);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/system");
	TCase *tc = tcase_create("system");

	tcase_add_loop_test(tc, id_registers_tell_the_truth, 0, MODELS * PROFILE_COUNT);
	tcase_add_loop_test(tc, no_big_endian, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, max_survives_unallocated_encodings, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, hcr_keeps_what_is_there, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, secure_el1_reads_its_own_mpidr, 0, 2 * PROFILE_COUNT);
	tcase_add_loop_test(tc, max_survives_sve_without_simd, 0, 2 * PROFILE_COUNT);
	tcase_add_loop_test(tc, what_is_not_there_is_undefined, 0, DENIED * ACCESSES * PROFILE_COUNT);
	tcase_add_loop_test(tc, undefined_counts_what_was_done, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, bits_of_what_is_not_there_keep_nothing, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, debug_channel_is_idle, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, debug_channel_can_be_denied, 0, CHANNELS * PROFILE_COUNT);
	tcase_add_loop_test(tc, debug_registers_are_as_many_as_said, 0, 2 * 8);
	tcase_add_loop_test(tc, double_lock_is_off, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, at_fills_par, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, zva_zeroes_its_block, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, software_step, 0, 2 * PROFILE_COUNT);
	tcase_add_loop_test(tc, no_return_to_aarch32, 0, 4 * PROFILE_COUNT);
	tcase_add_loop_test(tc, spsr_has_32_bits, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, store_crosses_a_page, 0, CROSSINGS * PROFILE_COUNT);
	tcase_add_loop_test(tc, store_crosses_a_page_that_went, 0, CROSSINGS * PROFILE_COUNT);
	tcase_add_loop_test(tc, store_crosses_a_page_that_is_remembered, 0, 2 * CROSSINGS * PROFILE_COUNT);
	tcase_add_loop_test(tc, byte_after_a_store_that_faulted, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, store_by_the_address_of_the_trampoline, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, smallest_address_space, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, refused_store_is_undone, 0, PROFILE_COUNT);
	tcase_add_loop_test(tc, refused_zeroing_undoes_no_store, 0, PROFILE_COUNT);
	suite_add_tcase(suite, tc);
	return suite;
}
