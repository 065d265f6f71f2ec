/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/presence.c: which system registers there are.
 *
 * The ID registers deny some that the core has (sysreg.c says why); a guest that names one takes the exception that it
 * would on hardware without.  Some others every Armv8.0 core has, and this one has not: the debug communication channel
 * and what goes with it, at whose other end nobody is.  An instruction that names either kind is looked at before it runs,
 * in the exact profile, since what the library does in a block cannot be undone.
 */
#include "machine/presence.h"

#include <stddef.h>

#include "machine/core.h"
#include "machine/sysreg.h"

enum {
	CRN_MONITORS = 9, CRM_MONITORS = 12, CRN_TIMER = 14, CRM_COUNTERS = 8,
	OP1_HOST_NAMES = 5,
	EC_SHIFT = 26, EC_SYSREG = 0x18,
	SYNDROME_UNDEFINED = 1 << 25, SYNDROME_SYSREG = EC_SYSREG << EC_SHIFT | 1 << 25,
	MDSCR_TDCC = 1 << 12,
	MDCR_TDE = 1 << 8, MDCR_TDA = 1 << 9, MDCR_TDOSA = 1 << 10,
	READ = 1, WRITE = 2,
};

#define MDSCR_EL1	SYSREG(2, 0, 0, 2, 2)
#define MDCR_EL2	SYSREG(3, 4, 1, 1, 1)
#define MDCR_EL3	SYSREG(3, 6, 1, 3, 1)

/* Of SVE, of random numbers, of VHE, and of AArch32 (whose banked SPSRs are there, and RES0: sysreg_kept()). */
static const uint32_t absent[] = {
	ZCR_EL1, ZCR_EL2, ZCR_EL3, RNDR, RNDRRS,
	SYSREG(3, 4, 2, 0, 1), SYSREG(3, 4, 13, 0, 1),		/* TTBR1_EL2, CONTEXTIDR_EL2 */
	SYSREG(3, 4, 14, 3, 0), SYSREG(3, 4, 14, 3, 1), SYSREG(3, 4, 14, 3, 2),	/* the virtual timer of EL2 */
	SYSREG(3, 4, 3, 0, 0), SYSREG(3, 4, 5, 0, 1), SYSREG(3, 4, 5, 3, 0),	/* DACR32_EL2, IFSR32_EL2, FPEXC32_EL2 */
	SYSREG(2, 4, 0, 7, 0), SYSREG(3, 6, 1, 1, 1),		/* DBGVCR32_EL2, SDER32_EL3 */
};

/* One that keeps nothing; TRAP: the bit of MDCR_EL2 and MDCR_EL3 that denies it; IS_DCC: MDSCR_EL1.TDCC does so to EL0. */
struct still {
	uint32_t reg;
	uint8_t ways;		/* READ, WRITE */
	uint8_t value;
	bool is_dcc;
	unsigned trap;
};

static const struct still stills[] = {
	{ SYSREG(2, 3, 0, 1, 0), READ, 0, true, MDCR_TDA },			/* MDCCSR_EL0: neither full */
	{ SYSREG(2, 3, 0, 4, 0), READ | WRITE, 0, true, MDCR_TDA },		/* DBGDTR_EL0 */
	{ SYSREG(2, 3, 0, 5, 0), READ | WRITE, 0, true, MDCR_TDA },		/* DBGDTRRX_EL0, DBGDTRTX_EL0 */
	{ SYSREG(2, 0, 0, 0, 2), READ | WRITE, 0, false, MDCR_TDA },		/* OSDTRRX_EL1 */
	{ SYSREG(2, 0, 0, 3, 2), READ | WRITE, 0, false, MDCR_TDA },		/* OSDTRTX_EL1 */
	{ SYSREG(2, 0, 0, 6, 2), READ | WRITE, 0, false, MDCR_TDA },		/* OSECCR_EL1 */
	{ SYSREG(2, 0, 7, 14, 6), READ, 0xaa, false, MDCR_TDA },		/* DBGAUTHSTATUS_EL1: all disabled */
	{ SYSREG(2, 0, 1, 4, 4), READ | WRITE, 0, false, MDCR_TDOSA },		/* DBGPRCR_EL1: no request */
	{ OSDLR_EL1, READ | WRITE, 0, false, MDCR_TDOSA },			/* unlocked */
};

static const struct still *find_still(uint32_t reg)
{
	for (size_t i = 0; SYSREG_OP0(reg) == 2 && i < sizeof(stills) / sizeof(stills[0]); i++)
		if (stills[i].reg == reg)
			return &stills[i];
	return NULL;
}

/* The performance monitors.  The core has some, whose counters are the host's clock. */
static bool is_monitor(uint32_t reg)
{
	if (SYSREG_CRN(reg) == CRN_TIMER)
		return SYSREG_OP1(reg) == 3 && SYSREG_CRM(reg) >= CRM_COUNTERS;
	return SYSREG_CRN(reg) == CRN_MONITORS && SYSREG_CRM(reg) >= CRM_MONITORS;
}

bool presence_is_absent(uint32_t reg)
{
	/* _EL02 and _EL12 are names for a host at EL2. */
	if (SYSREG_OP0(reg) == 3 && (SYSREG_OP1(reg) == OP1_HOST_NAMES || is_monitor(reg)))
		return true;
	for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
		if (absent[i] == reg)
			return true;
	return false;
}

bool presence_is_still(uint32_t reg, uint64_t *value)
{
	const struct still *still = find_still(reg);

	if (still)
		*value = still->value;
	return still;
}

/* The register that an MRS or MSR WORD names. */
static uint32_t named(uint32_t word)
{
	return word >> 5 & 0xffff;
}

bool presence_concerns(uint32_t word)
{
	bool is_move = (word & 0xffd00000) == 0xd5100000;

	return is_move && (presence_is_absent(named(word)) || find_still(named(word)));
}

static bool is_read(uint32_t word)
{
	return word >> 21 & 1;
}

/* The level that wants to see CPU's access to STILL, or 0 (Arm ARM D13.8). */
static unsigned trap_level(const struct cpu *cpu, const struct still *still)
{
	if (cpu->el == 0 && still->is_dcc && engine_sysreg(cpu->engine, MDSCR_EL1) & MDSCR_TDCC)
		return exception_own_target(cpu);
	if (cpu->el < 2 && engine_sysreg(cpu->engine, MDCR_EL2) & (still->trap | MDCR_TDE))
		return 2;
	if (cpu->el < 3 && engine_sysreg(cpu->engine, MDCR_EL3) & still->trap)
		return 3;
	return 0;
}

/* The ISS of a trapped MRS or MSR (Arm ARM, ESR_ELx, EC 0x18). */
static uint32_t trap_syndrome(uint32_t word)
{
	uint32_t reg = named(word);

	return SYNDROME_SYSREG | SYSREG_OP0(reg) << 20 | SYSREG_OP2(reg) << 17 | SYSREG_OP1(reg) << 14 |
	       SYSREG_CRN(reg) << 10 | (word & 31) << 5 | SYSREG_CRM(reg) << 1 | is_read(word);
}

bool presence_allows(const struct cpu *cpu, uint32_t word, uint32_t *syndrome, unsigned *target)
{
	const struct still *still = find_still(named(word));
	bool is_for_el0 = SYSREG_OP1(named(word)) == 3;

	if (!still || !(still->ways & (is_read(word) ? READ : WRITE)) || (cpu->el == 0 && !is_for_el0)) {
		*syndrome = SYNDROME_UNDEFINED;
		*target = exception_own_target(cpu);
		return false;
	}
	*syndrome = trap_syndrome(word);
	*target = trap_level(cpu, still);
	return *target == 0;
}
