/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sysreg.c: system registers and system instructions that are not the core's alone.
 *
 * Most accesses go on to the core.  Seen here are those that devices answer (timer, GICv3), that tell CPUs apart
 * (MPIDR), that change address translation, and the maintenance that concerns other CPUs.
 */
#include "machine/sysreg.h"

#include <stddef.h>

#include "machine/core.h"
#include "machine/presence.h"

enum {
	CTR_ERG_SHIFT = 20,
	PFR0_GIC_SHIFT = 24,
	MPIDR_RES1 = 1u << 31,
	SCTLR_M_BIT = 1, SCTLR_DZE = 1 << 14, SCTLR_E0E = 1 << 24, SCTLR_EE = 1 << 25,
	CRN_CONTROL = 1, CRN_TRANSLATION = 2, CRN_MAINTENANCE = 7, CRN_TLBI = 8, CRN_TIMER = 14,
	CRN_SAVED = 4, CRM_PMR = 6,
	CPTR_EZ = 1 << 8, CPTR_TZ = 1 << 8, CPACR_ZEN = 3 << 16,
	SPSR_M = 0x1f, SPSR_AARCH32 = 0x10, SPSR_ILLEGAL = 0xf,
	CRM_TLBI_SHARED = 3, CRM_TLBI_OUTER_SHARED = 1, CRM_TLBI_LOCAL = 7,
};

#define HCR_IMO	(1ull << 4)
#define HCR_VI	(1ull << 7)
#define HCR_FMO	(1ull << 3)
#define HCR_VF	(1ull << 6)
#define HCR_RW	(1ull << 31)
#define HCR_TGE	(1ull << 27)
#define HCR_VM	(1ull << 0)
#define HCR_DC	(1ull << 12)
#define HCR_TDZ	(1ull << 28)
#define HCR_E2H	(1ull << 34)
#define SCR_IRQ	(1u << 1)
#define SCR_FIQ	(1u << 2)

/* SCR_EL3 as firmware leaves it: NS, RES1, HCE, RW. */
#define SCR_NONSECURE	0x531u

/* May EL0 not use register REG of the generic timer? */
static bool is_kept_from_el0(const struct cpu *cpu, uint32_t reg, bool is_physical_counter)
{
	enum { EL0PCTEN = 1, EL0VCTEN = 2, EL0VTEN = 1 << 8, EL0PTEN = 1 << 9 };
	static const unsigned el0_bit[] = { 0, 0, EL0PTEN, EL0VTEN };
	uint64_t kctl = engine_sysreg(cpu->engine, CNTKCTL_EL1);
	unsigned crm = SYSREG_CRM(reg);

	if (crm == 0)
		return !(kctl & (SYSREG_OP2(reg) == 2 ? EL0VCTEN : is_physical_counter ? EL0PCTEN : EL0PCTEN | EL0VCTEN));
	return crm >= 2 && !(kctl & el0_bit[crm]);
}

/* Registers of the generic timer that EL0 or EL1 may be denied: the core knows how to trap those.  The time is read often,
 * and asking the core for what may deny it takes long, so it is asked for what matters to REG. */
static bool is_timer_denied(const struct cpu *cpu, uint32_t reg)
{
	enum { EL1PCTEN = 1, EL1PCEN = 2 };
	unsigned crm = SYSREG_CRM(reg), bit;
	bool is_physical_counter = crm == 0 && SYSREG_OP2(reg) == 1;

	if (cpu->el >= 2 || SYSREG_CRN(reg) != CRN_TIMER || SYSREG_OP1(reg) != 3 || crm > 3)
		return false;
	if (cpu->el == 0 && is_kept_from_el0(cpu, reg, is_physical_counter))
		return true;
	/* The core does not trap EL0's CNTPCT_EL0 to EL2, and would give it the host's clock: that is never left to it. */
	bit = is_physical_counter && cpu->el ? EL1PCTEN : crm == 2 ? EL1PCEN : 0;
	return bit && !(engine_sysreg(cpu->engine, CNTHCTL_EL2) & bit) && !exception_is_secure(cpu);
}

/* System register hooks come with the PC of their instruction. */
static void note_present(struct cpu *cpu)
{
	cpu->access_index = cpu->is_exact ? 0 : (engine_get(cpu->engine, CPU_PC) - cpu->block_addr) / 4;
	cpu->access_done = false;
}

static bool read_attached(struct cpu *cpu, uint32_t reg, uint64_t *value)
{
	const struct machine *machine = cpu->machine;

	for (size_t i = machine->sysregs.len; i-- > 0;)
		if (machine->sysregs.item[i].ops->read(machine->sysregs.item[i].dev, cpu->index, reg, value))
			return true;
	return false;
}

bool sysreg_write_attached(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	const struct machine *machine = cpu->machine;

	for (size_t i = machine->sysregs.len; i-- > 0;)
		if (machine->sysregs.item[i].ops->write(machine->sysregs.item[i].dev, cpu->index, reg, value))
			return true;
	return false;
}

/* At EL1 with an EL2 above, MPIDR_EL1 reads what EL2 put into VMPIDR_EL2. */
static uint64_t read_mpidr(const struct cpu *cpu)
{
	uint64_t value = cpu->mpidr | MPIDR_RES1;

	if (cpu->el < 2 && !exception_is_secure(cpu))
		engine_get_sys(cpu->engine, VMPIDR_EL2, &value);
	return value;
}

/* Loops over cache lines read it each time. */
static uint64_t read_ctr(struct cpu *cpu)
{
	if (!cpu->ctr)
		cpu->ctr = (engine_sysreg(cpu->engine, CTR_EL0) & ~(15ull << CTR_ERG_SHIFT)) |
			   MONITOR_ERG << CTR_ERG_SHIFT;
	return cpu->ctr;
}

static int regime_level(uint32_t reg)
{
	static const int level[] = { [0] = 1, [4] = 2, [6] = 3 };
	unsigned op1 = SYSREG_OP1(reg);

	return op1 < sizeof(level) / sizeof(level[0]) ? level[op1] : 0;
}

/*
 * There is no AArch32, and an ERET that asks for it is an illegal one (Arm ARM D1.3.3).  The core would go there, and
 * we could not follow; so it is given a mode that is illegal in AArch64, and the upper half, which is RES0 and which an
 * ERET does not look at, keeps the mode that the guest wrote.
 */
static uint64_t hide_aarch32(uint64_t spsr)
{
	spsr &= UINT32_MAX;
	if (!(spsr & SPSR_AARCH32))
		return spsr;
	return (spsr & ~(uint64_t)SPSR_M) | SPSR_ILLEGAL | (spsr & SPSR_M) << 32;
}

static uint64_t show_aarch32(uint64_t spsr)
{
	return spsr >> 32 ? (spsr & UINT32_MAX & ~(uint64_t)SPSR_M) | spsr >> 32 : spsr;
}

static bool is_spsr(uint32_t reg)
{
	return reg == SPSR_EL1 || reg == SPSR_EL2 || reg == SPSR_EL3;
}

/* What the core says that it has, and has not here, or the other way: fields of ID registers, and their true value. */
static const struct { uint32_t reg; uint64_t mask, value; bool is_max_alone; } truths[] = {
	{ ID_AA64PFR0_EL1, UINT64_C(0xffff), 0x1111, false },	/* EL0 to EL3: AArch64 alone */
	{ ID_AA64PFR0_EL1, UINT64_C(0xf00000000), 0, false },	/* SVE: the core ends the process over ZCR_ELx */
	{ ID_AA64DFR0_EL1, UINT64_C(0xf00), 0, false },		/* PMUVer: its counters are the host's clock */
	{ ID_AA64ISAR0_EL1, UINT64_C(0xf000000000000000), 0, false },	/* RNDR: the host's random numbers */
	{ ID_AA64MMFR0_EL1, UINT64_C(0xf0f00), 0, false },	/* BigEnd: SCTLR_ELx.EE is RES0 */
	{ ID_AA64MMFR1_EL1, UINT64_C(0xf00), 0, false },		/* VH: nothing here knows of HCR_EL2.E2H */
	{ ID_AA64MMFR0_EL1, UINT64_C(0xf00000), 1 << 20, true },	/* TGran16: the core walks them; no Cortex here has them */
};

static bool is_id(uint32_t reg)
{
	for (size_t i = 0; SYSREG_CRN(reg) == 0 && i < sizeof(truths) / sizeof(truths[0]); i++)
		if (truths[i].reg == reg)
			return true;
	return false;
}

/* SPSR_irq, SPSR_abt, SPSR_und and SPSR_fiq, which only AArch32 saves something in: RES0. */
static bool is_aarch32_spsr(uint32_t reg)
{
	return (reg & ~3u) == SYSREG(3, 4, 4, 3, 0);
}

uint64_t sysreg_shown(const struct cpu *cpu, uint32_t reg, uint64_t value)
{
	bool is_max = cpu->machine->config.model == CPU_MAX_MODEL;

	if (is_spsr(reg))
		return show_aarch32(value);
	for (size_t i = 0; i < sizeof(truths) / sizeof(truths[0]); i++)
		if (truths[i].reg == reg && (is_max || !truths[i].is_max_alone))
			value = (value & ~truths[i].mask) | truths[i].value;
	return presence_is_absent(reg) ? 0 : value;
}

uint64_t sysreg_kept(uint32_t reg, uint64_t value)
{
	/* Without SVE its enables are RES0, its trap RES1; the core has some, without a vector length, and ends the process. */
	switch (reg) {
	case CPTR_EL3:
		return value & ~(uint64_t)CPTR_EZ;
	case CPTR_EL2:
		return value | CPTR_TZ;
	case CPACR_EL1:
		return value & ~(uint64_t)CPACR_ZEN;
	case SCTLR_EL1: case SCTLR_EL2: case SCTLR_EL3:
		/* Stores and tables are little-endian here, whatever the core would load. */
		return value & ~(uint64_t)(SCTLR_EE | SCTLR_E0E);
	case HCR_EL2:
		/* Of an EL2 host and of stage 2 the core knows, but nobody else here: loads would go one way, stores another. */
		return value & ~(HCR_E2H | HCR_DC | HCR_VM);
	default:
		return is_aarch32_spsr(reg) ? 0 : is_spsr(reg) ? hide_aarch32(value) : value;
	}
}

/* The least exception level from which REG can be named, by its op1 (Arm ARM C5.1.3); op1 7 is secure EL1's. */
static int least_level(uint32_t reg)
{
	static const int level[] = { 1, 1, 1, 0, 2, 2, 3, 1 };

	return level[SYSREG_OP1(reg)];
}

/* What differs from what the core would say. */
static bool read_shown(struct cpu *cpu, uint32_t reg, uint64_t *value)
{
	/* Absent: only where the guest changed its code and did not say so, and the host's clock must not be seen even then. */
	if (presence_is_absent(reg) || presence_is_still(reg, value))
		return true;
	if (!is_id(reg) && !is_spsr(reg))
		return false;
	engine_get_sys(cpu->engine, reg, value);
	*value = sysreg_shown(cpu, reg, *value);
	if (reg == ID_AA64PFR0_EL1)
		*value |= (uint64_t)cpu->machine->has_gic_sysregs << PFR0_GIC_SHIFT;
	return true;
}

static bool read_own(struct cpu *cpu, uint32_t reg, uint64_t *value)
{
	switch (reg) {
	case MPIDR_EL1:
		*value = read_mpidr(cpu);
		return true;
	case HCR_EL2:
		*value = cpu->hcr;
		return true;
	case CTR_EL0:
		*value = read_ctr(cpu);
		return cpu->el > 0;
	}
	return read_shown(cpu, reg, value);
}

/* Can a device answer REG: ICC_PMR_EL1, the rest of GICv3's interface, timers, what an implementation defines? */
static bool is_attachable(uint32_t reg)
{
	enum { DEVICE_CRN = 1 << 11 | 1 << 12 | 1 << 14 | 1 << 15 };

	return DEVICE_CRN >> SYSREG_CRN(reg) & 1 || (SYSREG_CRN(reg) == CRN_SAVED && SYSREG_CRM(reg) == CRM_PMR);
}

/* Linux keeps `current` and the offset of a CPU's variables in these: most reads are theirs, and the core answers. */
static bool is_plain(uint32_t reg)
{
	enum { CRN_THREAD = 13 };

	return reg == SP_EL0 || SYSREG_CRN(reg) == CRN_THREAD;
}

bool cpu_on_mrs(struct cpu *cpu, uint32_t reg, uint64_t *value)
{
	*value = 0;
	/* The core has not yet come out after an access that was aborted: what it does is undone. */
	if (cpu->wish & WISH_ABORT)
		return true;
	/* The library asks before it looks at the level: what is not for this one is UNDEFINED, and the core says so. */
	if (is_plain(reg) || cpu->el < least_level(reg))
		return false;
	if (read_own(cpu, reg, value))
		return true;
	if (!is_attachable(reg))
		return false;
	note_present(cpu);
	/* Who reads the time, or what is pending, will not do so for ever. */
	livelock_changed(cpu->machine);
	return !is_timer_denied(cpu, reg) && read_attached(cpu, reg, value);
}

/* ---- writes ---- */

void sysreg_update_hcr(struct cpu *cpu)
{
	bool drives = false;
	uint64_t hcr = cpu->hcr, scr = engine_sysreg(cpu->engine, SCR_EL3);
	bool is_virtual = !exception_is_secure(cpu);

	/* The core takes a virtual interrupt at the right instruction; a physical one that goes to EL1 is shown to it so. */
	if (cpu->line[LINE_IRQ] && is_virtual && !(hcr & (HCR_IMO | HCR_TGE)) && !(scr & SCR_IRQ)) {
		hcr |= HCR_IMO | HCR_VI;
		drives = true;
	}
	if (cpu->line[LINE_FIQ] && is_virtual && !(hcr & (HCR_FMO | HCR_TGE)) && !(scr & SCR_FIQ)) {
		hcr |= HCR_FMO | HCR_VF;
		drives = true;
	}
	if (drives)
		cpu->attention |= ATTENTION_VIRQ;
	else
		cpu->attention &= ~ATTENTION_VIRQ;
	if (exception_has_own_interrupt(cpu))
		cpu->attention |= ATTENTION_HIGH;
	else
		cpu->attention &= ~ATTENTION_HIGH;
	engine_set_sys(cpu->engine, HCR_EL2, hcr);
}

static void write_hcr(struct cpu *cpu, uint64_t value)
{
	cpu->hcr = sysreg_kept(HCR_EL2, value);
	sysreg_update_hcr(cpu);
	engine_flush_tlb(cpu->engine);
	cpu_new_generation(cpu);
}

static void note_mmu(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	struct event event = { .kind = EVENT_MMU };
	uint64_t old = 0;

	engine_get_sys(cpu->engine, reg, &old);
	event.u.mmu.on = value & SCTLR_M_BIT;
	if ((old ^ value) & SCTLR_M_BIT && regime_level(reg) == cpu->el)
		machine_emit(cpu->machine, cpu->index, &event);
}

static void note_write(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	unsigned crn = SYSREG_CRN(reg);

	if (reg == SCTLR_EL1 || reg == SCTLR_EL2 || reg == SCTLR_EL3)
		note_mmu(cpu, reg, value);
	if (reg == VBAR_EL1 || reg == VBAR_EL2 || reg == VBAR_EL3)
		cpu->vbar_set |= 1u << regime_level(reg);
	if (crn == CRN_CONTROL || crn == CRN_TRANSLATION)
		cpu_new_generation(cpu);
	/* What routes interrupts changed: look at the lines again. */
	if (reg == SCR_EL3)
		cpu->attention |= ATTENTION_BOUNDARY;
}

bool cpu_on_msr(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	uint64_t still;

	if (cpu->wish & WISH_ABORT)
		return true;
	if (cpu->el < least_level(reg))
		return false;
	note_present(cpu);
	livelock_changed(cpu->machine);
	if (reg == HCR_EL2) {
		write_hcr(cpu, value);
		return true;
	}
	note_write(cpu, reg, value);
	if (presence_is_absent(reg) || presence_is_still(reg, &still))
		return true;
	if (sysreg_kept(reg, value) != value) {
		engine_set_sys(cpu->engine, reg, sysreg_kept(reg, value));
		/* The core does this itself when it writes the register, as with SCTLR_ELx.M. */
		if (SYSREG_CRN(reg) == CRN_CONTROL)
			engine_flush_tlb(cpu->engine);
		return true;
	}
	if (is_timer_denied(cpu, reg))
		return false;
	/* The core must know these two as well, since it is the one that traps. */
	return sysreg_write_attached(cpu, reg, value) && reg != CNTKCTL_EL1 && reg != CNTHCTL_EL2;
}

/* ---- instructions ---- */

/* The software TLBs of CPU after the TLBI instruction REG with operand VALUE. */
static void forget(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	enum { VA_BITS = 44 };
	unsigned crm = SYSREG_CRM(reg);
	bool by_address = SYSREG_OP2(reg) & 1 && (crm == CRM_TLBI_SHARED || crm == CRM_TLBI_OUTER_SHARED ||
						  crm == CRM_TLBI_LOCAL);

	if (by_address)
		cpu_forget_page(cpu, (gva_t)((int64_t)(value << (64 - VA_BITS)) >> (64 - VA_BITS - PAGE_SHIFT)));
	else
		cpu_new_generation(cpu);
}

static void tlbi(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	const struct machine *machine = cpu->machine;
	unsigned crm = SYSREG_CRM(reg);
	uint32_t local = SYSREG(1, SYSREG_OP1(reg), CRN_TLBI, CRM_TLBI_LOCAL, SYSREG_OP2(reg));

	forget(cpu, reg, value);
	if (crm != CRM_TLBI_SHARED && crm != CRM_TLBI_OUTER_SHARED)
		return;
	for (unsigned i = 0; i < machine->config.cpu_count; i++) {
		struct cpu *other = machine->cpu[i];

		if (other == cpu || !other->engine)
			continue;
		forget(other, reg, value);
		engine_tlbi(other->engine, local, value);
	}
}

static void ic_ivau(struct cpu *cpu, gva_t va)
{
	gpa_t pa;

	if (mmu_translate(&cpu->machine->bus, cpu_regime(cpu), va, MMU_READ, cpu->el == 0, &pa) == MMU_OK)
		code_drop(cpu->machine, pa & ~(gpa_t)(CODE_LINE - 1), CODE_LINE, NULL);
}

/* SCTLR_EL1.DZE and HCR_EL2.TDZ: the core knows how to trap what they forbid. */
static bool is_zva_denied(const struct cpu *cpu)
{
	if (cpu->el == 0 && !(engine_sysreg(cpu->engine, SCTLR_EL1) & SCTLR_DZE))
		return true;
	return cpu->el < 2 && exception_hcr(cpu) & HCR_TDZ;
}

bool cpu_on_sys(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	if (cpu->wish & WISH_ABORT)
		return true;
	note_present(cpu);
	if (SYSREG_CRN(reg) == CRN_TLBI) {
		tlbi(cpu, reg, value);
		return false;
	}
	switch (reg) {
	case DC_ZVA:
		return !is_zva_denied(cpu) && cpu_on_zero(cpu, value);
	case IC_IVAU:
		ic_ivau(cpu, value);
		break;
	case IC_IALLU:
		code_drop_all(cpu->machine, cpu);
		break;
	case IC_IALLUIS:
		code_drop_all(cpu->machine, NULL);
		break;
	}
	return false;
}

void sysreg_prepare_lower(struct cpu *cpu, int el)
{
	enum { CNTHCTL_EL1_OPEN = 3, ICC_OPEN = 0xf };

	engine_set_sys(cpu->engine, VMPIDR_EL2, cpu->mpidr | MPIDR_RES1);
	if (el == 3)
		return;
	engine_set_sys(cpu->engine, SCR_EL3, SCR_NONSECURE);
	if (el == 1)
		cpu->hcr = HCR_RW;
	engine_set_sys(cpu->engine, CNTHCTL_EL2, CNTHCTL_EL1_OPEN);
	if (cpu->machine->has_gic_sysregs) {
		sysreg_write_attached(cpu, SYSREG(3, 6, 12, 12, 5), ICC_OPEN);
		sysreg_write_attached(cpu, SYSREG(3, 4, 12, 9, 5), ICC_OPEN);
	}
	sysreg_update_hcr(cpu);
}
