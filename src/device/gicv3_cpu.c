/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/gicv3_cpu.c: the CPU interface: ICC_ system registers (Arm IHI 0069 12.2), and ICH_ ones as mere storage.
 *
 * One table has a pure read and a write for each register; what acknowledging does besides comes after the read.
 */
#include "device/gicv3.h"
#include "device/gicv3_state.h"
#include "device/sysreg.h"

#define ICC_IAR0_EL1	SYSREG(3, 0, 12, 8, 0)
#define ICC_IAR1_EL1	SYSREG(3, 0, 12, 12, 0)
#define SCR_EL3		SYSREG(3, 6, 1, 1, 0)

/* PRIbits, PREbits: 5 of each; ListRegs. */
#define ICH_VTR_VALUE	(UINT32_C(4) << 29 | 4 << 26 | (GICV3_LR_COUNT - 1))

enum {
	SCR_EL3_NS = 1 << 0, SCR_EL3_FIQ = 1 << 2,

	ICC_CTLR_CBPR = 1 << 0, ICC_CTLR_EOIMODE = 1 << 1,
	ICC_CTLR_FIXED = (GICPRIO_BITS - 1) << 8 | 1 << 15,	/* PRIbits; A3V; IDbits 0: 16 of them */

	ICC_CTLR_EL3_CBPR_S = 1 << 0, ICC_CTLR_EL3_CBPR_NS = 1 << 1, ICC_CTLR_EL3_EOIMODE_EL3 = 1 << 2,
	ICC_CTLR_EL3_EOIMODE_S = 1 << 3, ICC_CTLR_EL3_EOIMODE_NS = 1 << 4,

	ICC_SRE_EL1_FIXED = 7,		/* SRE, DFB, DIB: there is no other interface */
	ICC_SRE_ELX_FIXED = 15,		/* and Enable */

	INTID_MASK = 0xffffff,
	NONSECURE_LEVELS = 16,
};

struct icc_reg {
	uint32_t number;
	uint64_t (*read)(const struct gicv3 *gic, unsigned cpu, unsigned arg);	/* NULL: write-only */
	void (*write)(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value);	/* NULL: ignored */
	unsigned arg;		/* handed to both */
};

static uint64_t scr(const struct gicv3 *gic, unsigned cpu)
{
	uint64_t value = 0;

	cpu_get_sysreg(machine_cpu_const(gic->machine, cpu), SCR_EL3, &value);
	return value;
}

static bool is_at_el3(const struct gicv3 *gic, unsigned cpu)
{
	return cpu_el(machine_cpu_const(gic->machine, cpu)) == 3;
}

/* Which copy of a banked register CPU reaches: at EL3 SCR_EL3.NS chooses. */
static enum gicv3_bank bank_of(const struct gicv3 *gic, unsigned cpu)
{
	if (gicv3_is_single(gic) || !is_at_el3(gic, cpu))
		return BANK_NONSECURE;
	return scr(gic, cpu) & SCR_EL3_NS ? BANK_NONSECURE : BANK_SECURE;
}

static enum gic_group group1_of(enum gicv3_bank bank)
{
	return bank == BANK_SECURE ? GIC_GROUP1_SECURE : GIC_GROUP1;
}

/* Priorities are shown shifted to the non-secure side only while group 0 belongs to EL3 (SCR_EL3.FIQ). */
static bool sees_shifted(const struct gicv3 *gic, unsigned cpu)
{
	return gicv3_is_nonsecure(gic, cpu) && (scr(gic, cpu) & SCR_EL3_FIQ);
}

/* ---- acknowledge and end ---- */

/* BEST as a read of IAR or HPPIR of group ARG (0 or 1) by CPU names it (4.2.2: special INTIDs). */
static uint64_t name_interrupt(const struct gicv3 *gic, unsigned cpu, unsigned arg, struct gic_best best)
{
	if (best.intid == GIC_NONE)
		return GIC_NONE;
	if (arg == 1)
		return best.group == group1_of(bank_of(gic, cpu)) ? best.intid : GIC_NONE;
	if (gicv3_is_nonsecure(gic, cpu))
		return GIC_NONE;
	if (best.group == GIC_GROUP0)
		return best.intid;
	if (!is_at_el3(gic, cpu))
		return GIC_NONE;
	return best.group == GIC_GROUP1 ? GIC_NONE_NONSECURE : GIC_NONE_SECURE;
}

static uint64_t read_iar(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	struct gic_best best = gicv3_best(gic, cpu);

	return gicv3_is_signalled(gic, cpu, best) ? name_interrupt(gic, cpu, arg, best) : GIC_NONE;
}

static uint64_t read_hppir(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	return name_interrupt(gic, cpu, arg, gicv3_best(gic, cpu));
}

static void emit(struct gicv3 *gic, unsigned cpu, enum event_kind kind, unsigned intid, uint64_t targets)
{
	struct event event = { .kind = kind };

	event.u.irq.intid = intid;
	event.u.irq.targets = targets;
	machine_emit(gic->machine, (int)cpu, &event);
}

static void acknowledge(struct gicv3 *gic, unsigned cpu, unsigned intid)
{
	struct gicirq *irqs = &gic->state.irqs;
	enum gic_group group;

	if (intid >= GIC_INTID_COUNT)
		return;
	group = gicirq_group(irqs, cpu, intid);
	gicprio_raise(&gic->state.cpu[cpu].prio, group,
		      gicv3_group_part(gic, cpu, group, gicirq_priority(irqs, cpu, intid)));
	gicirq_activate(irqs, cpu, intid);
	emit(gic, cpu, EVENT_IRQ, intid, UINT64_C(1) << cpu);
	gicv3_update_cpu(gic, cpu);
}

static bool is_split(const struct gicv3 *gic, unsigned cpu)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];

	if (is_at_el3(gic, cpu) && gic->security)
		return iface->eoimode_el3;
	return iface->eoimode[BANK_NONSECURE];
}

/* INTID is no longer being handled.  A level that is still high is pending again, for whichever CPU it is routed to. */
static void deactivate(struct gicv3 *gic, unsigned cpu, unsigned intid)
{
	gicirq_put(&gic->state.irqs, GIC_BITS_ACTIVE, cpu, intid, false);
	if (intid >= GIC_PRIVATE_COUNT)
		gicv3_update(gic);
}

/* Only the group of the running priority can be ended, through its own register. */
static void write_eoir(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	enum gic_group running = gicprio_running_group(&iface->prio);
	unsigned intid = value & INTID_MASK;

	if (intid >= gic->state.irqs.words * 32 || intid >= GIC_INTID_COUNT)
		return;
	if (running == GIC_GROUP_COUNT || (running == GIC_GROUP0) != (arg == 0))
		return;
	if (running != GIC_GROUP1 && gicv3_is_nonsecure(gic, cpu))
		return;
	gicprio_drop(&iface->prio, running);
	if (!is_split(gic, cpu))
		deactivate(gic, cpu, intid);
	emit(gic, cpu, EVENT_EOI, intid, UINT64_C(1) << cpu);
}

static void write_dir(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	unsigned intid = value & INTID_MASK;

	(void)arg;
	if (!is_split(gic, cpu) || intid >= gic->state.irqs.words * 32 || intid >= GIC_INTID_COUNT)
		return;
	if (gicv3_is_nonsecure(gic, cpu) && gicirq_group(&gic->state.irqs, cpu, intid) != GIC_GROUP1)
		return;
	deactivate(gic, cpu, intid);
}

/* ---- software generated interrupts ---- */

/* The CPUs that ICC_SGIxR VALUE written by CPU names. */
static uint64_t sgi_targets(const struct gicv3 *gic, unsigned cpu, uint64_t value)
{
	/* Aff3, Aff2, Aff1 are bits 55:48, 39:32, 23:16; the list is of Aff0 0 to 15 above 16 * RS (47:44). */
	uint64_t cluster = (value >> 48 & 0xff) << 32 | (value >> 32 & 0xff) << 16 | (value >> 16 & 0xff) << 8;
	unsigned base = (value >> 44 & 0xf) * 16;
	uint64_t targets = 0;

	if (value >> 40 & 1)	/* IRM: everybody else */
		return UINT64_MAX >> (64 - gic->cpu_count) & ~(UINT64_C(1) << cpu);
	for (unsigned i = 0; i < 16; i++) {
		int target = value >> i & 1 ? machine_find_mpidr(gic->machine, cluster | (base + i)) : -1;

		if (target >= 0)
			targets |= UINT64_C(1) << target;
	}
	return targets;
}

enum sgi_reg { SGI0R, SGI1R, ASGI1R };

/* The group that a target must have configured the SGI in to get it (12.1.10 "Forwarding an SGI to a target PE"). */
static enum gic_group sgi_group(const struct gicv3 *gic, unsigned cpu, enum sgi_reg reg)
{
	bool secure = bank_of(gic, cpu) == BANK_SECURE;

	if (reg == SGI0R)
		return GIC_GROUP0;
	if (gicv3_is_single(gic))
		return GIC_GROUP1;
	return secure == (reg == SGI1R) ? GIC_GROUP1_SECURE : GIC_GROUP1;
}

static void write_sgir(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	enum gic_group group = sgi_group(gic, cpu, (enum sgi_reg)arg);
	unsigned sgi = value >> 24 & 15;
	uint64_t targets = sgi_targets(gic, cpu, value), sent = 0;
	/* The non-secure side cannot make secure interrupts (GICR_NSACR is not implemented). */
	bool allowed = group == GIC_GROUP1 || !gicv3_is_nonsecure(gic, cpu);

	for (unsigned target = 0; target < gic->cpu_count && allowed; target++) {
		if (!(targets >> target & 1) || gicirq_group(&gic->state.irqs, target, sgi) != group)
			continue;
		gicirq_put(&gic->state.irqs, GIC_BITS_LATCHED, target, sgi, true);
		gicv3_update_cpu(gic, target);
		sent |= UINT64_C(1) << target;
	}
	emit(gic, cpu, EVENT_SGI, sgi, sent);
}

/* ---- priorities ---- */

static uint64_t read_pmr(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	uint8_t pmr = gic->state.cpu[cpu].pmr;

	(void)arg;
	return sees_shifted(gic, cpu) ? gicprio_to_nonsecure(pmr) : pmr;
}

static void write_pmr(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	struct gicv3_cpu *iface = &gic->state.cpu[cpu];

	(void)arg;
	if (!sees_shifted(gic, cpu))
		iface->pmr = value & GICPRIO_MASK;
	else if (iface->pmr & 0x80)
		iface->pmr = gicprio_from_nonsecure((uint8_t)value);
}

static uint64_t read_rpr(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	uint8_t running = gicprio_running(&gic->state.cpu[cpu].prio);

	(void)arg;
	return sees_shifted(gic, cpu) ? gicprio_running_to_nonsecure(running) : running;
}

static uint8_t at_least(uint64_t value, uint8_t least)
{
	value &= 7;
	return value < least ? least : (uint8_t)value;
}

static uint64_t read_bpr0(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	(void)arg;
	return gic->state.cpu[cpu].bpr0;
}

static void write_bpr0(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	(void)arg;
	gic->state.cpu[cpu].bpr0 = at_least(value, GICPRIO_MIN_BPR0);
}

/* With CBPR, BPR1 is BPR0: the secure copy is written through, the non-secure one reads one more and is read-only. */
static uint64_t read_bpr1(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	enum gicv3_bank bank = bank_of(gic, cpu);

	(void)arg;
	if (!iface->cbpr[bank])
		return iface->bpr1[bank];
	if (bank == BANK_SECURE)
		return iface->bpr0;
	return iface->bpr0 < 7 ? iface->bpr0 + 1u : 7;
}

static void write_bpr1(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	enum gicv3_bank bank = bank_of(gic, cpu);

	(void)arg;
	if (!iface->cbpr[bank])
		iface->bpr1[bank] = at_least(value, bank == BANK_SECURE ? GICPRIO_MIN_BPR0 : GICPRIO_MIN_BPR1);
	else if (bank == BANK_SECURE)
		iface->bpr0 = at_least(value, GICPRIO_MIN_BPR0);
}

static uint64_t read_apr(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	enum gic_group group = arg == 0 ? GIC_GROUP0 : group1_of(bank_of(gic, cpu));
	uint32_t active = gic->state.cpu[cpu].prio.active[group];

	if (!gicv3_is_nonsecure(gic, cpu))
		return active;
	return arg == 0 ? 0 : active >> NONSECURE_LEVELS;
}

static void write_apr(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	enum gic_group group = arg == 0 ? GIC_GROUP0 : group1_of(bank_of(gic, cpu));
	uint32_t *active = &gic->state.cpu[cpu].prio.active[group];

	if (!gicv3_is_nonsecure(gic, cpu))
		*active = (uint32_t)value;
	else if (arg == 1)
		*active = (uint32_t)value << NONSECURE_LEVELS;
}

/* ---- control ---- */

static uint64_t read_ctlr(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	enum gicv3_bank bank = bank_of(gic, cpu);

	(void)arg;
	return ICC_CTLR_FIXED | (iface->cbpr[bank] ? ICC_CTLR_CBPR : 0) | (iface->eoimode[bank] ? ICC_CTLR_EOIMODE : 0);
}

static void write_ctlr(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	struct gicv3_cpu *iface = &gic->state.cpu[cpu];
	enum gicv3_bank bank = bank_of(gic, cpu);

	(void)arg;
	if (!gicv3_is_nonsecure(gic, cpu))	/* CBPR is read-only there */
		iface->cbpr[bank] = value & ICC_CTLR_CBPR ? 1 : 0;
	iface->eoimode[bank] = value & ICC_CTLR_EOIMODE ? 1 : 0;
}

static uint64_t read_ctlr_el3(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	const struct gicv3_cpu *iface = &gic->state.cpu[cpu];

	(void)arg;
	return ICC_CTLR_FIXED | (iface->cbpr[BANK_SECURE] ? ICC_CTLR_EL3_CBPR_S : 0) |
	       (iface->cbpr[BANK_NONSECURE] ? ICC_CTLR_EL3_CBPR_NS : 0) |
	       (iface->eoimode_el3 ? ICC_CTLR_EL3_EOIMODE_EL3 : 0) |
	       (iface->eoimode[BANK_SECURE] ? ICC_CTLR_EL3_EOIMODE_S : 0) |
	       (iface->eoimode[BANK_NONSECURE] ? ICC_CTLR_EL3_EOIMODE_NS : 0);
}

static void write_ctlr_el3(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	struct gicv3_cpu *iface = &gic->state.cpu[cpu];

	(void)arg;
	iface->cbpr[BANK_SECURE] = value & ICC_CTLR_EL3_CBPR_S ? 1 : 0;
	iface->cbpr[BANK_NONSECURE] = value & ICC_CTLR_EL3_CBPR_NS ? 1 : 0;
	iface->eoimode_el3 = value & ICC_CTLR_EL3_EOIMODE_EL3 ? 1 : 0;
	iface->eoimode[BANK_SECURE] = value & ICC_CTLR_EL3_EOIMODE_S ? 1 : 0;
	iface->eoimode[BANK_NONSECURE] = value & ICC_CTLR_EL3_EOIMODE_NS ? 1 : 0;
}

static uint64_t read_fixed(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	(void)gic;
	(void)cpu;
	return arg;
}

static uint64_t read_igrpen0(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	(void)arg;
	return gicv3_is_nonsecure(gic, cpu) ? 0 : gic->state.cpu[cpu].igrpen0;
}

static void write_igrpen0(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	(void)arg;
	if (!gicv3_is_nonsecure(gic, cpu))
		gic->state.cpu[cpu].igrpen0 = value & 1;
}

static uint64_t read_igrpen1(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	(void)arg;
	return gic->state.cpu[cpu].igrpen1[bank_of(gic, cpu)];
}

static void write_igrpen1(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	(void)arg;
	gic->state.cpu[cpu].igrpen1[bank_of(gic, cpu)] = value & 1;
}

static uint64_t read_igrpen1_el3(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	(void)arg;
	return gic->state.cpu[cpu].igrpen1[BANK_NONSECURE] | (unsigned)gic->state.cpu[cpu].igrpen1[BANK_SECURE] << 1;
}

static void write_igrpen1_el3(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	(void)arg;
	gic->state.cpu[cpu].igrpen1[BANK_NONSECURE] = value & 1;
	gic->state.cpu[cpu].igrpen1[BANK_SECURE] = value >> 1 & 1;
}

/* ---- the virtual interface ---- */

enum ich_slot { ICH_HCR, ICH_VMCR, ICH_AP0R, ICH_AP1R, ICH_LR };

static uint64_t *ich_slot(struct gicv3_cpu *iface, unsigned arg)
{
	uint64_t *slots[] = { &iface->ich_hcr, &iface->ich_vmcr, &iface->ich_ap0r, &iface->ich_ap1r };

	return arg < ICH_LR ? slots[arg] : &iface->ich_lr[arg - ICH_LR];
}

static uint64_t read_ich(const struct gicv3 *gic, unsigned cpu, unsigned arg)
{
	struct gicv3_cpu copy = gic->state.cpu[cpu];

	return *ich_slot(&copy, arg);
}

static void write_ich(struct gicv3 *gic, unsigned cpu, unsigned arg, uint64_t value)
{
	*ich_slot(&gic->state.cpu[cpu], arg) = value;
}

/* ---- the table ---- */

/* What is used for each interrupt comes first. */
static const struct icc_reg icc_regs[] = {
	{ ICC_IAR1_EL1, read_iar, NULL, 1 },
	{ SYSREG(3, 0, 12, 12, 1), NULL, write_eoir, 1 },		/* ICC_EOIR1_EL1 */
	{ SYSREG(3, 0, 12, 11, 1), NULL, write_dir, 0 },		/* ICC_DIR_EL1 */
	{ SYSREG(3, 0, 12, 11, 5), NULL, write_sgir, SGI1R },		/* ICC_SGI1R_EL1 */
	{ SYSREG(3, 0, 4, 6, 0), read_pmr, write_pmr, 0 },		/* ICC_PMR_EL1 */
	{ SYSREG(3, 0, 12, 11, 3), read_rpr, NULL, 0 },			/* ICC_RPR_EL1 */
	{ SYSREG(3, 0, 12, 12, 2), read_hppir, NULL, 1 },		/* ICC_HPPIR1_EL1 */
	{ SYSREG(3, 0, 12, 12, 3), read_bpr1, write_bpr1, 0 },		/* ICC_BPR1_EL1 */
	{ SYSREG(3, 0, 12, 12, 4), read_ctlr, write_ctlr, 0 },		/* ICC_CTLR_EL1 */
	{ SYSREG(3, 0, 12, 12, 5), read_fixed, NULL, ICC_SRE_EL1_FIXED },	/* ICC_SRE_EL1 */
	{ SYSREG(3, 0, 12, 12, 6), read_igrpen0, write_igrpen0, 0 },	/* ICC_IGRPEN0_EL1 */
	{ SYSREG(3, 0, 12, 12, 7), read_igrpen1, write_igrpen1, 0 },	/* ICC_IGRPEN1_EL1 */
	{ ICC_IAR0_EL1, read_iar, NULL, 0 },
	{ SYSREG(3, 0, 12, 8, 1), NULL, write_eoir, 0 },		/* ICC_EOIR0_EL1 */
	{ SYSREG(3, 0, 12, 8, 2), read_hppir, NULL, 0 },		/* ICC_HPPIR0_EL1 */
	{ SYSREG(3, 0, 12, 8, 3), read_bpr0, write_bpr0, 0 },		/* ICC_BPR0_EL1 */
	{ SYSREG(3, 0, 12, 8, 4), read_apr, write_apr, 0 },		/* ICC_AP0R0_EL1 */
	{ SYSREG(3, 0, 12, 9, 0), read_apr, write_apr, 1 },		/* ICC_AP1R0_EL1 */
	{ SYSREG(3, 0, 12, 11, 6), NULL, write_sgir, ASGI1R },		/* ICC_ASGI1R_EL1 */
	{ SYSREG(3, 0, 12, 11, 7), NULL, write_sgir, SGI0R },		/* ICC_SGI0R_EL1 */
	{ SYSREG(3, 4, 12, 9, 5), read_fixed, NULL, ICC_SRE_ELX_FIXED },	/* ICC_SRE_EL2 */
	{ SYSREG(3, 6, 12, 12, 5), read_fixed, NULL, ICC_SRE_ELX_FIXED },	/* ICC_SRE_EL3 */
	{ SYSREG(3, 6, 12, 12, 4), read_ctlr_el3, write_ctlr_el3, 0 },	/* ICC_CTLR_EL3 */
	{ SYSREG(3, 6, 12, 12, 7), read_igrpen1_el3, write_igrpen1_el3, 0 },	/* ICC_IGRPEN1_EL3 */
	{ SYSREG(3, 4, 12, 8, 0), read_ich, write_ich, ICH_AP0R },	/* ICH_AP0R0_EL2 */
	{ SYSREG(3, 4, 12, 9, 0), read_ich, write_ich, ICH_AP1R },	/* ICH_AP1R0_EL2 */
	{ SYSREG(3, 4, 12, 11, 0), read_ich, write_ich, ICH_HCR },	/* ICH_HCR_EL2 */
	{ SYSREG(3, 4, 12, 11, 1), read_fixed, NULL, ICH_VTR_VALUE },	/* ICH_VTR_EL2 */
	{ SYSREG(3, 4, 12, 11, 2), read_fixed, NULL, 0 },		/* ICH_MISR_EL2 */
	{ SYSREG(3, 4, 12, 11, 3), read_fixed, NULL, 0 },		/* ICH_EISR_EL2 */
	{ SYSREG(3, 4, 12, 11, 5), read_fixed, NULL, (1 << GICV3_LR_COUNT) - 1 },	/* ICH_ELRSR_EL2 */
	{ SYSREG(3, 4, 12, 11, 7), read_ich, write_ich, ICH_VMCR },	/* ICH_VMCR_EL2 */
	{ SYSREG(3, 4, 12, 12, 0), read_ich, write_ich, ICH_LR },	/* ICH_LR0_EL2 */
	{ SYSREG(3, 4, 12, 12, 1), read_ich, write_ich, ICH_LR + 1 },
	{ SYSREG(3, 4, 12, 12, 2), read_ich, write_ich, ICH_LR + 2 },
	{ SYSREG(3, 4, 12, 12, 3), read_ich, write_ich, ICH_LR + 3 },
};

static const struct icc_reg *find_reg(uint32_t number)
{
	for (unsigned i = 0; i < sizeof(icc_regs) / sizeof(icc_regs[0]); i++)
		if (icc_regs[i].number == number)
			return &icc_regs[i];
	return NULL;
}

static bool sysreg_peek(const void *dev, unsigned cpu, uint32_t number, uint64_t *value)
{
	const struct icc_reg *reg = find_reg(number);

	if (!reg || !reg->read)
		return false;
	*value = reg->read(dev, cpu, reg->arg);
	return true;
}

static bool is_allowed(const struct gicv3 *gic, unsigned cpu, uint32_t number)
{
	return cpu_el(machine_cpu_const(gic->machine, cpu)) >= sysreg_min_el(number);
}

static bool sysreg_read(void *dev, unsigned cpu, uint32_t number, uint64_t *value)
{
	if (!is_allowed(dev, cpu, number) || !sysreg_peek(dev, cpu, number, value))
		return false;
	if (number == ICC_IAR1_EL1 || number == ICC_IAR0_EL1)
		acknowledge(dev, cpu, (unsigned)*value);
	return true;
}

static bool sysreg_write(void *dev, unsigned cpu, uint32_t number, uint64_t value)
{
	const struct icc_reg *reg = find_reg(number);

	/* Writing a read-only register that is not fixed is UNDEFINED: not ours to answer. */
	if (!reg || !is_allowed(dev, cpu, number) || (!reg->write && reg->read != read_fixed))
		return false;
	if (reg->write)
		reg->write(dev, cpu, reg->arg, value);
	gicv3_update_cpu(dev, cpu);
	return true;
}

const struct sysreg_ops gicv3_sysreg_ops = {
	.read = sysreg_read,
	.write = sysreg_write,
	.peek = sysreg_peek,
};
