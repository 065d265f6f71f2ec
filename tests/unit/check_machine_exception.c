/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exception entry and return (Arm ARM D1.3): the right level, vector, syndrome, return and fault address, exact in both
 * profiles, and nothing after the faulting instruction executed.
 */
#include "machine/machine.h"
#include "machine/syndrome.h"

#include "guest.h"
#include "unit.h"

enum {
	MAX_WORDS = 10, MAX_SETUP = 3, BUDGET = 3000,
	MARKER = 9,			/* X9 counts the instructions around the one that faults */
	SAME_SP0 = 0x000, SAME = 0x200, LOWER = 0x400, IRQ = 0x80, FIQ = 0x100,
	AT = 0, AFTER = 4,		/* the preferred return address: the instruction or the next */
	UNMAPPED = 0x10000000, READ_ONLY = 0x10001000, USER_DATA = 0x10002000,	/* pages of the tests with the MMU on */
	PSTATE_EL0 = 0x3c0, PSTATE_DAIF_BITS = 0x3c0, PSTATE_IL_BIT = 1 << 20,
	SCR_NS = 1, SCR_RES1 = 0x30, SCR_SMD = 1 << 7, SCR_HCE = 1 << 8, SCR_RW = 1 << 10, SCR_EA = 1 << 3,
	SCR_IRQ = 1 << 1, SCR_FIQ = 1 << 2,
	SCTLR_MMU = 1,
	SCTLR_CLOSED = 0x30d00800,	/* RES1: EL0 may nothing */
	ISS_DC_ZVA_X1 = 1 << 20 | 1 << 17 | 3 << 14 | 7 << 10 | 1 << 5 | 4 << 1,	/* Op0, Op2, Op1, CRn, Rt, CRm */
};

#define SCR_OPEN	((uint64_t)(SCR_NS | SCR_RES1 | SCR_HCE | SCR_RW))
#define SCR_SECURE	(SCR_OPEN & ~(uint64_t)SCR_NS)
#define HCR_RW		(1ull << 31)
#define HCR_TDZ		(1ull << 28)
#define HCR_TGE		(1ull << 27)
#define HCR_TSC		(1ull << 19)
#define HCR_IMO		(1ull << 4)
#define HCR_FMO		(1ull << 3)
#define NO_FAR		0xfeedfeedfeedfeedull
#define ESR(ec, iss)	((uint64_t)(ec) << 26 | 1u << 25 | (iss))

struct setting {
	uint32_t reg;
	uint64_t value;
};

/* X0 = GUEST_HOLE, X1 = GUEST_DATA, X2 = 0x10000000 to begin with. */
struct row {
	const char *name;
	int from;
	uint32_t before[MAX_WORDS];	/* prepares */
	uint32_t insn;			/* is what happens */
	struct setting setup[MAX_SETUP];
	int to;
	unsigned vector;
	uint64_t esr;
	int elr;			/* AT or AFTER the instruction, or an address when FAR is one of a fetch */
	uint64_t far;
};

static const struct row rows[] = {
	/* Calls. */
	{ "SVC at EL0", 0, { 0 }, I_SVC(3), { { 0 } }, 1, LOWER, ESR(0x15, 3), AFTER, NO_FAR },
	{ "SVC at EL1", 1, { 0 }, I_SVC(4), { { 0 } }, 1, SAME, ESR(0x15, 4), AFTER, NO_FAR },
	{ "SVC at EL1, SP_EL0", 1, { I_SPSEL(0) }, I_SVC(4), { { 0 } }, 1, SAME_SP0, ESR(0x15, 4), AFTER, NO_FAR },
	{ "SVC at EL2", 2, { 0 }, I_SVC(5), { { 0 } }, 2, SAME, ESR(0x15, 5), AFTER, NO_FAR },
	{ "SVC at EL3", 3, { 0 }, I_SVC(6), { { 0 } }, 3, SAME, ESR(0x15, 6), AFTER, NO_FAR },
	{ "SVC at EL0, secure", 0, { 0 }, I_SVC(3), { { SCR_EL3, SCR_RES1 | SCR_RW } }, 1, LOWER, ESR(0x15, 3), AFTER,
	  NO_FAR },
	{ "SVC at EL0, TGE", 0, { 0 }, I_SVC(3), { { HCR_EL2, HCR_RW | HCR_TGE } }, 2, LOWER, ESR(0x15, 3), AFTER,
	  NO_FAR },
	{ "HVC at EL0", 0, { 0 }, I_HVC(1), { { 0 } }, 1, LOWER, ESR(0, 0), AT, NO_FAR },
	{ "HVC at EL1", 1, { 0 }, I_HVC(1), { { 0 } }, 2, LOWER, ESR(0x16, 1), AFTER, NO_FAR },
	{ "HVC at EL2", 2, { 0 }, I_HVC(2), { { 0 } }, 2, SAME, ESR(0x16, 2), AFTER, NO_FAR },
	{ "HVC at EL3", 3, { 0 }, I_HVC(2), { { SCR_EL3, SCR_OPEN } }, 3, SAME, ESR(0x16, 2), AFTER, NO_FAR },
	{ "HVC at EL1, no HCE", 1, { 0 }, I_HVC(1), { { SCR_EL3, SCR_OPEN & ~(uint64_t)SCR_HCE } }, 1, SAME, ESR(0, 0),
	  AT, NO_FAR },
	{ "SMC at EL0", 0, { 0 }, I_SMC(1), { { 0 } }, 1, LOWER, ESR(0, 0), AT, NO_FAR },
	{ "SMC at EL1", 1, { 0 }, I_SMC(1), { { 0 } }, 3, LOWER, ESR(0x17, 1), AFTER, NO_FAR },
	{ "SMC at EL2", 2, { 0 }, I_SMC(2), { { 0 } }, 3, LOWER, ESR(0x17, 2), AFTER, NO_FAR },
	{ "SMC at EL3", 3, { 0 }, I_SMC(3), { { 0 } }, 3, SAME, ESR(0x17, 3), AFTER, NO_FAR },
	{ "SMC at EL1, SMD", 1, { 0 }, I_SMC(1), { { SCR_EL3, SCR_OPEN | SCR_SMD } }, 1, SAME, ESR(0, 0), AT, NO_FAR },
	{ "SMC at EL2, SMD", 2, { 0 }, I_SMC(1), { { SCR_EL3, SCR_OPEN | SCR_SMD } }, 2, SAME, ESR(0, 0), AT, NO_FAR },
	{ "SMC at EL1, TSC", 1, { 0 }, I_SMC(1), { { HCR_EL2, HCR_RW | HCR_TSC } }, 2, LOWER, ESR(0x17, 1), AT,
	  NO_FAR },
	/* Instructions that are none. */
	{ "BRK at EL0", 0, { 0 }, I_BRK(7), { { 0 } }, 1, LOWER, ESR(0x3c, 7), AT, NO_FAR },
	{ "BRK at EL1", 1, { 0 }, I_BRK(8), { { 0 } }, 1, SAME, ESR(0x3c, 8), AT, NO_FAR },
	{ "BRK at EL2", 2, { 0 }, I_BRK(9), { { 0 } }, 2, SAME, ESR(0x3c, 9), AT, NO_FAR },
	{ "BRK at EL3", 3, { 0 }, I_BRK(10), { { 0 } }, 3, SAME, ESR(0x3c, 10), AT, NO_FAR },
	{ "UDF at EL0", 0, { 0 }, I_UDF | 1, { { 0 } }, 1, LOWER, ESR(0, 0), AT, NO_FAR },
	{ "UDF at EL1", 1, { 0 }, I_UDF | 1, { { 0 } }, 1, SAME, ESR(0, 0), AT, NO_FAR },
	{ "UDF at EL2", 2, { 0 }, I_UDF | 1, { { 0 } }, 2, SAME, ESR(0, 0), AT, NO_FAR },
	{ "UDF at EL3", 3, { 0 }, I_UDF | 1, { { 0 } }, 3, SAME, ESR(0, 0), AT, NO_FAR },
	{ "UDF at EL0, TGE", 0, { 0 }, I_UDF | 1, { { HCR_EL2, HCR_RW | HCR_TGE } }, 2, LOWER, ESR(0, 0), AT, NO_FAR },
	{ "register of EL1 at EL0", 0, { 0 }, I_MRS(4, TPIDR_EL1), { { 0 } }, 1, LOWER, ESR(0, 0), AT, NO_FAR },
	{ "register of EL3 at EL1", 1, { 0 }, I_MRS(4, SCR_EL3), { { 0 } }, 1, SAME, ESR(0, 0), AT, NO_FAR },
	{ "MPIDR_EL1 at EL0", 0, { 0 }, I_MRS(4, MPIDR_EL1), { { 0 } }, 1, LOWER, ESR(0, 0), AT, NO_FAR },
	{ "HCR_EL2 at EL1", 1, { 0 }, I_MRS(4, HCR_EL2), { { 0 } }, 1, SAME, ESR(0, 0), AT, NO_FAR },
	{ "HCR_EL2 written at EL1", 1, { 0 }, I_MSR(HCR_EL2, 31), { { 0 } }, 1, SAME, ESR(0, 0), AT, NO_FAR },
	/* Nothing answers there.  (SCTLR_ELx.A and SA, and the traps of SIMD, are not in libunicorn 2.0.1.) */
	{ "load from nothing at EL3", 3, { 0 }, I_LDR(4, 0, 8), { { 0 } }, 3, SAME, ESR(0x25, 0x10), AT,
	  GUEST_HOLE + 8 },
	{ "load from nothing at EL1", 1, { 0 }, I_LDR(4, 0, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, GUEST_HOLE },
	{ "load from nothing at EL0", 0, { 0 }, I_LDRB(4, 0, 1), { { 0 } }, 1, LOWER, ESR(0x24, 0x10), AT,
	  GUEST_HOLE + 1 },
	{ "unaligned load from nothing", 1, { I_NOP }, I_LDUR(4, 0, 13), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT,
	  GUEST_HOLE + 13 },
	{ "unaligned halfword from nothing", 1, { I_NOP }, 0x78401004, { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT,
	  GUEST_HOLE + 1 },
	{ "literal load from nothing", 1, { I_NOP }, I_LDR_LITERAL(4, -0x10000), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT,
	  GUEST_CODE + 20 - 0x40000 },
	{ "load pair from nothing", 1, { 0 }, I_LDP(4, 5, 0, 16), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT,
	  GUEST_HOLE + 16 },
	{ "post-index load from nothing", 1, { 0 }, I_LDR_POST(4, 0, 8), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT,
	  GUEST_HOLE },
	{ "load from nothing, after one from memory", 1, { I_LDR(4, 1, 0), I_LDR(5, 1, 8) }, I_LDR(4, 0, 0), { { 0 } },
	  1,
	  SAME, ESR(0x25, 0x10), AT, GUEST_HOLE },
	{ "unaligned STXR, nothing reserved", 1, { I_NOP, I_ADDI(3, 1, 4) }, I_STXR(4, 5, 3), { { 0 } }, 1, SAME,
	  ESR(0x25, 0x61), AT, GUEST_DATA + 4 },
	{ "unaligned STXRH at EL0, another address reserved", 0, { I_ADDI(3, 1, 1), I_LDXR_SIZE(1, 4, 1) },
	  I_STXR_SIZE(1, 4, 5, 3), { { 0 } }, 1, LOWER, ESR(0x24, 0x61), AT, GUEST_DATA + 1 },
	{ "unaligned STXR after CLREX", 1, { I_ADDI(3, 1, 4), I_CLREX }, I_STXR(4, 5, 3), { { 0 } }, 1, SAME,
	  ESR(0x25, 0x61), AT, GUEST_DATA + 4 },
	{ "unaligned STXP after a pair", 1, { I_LDXR(4, 1), I_STXR(4, 5, 1), I_ADDI(3, 1, 8) }, I_STXP(4, 5, 6, 3), { { 0 } },
	  1, SAME, ESR(0x25, 0x61), AT, GUEST_DATA + 8 },
	{ "STXR of the highest address, nothing reserved", 1, { I_MOVN(3, 0) }, I_STXR_SIZE(1, 4, 5, 3), { { 0 } }, 1, SAME,
	  ESR(0x25, 0x61), AT, UINT64_MAX },
	{ "SVC at secure EL0, TGE", 0, { 0 }, I_SVC(3), { { HCR_EL2, HCR_RW | HCR_TGE }, { SCR_EL3, SCR_SECURE } }, 1, LOWER,
	  ESR(0x15, 3), AFTER, NO_FAR },
	{ "load from nothing, EA", 1, { 0 }, I_LDR(4, 0, 0), { { SCR_EL3, SCR_OPEN | SCR_EA } }, 3, LOWER,
	  ESR(0x24, 0x10), AT, GUEST_HOLE },
	{ "store to nothing at EL3", 3, { 0 }, I_STR(4, 0, 8), { { 0 } }, 3, SAME, ESR(0x25, 0x50), AT,
	  GUEST_HOLE + 8 },
	{ "store to nothing at EL1", 1, { 0 }, I_STR(4, 0, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT, GUEST_HOLE },
	{ "load from past the physical addresses", 1, { I_MOVZ(0, 0), I_MOVK_32(0, 0x1000) }, I_LDR(4, 0, 0), { { 0 } }, 1, SAME,
	  ESR(0x25, 0x00), AT, 1ull << 44 },
	{ "store past the physical addresses", 1, { I_MOVZ(0, 0), I_MOVK_32(0, 0x1000) }, I_STR(4, 0, 0), { { 0 } }, 1, SAME,
	  ESR(0x25, 0x40), AT, 1ull << 44 },
	{ "load from the page of the trampoline", 1, { I_MOVZ(0, 0xf000), I_MOVK_16(0, 0xffff), I_MOVK_32(0, 0xff) },
	  I_LDR(4, 0, 16), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, 0xfffffff010 },
	{ "store to the page of the trampoline", 1, { I_MOVZ(0, 0xf000), I_MOVK_16(0, 0xffff), I_MOVK_32(0, 0xff) },
	  I_STR(4, 0, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT, 0xfffffff000 },
	{ "store pair to nothing", 1, { 0 }, I_STP(4, 5, 0, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT, GUEST_HOLE },
	{ "post-index store to nothing", 1, { 0 }, I_STR_POST(4, 0, 8), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT,
	  GUEST_HOLE },
	{ "SIMD store to nothing", 3, { 0 }, I_STRQ(0, 0, 0), { { 0 } }, 3, SAME, ESR(0x25, 0x50), AT, GUEST_HOLE },
	{ "DC ZVA of nothing", 3, { 0 }, I_SYS(DC_ZVA, 0), { { 0 } }, 3, SAME, ESR(0x25, 0x50), AT, GUEST_HOLE },
	{ "DC ZVA at EL0, no DZE", 0, { 0 }, I_SYS(DC_ZVA, 1), { { SCTLR_EL1, SCTLR_CLOSED } }, 1, LOWER,
	  ESR(0x18, ISS_DC_ZVA_X1), AT, NO_FAR },
	{ "DC ZVA at EL1, TDZ", 1, { 0 }, I_SYS(DC_ZVA, 1), { { HCR_EL2, HCR_RW | HCR_TDZ } }, 2, LOWER,
	  ESR(0x18, ISS_DC_ZVA_X1), AT, NO_FAR },
	{ "store to ROM", 1, { I_MOVZ(0, 0x100) }, I_STR(4, 0, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT,
	  GUEST_ROM + 0x100 },
	{ "store-exclusive to ROM", 1, { I_MOVZ(0, 0x100), I_LDXR(5, 0) }, I_STXR(6, 4, 0), { { 0 } }, 1, SAME,
	  ESR(0x25, 0x50), AT, GUEST_ROM + 0x100 },
	{ "fetch from nothing at EL3", 3, { 0 }, I_BR(0), { { 0 } }, 3, SAME, ESR(0x21, 0x10), GUEST_HOLE, GUEST_HOLE },
	{ "fetch from nothing at EL1", 1, { 0 }, I_BR(0), { { 0 } }, 1, SAME, ESR(0x21, 0x10), GUEST_HOLE, GUEST_HOLE },
	{ "fetch from nothing at EL0", 0, { 0 }, I_BR(0), { { 0 } }, 1, LOWER, ESR(0x20, 0x10), GUEST_HOLE,
	  GUEST_HOLE },
	/* Alignment. */
	{ "unaligned load-exclusive", 1, { I_ADDI(4, 1, 4) }, I_LDXR(5, 4), { { 0 } }, 1, SAME, ESR(0x25, 0x21), AT,
	  GUEST_DATA + 4 },
	{ "unaligned load-exclusive at EL3", 3, { I_ADDI(4, 1, 1) }, I_LDXR_SIZE(1, 5, 4), { { 0 } }, 3, SAME,
	  ESR(0x25, 0x21), AT, GUEST_DATA + 1 },
	{ "unaligned PC", 1, { I_ADDI(4, 1, 2) }, I_BR(4), { { 0 } }, 1, SAME, ESR(0x22, 0), GUEST_DATA + 2,
	  GUEST_DATA + 2 },
	{ "unaligned PC at EL0", 0, { I_ADDI(4, 1, 1) }, I_BR(4), { { 0 } }, 1, LOWER, ESR(0x22, 0), GUEST_DATA + 1,
	  GUEST_DATA + 1 },
	/* With the MMU on. */
	{ "load from an unmapped page", 1, { 0 }, I_LDR(4, 2, 8), { { SCTLR_EL1, SCTLR_MMU } }, 1, SAME, ESR(0x25,
	  0x07),
	  AT, UNMAPPED + 8 },
	{ "store to an unmapped page", 1, { 0 }, I_STR(4, 2, 8), { { SCTLR_EL1, SCTLR_MMU } }, 1, SAME, ESR(0x25, 0x47),
	  AT, UNMAPPED + 8 },
	{ "store to a read-only page", 1, { I_MOVK(2, 0x1000) }, I_STR(4, 2, 0), { { SCTLR_EL1, SCTLR_MMU } }, 1, SAME,
	  ESR(0x25, 0x4f), AT, READ_ONLY },
	{ "store across into a read-only page", 1, { I_MOVK(2, 0x1ffc) }, I_STUR(4, 2, 0), { { SCTLR_EL1, SCTLR_MMU } },
	  1,
	  SAME, ESR(0x25, 0x4f), AT, READ_ONLY + 0xffc },
	{ "fetch from an unmapped page", 1, { 0 }, I_BR(2), { { SCTLR_EL1, SCTLR_MMU } }, 1, SAME, ESR(0x21, 0x07),
	  UNMAPPED, UNMAPPED },
	{ "load from nothing through the MMU", 1, { I_MOVK(2, 0x3000) }, I_LDR(4, 2, 0), { { SCTLR_EL1, SCTLR_MMU } },
	  1,
	  SAME, ESR(0x25, 0x10), AT, UNMAPPED + 0x3000 },
	{ "store to nothing through the MMU", 1, { I_MOVK(2, 0x3000) }, I_STR(4, 2, 24), { { SCTLR_EL1, SCTLR_MMU } },
	  1,
	  SAME, ESR(0x25, 0x50), AT, UNMAPPED + 0x3018 },
	{ "fetch from nothing through the MMU", 1, { I_MOVK(2, 0x3000) }, I_BR(2), { { SCTLR_EL1, SCTLR_MMU } }, 1,
	  SAME,
	  ESR(0x21, 0x10), UNMAPPED + 0x3000, UNMAPPED + 0x3000 },
	{ "load of EL1's page at EL0", 0, { I_MOVK(2, 0x1000) }, I_LDR(4, 2, 0), { { SCTLR_EL1, SCTLR_MMU } }, 1, LOWER,
	  ESR(0x24, 0x0f), AT, READ_ONLY },
	{ "STTR to EL1's page", 1, { I_MOVK(2, 0x4000) }, I_STTR(4, 2, 0), { { SCTLR_EL1, SCTLR_MMU } }, 1, SAME,
	  ESR(0x25, 0x4f), AT, UNMAPPED + 0x4000 },
	/* Illegal returns: at this level still, and the next instruction is the one that faults. */
	{ "return to a higher level", 1, { I_ADR(4, 20), I_MSR(ELR_EL1, 4), I_MOVZ(5, 0x3c9), I_MSR(SPSR_EL1, 5) },
	  I_ERET,
	  { { 0 } }, 1, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
	{ "return to AArch32", 1, { I_ADR(4, 20), I_MSR(ELR_EL1, 4), I_MOVZ(5, 0x1d3), I_MSR(SPSR_EL1, 5) }, I_ERET,
	  { { 0 } }, 1, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
	{ "return to EL0 with SP_EL1", 1, { I_ADR(4, 20), I_MSR(ELR_EL1, 4), I_MOVZ(5, 0x3c1), I_MSR(SPSR_EL1, 5) },
	  I_ERET,
	  { { 0 } }, 1, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
	{ "return to EL1 with M[1]", 1, { I_ADR(4, 20), I_MSR(ELR_EL1, 4), I_MOVZ(5, 0x3c6), I_MSR(SPSR_EL1, 5) },
	  I_ERET,
	  { { 0 } }, 1, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
	{ "return to EL1, RW = 0", 2, { I_ADR(4, 20), I_MSR(ELR_EL2, 4), I_MOVZ(5, 0x3c5), I_MSR(SPSR_EL2, 5) }, I_ERET,
	  { { HCR_EL2, 0 } }, 2, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
	{ "return to EL1, TGE", 2, { I_ADR(4, 20), I_MSR(ELR_EL2, 4), I_MOVZ(5, 0x3c5), I_MSR(SPSR_EL2, 5) }, I_ERET,
	  { { HCR_EL2, HCR_RW | HCR_TGE } }, 2, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
	{ "return to EL2, secure", 3, { I_ADR(4, 20), I_MSR(ELR_EL3, 4), I_MOVZ(5, 0x3c9), I_MSR(SPSR_EL3, 5) }, I_ERET,
	  { { SCR_EL3, SCR_RES1 | SCR_RW } }, 3, SAME, ESR(0x0e, 0), AFTER, NO_FAR },
};

/* Instructions of --cpu max: ordered accesses, and atomics, which load first. */
static const struct row max_rows[] = {
	{ "LDAPR of nothing", 1, { I_NOP }, I_LDAPR(4, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, GUEST_HOLE },
	{ "LDAPUR of nothing", 1, { I_NOP }, I_LDAPUR(4, 0, 9), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, GUEST_HOLE + 9 },
	{ "STLUR to nothing", 1, { I_NOP }, I_STLUR(4, 0, 8), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT, GUEST_HOLE + 8 },
	{ "LDADD of nothing", 1, { I_NOP }, I_LDADD(4, 5, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, GUEST_HOLE },
	{ "CAS of nothing", 1, { I_NOP }, I_CAS(4, 5, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, GUEST_HOLE },
	{ "CASP of nothing", 1, { I_NOP }, I_CASP(4, 6, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x10), AT, GUEST_HOLE },
	{ "LDADD of ROM", 1, { I_MOVZ(0, 64) }, I_LDADD(4, 5, 0), { { 0 } }, 1, SAME, ESR(0x25, 0x50), AT, 64 },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]), MAX_ROWS = sizeof(max_rows) / sizeof(max_rows[0]) };

static const struct { uint32_t esr, elr, far, spsr; } entry_regs[] = {
	[1] = { ESR_EL1, ELR_EL1, FAR_EL1, SPSR_EL1 },
	[2] = { ESR_EL2, ELR_EL2, FAR_EL2, SPSR_EL2 },
	[3] = { ESR_EL3, ELR_EL3, FAR_EL3, SPSR_EL3 },
};

static bool is_row_with_mmu(const struct row *row)
{
	return row->setup[0].reg == SCTLR_EL1 && row->setup[0].value & SCTLR_MMU;
}

static void map_pages(struct machine *machine)
{
	enum { AP_EL0 = 0x40, AP_RO = 0x80 };
	gva_t user_pages[] = { GUEST_CODE };

	guest_map_identity(machine, 0);
	guest_map_page(machine, UNMAPPED, 0, 0);
	guest_map_page(machine, READ_ONLY, GUEST_DATA, GUEST_PAGE_RW | AP_RO);
	guest_map_page(machine, USER_DATA, GUEST_DATA, GUEST_PAGE_RW | AP_EL0);
	guest_map_page(machine, UNMAPPED + 0x3000, GUEST_HOLE, GUEST_PAGE_RW);
	guest_map_page(machine, UNMAPPED + 0x4000, GUEST_DATA, GUEST_PAGE_RW);
	for (size_t i = 0; i < sizeof(user_pages) / sizeof(user_pages[0]); i++)
		guest_map_page(machine, user_pages[i], user_pages[i], GUEST_PAGE_RW | AP_EL0 | AP_RO);
}

/* Start the row's code; returns the address of its instruction. */
static gva_t start_row(struct machine *machine, const struct row *row)
{
	uint32_t code[MAX_WORDS + 10] = {
		I_MOVZ_16(0, GUEST_HOLE >> 16), I_MOVZ_16(1, GUEST_DATA >> 16), I_MOVZ_16(2, UNMAPPED >> 16),
		I_ADDI(MARKER, MARKER, 1),
	};
	size_t len = 4, at;

	for (size_t i = 0; i < MAX_WORDS && row->before[i]; i++)
		code[len++] = row->before[i];
	at = len;
	code[len++] = row->insn;
	code[len++] = I_ADDI(MARKER, MARKER, 1);
	code[len++] = I_ADDI(MARKER, MARKER, 1);
	code[len++] = I_STAY;
	guest_start(machine, 0, row->from, code, len);
	if (is_row_with_mmu(row))
		map_pages(machine);
	for (size_t i = 0; i < MAX_SETUP && row->setup[i].reg; i++)
		guest_set_sysreg(machine, 0, row->setup[i].reg, row->setup[i].value);
	return GUEST_CODE + at * 4;
}

static void run_row(const struct row *row, struct machine *machine)
{
	gva_t at = start_row(machine, row);
	gva_t elr = row->elr <= AFTER ? at + row->elr : (gva_t)row->elr;
	const struct cpu *cpu = machine_cpu(machine, 0);
	struct stop stop = machine_run(machine, BUDGET);

	ck_assert_msg(stop.reason == STOP_LIMIT, "%s: %s", row->name, stop.text ? stop.text : "?");
	ck_assert_msg(cpu_el(cpu) == row->to, "%s: at EL%d", row->name, cpu_el(cpu));
	ck_assert_msg(guest_reg(machine, 0, CPU_PC) == guest_vectors(row->to) + row->vector, "%s: pc 0x%lx", row->name,
		      (unsigned long)guest_reg(machine, 0, CPU_PC));
	ck_assert_msg(guest_sysreg(machine, 0, entry_regs[row->to].esr) == row->esr, "%s: esr 0x%lx, not 0x%lx",
		row->name,
		      (unsigned long)guest_sysreg(machine, 0, entry_regs[row->to].esr), (unsigned long)row->esr);
	ck_assert_msg(guest_sysreg(machine, 0, entry_regs[row->to].elr) == elr, "%s: elr 0x%lx, not 0x%lx", row->name,
		      (unsigned long)guest_sysreg(machine, 0, entry_regs[row->to].elr), (unsigned long)elr);
	if (row->far != NO_FAR)
		ck_assert_msg(guest_sysreg(machine, 0, entry_regs[row->to].far) == row->far, "%s: far 0x%lx, not 0x%lx",
			      row->name, (unsigned long)guest_sysreg(machine, 0, entry_regs[row->to].far),
			      (unsigned long)row->far);
	ck_assert_msg(guest_reg(machine, 0, MARKER) == 1, "%s: went on past the fault", row->name);
	ck_assert_msg((guest_sysreg(machine, 0, entry_regs[row->to].spsr) >> 2 & 3) == (unsigned)row->from, "%s: spsr",
		      row->name);
	ck_assert_msg((guest_reg(machine, 0, CPU_PSTATE) & 0x3cf) == (PSTATE_DAIF_BITS | (unsigned)row->to << 2 | 1),
		      "%s: pstate", row->name);
	machine_free(machine);
}

START_TEST(synchronous)
{
	run_row(&rows[_i / PROFILE_COUNT], guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72));
}
END_TEST

START_TEST(synchronous_max)
{
	run_row(&max_rows[_i / PROFILE_COUNT], guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_MAX_MODEL));
}
END_TEST

/* What the instruction would have changed is as it was: base, data and memory. */
START_TEST(abort_leaves_no_trace)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_HOLE >> 16), I_MOVZ_16(1, GUEST_DATA >> 16), I_MOVZ(4, 44),
		    I_MOVZ(6, 66), I_LDR_POST(4, 0, 8), I_ADD(4, 4, 4), I_STR(6, 1, 0), I_MOVZ(6, 1), I_B(1), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 0), GUEST_HOLE);
	ck_assert_uint_eq(guest_reg(machine, 0, 4), 44);
	ck_assert_uint_eq(guest_reg(machine, 0, 6), 66);
	ck_assert_uint_eq(guest_read(machine, GUEST_DATA), 0);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 0)), BUDGET);
	machine_free(machine);
}
END_TEST

START_TEST(aborted_store_leaves_no_trace)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_HOLE >> 16), I_MOVZ_16(1, GUEST_DATA >> 16), I_MOVZ(6, 66),
		    I_STR_POST(6, 0, 8), I_MOVZ(6, 1), I_STR(6, 1, 0), I_STAY);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 0), GUEST_HOLE);
	ck_assert_uint_eq(guest_reg(machine, 0, 6), 66);
	ck_assert_uint_eq(guest_read(machine, GUEST_DATA), 0);
	machine_free(machine);
}
END_TEST

START_TEST(lenient_reads_zero)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	machine_set_lenient(machine, true);
	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_HOLE >> 16), I_MOVZ(4, 44), I_LDR(4, 0, 0), I_STR(0, 0, 0),
		    I_MOVZ(6, 1), I_WFI, I_STAY);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, 4), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, 6), 1);
	machine_free(machine);
}
END_TEST

/* The second fetch from nothing is as the first, though the core has something translated by then. */
START_TEST(fetches_from_nothing_again)
{
	static const uint32_t handler[] = { I_ADDI(MARKER, MARKER, 1), I_BR(10) };
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ_16(0, GUEST_HOLE >> 16), I_ADR(10, 4), I_MRS(11, ESR_EL1), I_SUBSI(12, MARKER,
		5),
		    I_BCOND(COND_EQ, 2), I_BR(0), I_WFI, I_STAY);
	machine_poke(machine, guest_vectors(1) + SAME, handler, sizeof(handler));
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, MARKER), 5);
	ck_assert_uint_eq(guest_reg(machine, 0, 11), ESR(0x21, 0x10));
	machine_free(machine);
}
END_TEST

/* ---- stack pointers ---- */

START_TEST(stack_pointers_are_banked)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	/* At EL2: set all three, go to EL1h, look, and come back by HVC, whose handler stays. */
	GUEST_START(machine, 0, 2, I_MOVZ(0, 0x100), I_MSR(SP_EL0, 0), I_MOVZ(0, 0x200), I_MSR(SP_EL1, 0),
		    I_MOVZ(0, 0x300), I_ADDI(X_SP, 0, 0), I_MOVZ_16(0, 0x8000), I_MSR(HCR_EL2, 0), I_ADR(0, 20),
		    I_MSR(ELR_EL2, 0), I_MOVZ(0, 0x3c5), I_MSR(SPSR_EL2, 0), I_ERET,
		    I_ADDI(1, X_SP, 0), I_MRS(2, SP_EL0), I_SPSEL(0), I_ADDI(3, X_SP, 0), I_SPSEL(1),
		    I_ADDI(X_SP, X_SP, 4), I_HVC(0));
	machine_run(machine, BUDGET);
	ck_assert_int_eq(cpu_el(machine_cpu(machine, 0)), 2);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), 0x200);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 0x100);
	ck_assert_uint_eq(guest_reg(machine, 0, 3), 0x100);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_SP), 0x300);
	ck_assert_uint_eq(guest_sysreg(machine, 0, SP_EL0), 0x100);
	ck_assert_uint_eq(guest_sysreg(machine, 0, SP_EL1), 0x204);
	ck_assert_uint_eq(guest_sysreg(machine, 0, SP_EL2), 0x300);
	machine_free(machine);
}
END_TEST

/* SVC from EL0 and back again and again: the levels, the stacks and the count of rounds are right. */
START_TEST(round_trips_from_el0)
{
	static const uint32_t handler[] = { I_ADDI(X_SP, X_SP, 16), I_ERET };
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 0, I_MOVZ(1, 100), I_ADDI(X_SP, X_SP, 1), I_SVC(0), I_SUBSI(1, 1, 1),
		    I_BCOND(COND_NE, -3), I_STAY);
	machine_poke(machine, guest_vectors(1) + LOWER, handler, sizeof(handler));
	machine_run(machine, BUDGET);
	ck_assert_int_eq(cpu_el(machine_cpu(machine, 0)), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_SP), 100);
	ck_assert_uint_eq(guest_sysreg(machine, 0, SP_EL1), 1600);
	machine_free(machine);
}
END_TEST

/* A handler that faults at its own start for ever is found out at the same moment when the run comes there again. */
START_TEST(storm_ends_at_the_same_time_again)
{
	static const uint32_t handler[] = { I_NOP, I_UDF };
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	struct snapshot *half;
	uint64_t end;

	GUEST_START(machine, 0, 1, I_UDF);
	machine_poke(machine, guest_vectors(1) + SAME, handler, sizeof(handler));
	machine_run(machine, 500);
	half = machine_save(machine);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_FAULT);
	end = machine_time(machine);
	machine_restore(machine, half);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_FAULT);
	ck_assert_uint_eq(machine_time(machine), end);
	machine_snapshot_free(machine, half);
	machine_free(machine);
}
END_TEST

/* ---- interrupts ---- */

struct irq_row {
	const char *name;
	int from;
	uint64_t scr, hcr;
	enum cpu_line line;
	bool masked;
	int to;			/* 0: it is not taken */
	unsigned vector;
};

static const struct irq_row irqs[] = {
	{ "IRQ at EL1", 1, SCR_OPEN, HCR_RW, LINE_IRQ, false, 1, SAME + IRQ },
	{ "IRQ at EL1, masked", 1, SCR_OPEN, HCR_RW, LINE_IRQ, true, 0, 0 },
	{ "IRQ at EL0", 0, SCR_OPEN, HCR_RW, LINE_IRQ, false, 1, LOWER + IRQ },
	{ "FIQ at EL1", 1, SCR_OPEN, HCR_RW, LINE_FIQ, false, 1, SAME + FIQ },
	{ "FIQ at EL0", 0, SCR_OPEN, HCR_RW, LINE_FIQ, false, 1, LOWER + FIQ },
	{ "IRQ at EL1, IMO, masked", 1, SCR_OPEN, HCR_RW | HCR_IMO, LINE_IRQ, true, 2, LOWER + IRQ },
	{ "FIQ at EL1, FMO", 1, SCR_OPEN, HCR_RW | HCR_FMO, LINE_FIQ, false, 2, LOWER + FIQ },
	{ "IRQ at EL2, IMO", 2, SCR_OPEN, HCR_RW | HCR_IMO, LINE_IRQ, false, 2, SAME + IRQ },
	{ "IRQ at EL2, IMO, masked", 2, SCR_OPEN, HCR_RW | HCR_IMO, LINE_IRQ, true, 0, 0 },
	{ "IRQ at EL2, not routed there", 2, SCR_OPEN, HCR_RW, LINE_IRQ, false, 0, 0 },
	{ "IRQ at EL0, TGE", 0, SCR_OPEN, HCR_RW | HCR_TGE, LINE_IRQ, true, 2, LOWER + IRQ },
	{ "IRQ at EL1, SCR.IRQ", 1, SCR_OPEN | SCR_IRQ, HCR_RW, LINE_IRQ, true, 3, LOWER + IRQ },
	{ "FIQ at EL2, SCR.FIQ", 2, SCR_OPEN | SCR_FIQ, HCR_RW, LINE_FIQ, true, 3, LOWER + FIQ },
	{ "FIQ at EL3, SCR.FIQ", 3, SCR_OPEN | SCR_FIQ, HCR_RW, LINE_FIQ, false, 3, SAME + FIQ },
	{ "FIQ at EL3, SCR.FIQ, masked", 3, SCR_OPEN | SCR_FIQ, HCR_RW, LINE_FIQ, true, 0, 0 },
	{ "IRQ at secure EL1", 1, SCR_SECURE, HCR_RW, LINE_IRQ, false, 1, SAME + IRQ },
	{ "IRQ at secure EL1, IMO", 1, SCR_SECURE, HCR_RW | HCR_IMO, LINE_IRQ, false, 1, SAME + IRQ },
	{ "IRQ at secure EL1, IMO, masked", 1, SCR_SECURE, HCR_RW | HCR_IMO, LINE_IRQ, true, 0, 0 },
	{ "FIQ at secure EL0, FMO, TGE", 0, SCR_SECURE, HCR_RW | HCR_FMO | HCR_TGE, LINE_FIQ, false, 1, LOWER + FIQ },
	{ "FIQ at secure EL1, SCR.FIQ", 1, SCR_SECURE | SCR_FIQ, HCR_RW, LINE_FIQ, true, 3, LOWER + FIQ },
	{ "IRQ at EL3, not routed there", 3, SCR_OPEN, HCR_RW, LINE_IRQ, false, 0, 0 },
};

enum { IRQS = sizeof(irqs) / sizeof(irqs[0]) };

static unsigned interrupts;

static void count_interrupts(void *ctx, const struct event *event)
{
	(void)ctx;
	interrupts += event->kind == EVENT_EXCEPTION && event->u.exception.ec >= EVENT_EC_IRQ;
}

START_TEST(interrupt)
{
	const struct irq_row *row = &irqs[_i / PROFILE_COUNT];
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);
	uint32_t mask = row->masked ? I_DAIFSET(15) : I_DAIFCLR(15);

	interrupts = 0;
	machine_set_observer(machine, count_interrupts, NULL);
	GUEST_START(machine, 0, row->from, row->from ? mask : I_NOP, I_ADDI(MARKER, MARKER, 1), I_B(-1));
	guest_set_sysreg(machine, 0, SCR_EL3, row->scr);
	guest_set_sysreg(machine, 0, HCR_EL2, row->hcr);
	if (row->from == 0)
		cpu_set_reg(machine_cpu(machine, 0), CPU_PSTATE, row->masked ? PSTATE_EL0 : 0);
	machine_run(machine, BUDGET);
	machine_set_line(machine, 0, row->line, true);
	machine_run(machine, BUDGET);
	ck_assert_msg(interrupts == !!row->to, "%s: taken %u times", row->name, interrupts);
	ck_assert_msg(cpu_el(machine_cpu(machine, 0)) == (row->to ? row->to : row->from), "%s: at EL%d", row->name,
		      cpu_el(machine_cpu(machine, 0)));
	if (row->to)
		ck_assert_msg(guest_reg(machine, 0, CPU_PC) == guest_vectors(row->to) + row->vector, "%s: pc 0x%lx",
			      row->name, (unsigned long)guest_reg(machine, 0, CPU_PC));
	machine_free(machine);
}
END_TEST

/* A masked interrupt is taken right after the instruction that unmasks it, and IMO and VI are not the guest's to see.
 * */
START_TEST(interrupt_at_unmasking)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_MOVZ(1, 1), I_DAIFCLR(2), I_MOVZ(1, 2), I_STAY);
	guest_set_sysreg(machine, 0, HCR_EL2, HCR_RW);
	machine_set_line(machine, 0, LINE_IRQ, true);
	machine_run(machine, BUDGET);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), 1);
	ck_assert_uint_eq(guest_sysreg(machine, 0, ELR_EL1), GUEST_CODE + 8);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(1) + SAME + IRQ);
	ck_assert_uint_eq(guest_sysreg(machine, 0, HCR_EL2), HCR_RW);
	machine_free(machine);
}
END_TEST

/* ---- what nothing handles ---- */

START_TEST(no_vector_is_a_fault)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	struct error err = ERROR_NONE;
	const uint32_t code[] = { I_NOP, I_SVC(0) };
	struct stop stop;

	machine_poke(machine, GUEST_CODE, code, sizeof(code));
	ck_assert(machine_power_up_cpu(machine, 0, &err));
	machine_start_cpu(machine, 0, GUEST_CODE, 1, 0, false);
	stop = machine_run(machine, BUDGET);
	ck_assert_int_eq(stop.reason, STOP_FAULT);
	ck_assert_int_eq(stop.cpu, 0);
	ck_assert_uint_eq(stop.pc, GUEST_CODE + 8);
	ck_assert_ptr_nonnull(stop.text);
	ck_assert_int_eq(cpu_state(machine_cpu(machine, 0)), CPU_FAULTED);
	machine_free(machine);
}
END_TEST

START_TEST(unreachable_vector_is_a_fault)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	GUEST_START(machine, 0, 1, I_NOP, I_SVC(0));
	guest_set_sysreg(machine, 0, VBAR_EL1, GUEST_HOLE);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_FAULT);
	machine_free(machine);
}
END_TEST

static const struct { uint64_t syndrome; const char *words; } syndromes[] = {
	{ ESR(0x00, 0), "an undefined instruction" },
	{ ESR(0x0e, 0), "an illegal state, as after an illegal eret" },
	{ ESR(0x17, 0), "smc" },
	{ ESR(0x20, 0x07), "an instruction fetch: not mapped" },
	{ ESR(0x21, 0x10), "an instruction fetch: nothing is at that address" },
	{ ESR(0x25, 0x10), "a load: nothing is at that address" },
	{ ESR(0x25, 0x50), "a store: nothing at that address takes it" },
	{ ESR(0x24, 0x4f), "a store: not permitted" },
	{ ESR(0x25, 0x0b), "a load: the access flag is clear" },
	{ ESR(0x25, 0x21), "a load: not aligned" },
	{ ESR(0x25, 0x3f), "a load: it failed" },
	{ ESR(0x3f, 0), "an exception" },
};

START_TEST(syndrome_in_words)
{
	char words[80];

	syndrome_describe((uint32_t)syndromes[_i].syndrome, words, sizeof(words));
	ck_assert_str_eq(words, syndromes[_i].words);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/exception");
	TCase *tcase = tcase_create("exception");

	tcase_add_loop_test(tcase, synchronous, 0, ROWS * PROFILE_COUNT);
	tcase_add_loop_test(tcase, synchronous_max, 0, MAX_ROWS * PROFILE_COUNT);
	tcase_add_loop_test(tcase, abort_leaves_no_trace, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, aborted_store_leaves_no_trace, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, lenient_reads_zero, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, fetches_from_nothing_again, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, stack_pointers_are_banked, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, storm_ends_at_the_same_time_again, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, round_trips_from_el0, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, interrupt, 0, IRQS * PROFILE_COUNT);
	tcase_add_loop_test(tcase, interrupt_at_unmasking, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, no_vector_is_a_fault, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, unreachable_vector_is_a_fault, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, syndrome_in_words, 0, sizeof(syndromes) / sizeof(syndromes[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
