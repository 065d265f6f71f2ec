/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/timer.c: the generic timer.
 *
 * Outputs are brought up to date at each register write and at each deadline.  The earliest deadline of all CPUs is
 * kept, so that a poll before it costs one comparison; it may be too early, never too late.
 */
#include "device/timer.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/state.h"
#include "device/sysreg.h"

#define HCR_EL2		SYSREG(3, 4, 1, 1, 0)

enum {
	CTL_ENABLE = 1 << 0, CTL_IMASK = 1 << 1, CTL_ISTATUS = 1 << 2,

	/* Of CNTKCTL_EL1 and CNTHCTL_EL2 alike; the other bits say what traps, which is the machine's business. */
	KCTL_EVNTEN = 1 << 2, KCTL_EVNTDIR = 1 << 3, KCTL_EVNTI_SHIFT = 4, KCTL_MASK = 0x3ff,
	HCTL_MASK = 0xfff, HCTL_EL1_OPEN = 3,

	HCR_E2H_SHIFT = 34,
};

/* The event streams of a CPU: CNTKCTL_EL1's counts with the virtual counter, CNTHCTL_EL2's with the physical one. */
enum stream { STREAM_EL1, STREAM_EL2, STREAM_COUNT };

struct timer_cpu {
	uint64_t cval[TIMER_KIND_COUNT];
	uint32_t ctl[TIMER_KIND_COUNT];		/* ENABLE and IMASK */
	uint32_t kctl, hctl;
	uint32_t frq;
	uint32_t pad;
	uint64_t voff;
	uint64_t stream_next[STREAM_COUNT];	/* tick, or DEVICE_NO_DEADLINE */
};

struct timer_state {
	uint64_t next;			/* no output changes and no stream ticks before */
	struct timer_cpu cpu[CPU_MAX];
};

struct timer {
	struct state_head head;
	struct machine *machine;
	struct irq_wire wire[TIMER_KIND_COUNT];
	uint32_t frequency;		/* CNTFRQ_EL0 after a reset */
	struct timer_state state;
};

static const uint64_t state_tag = STATE_TAG('t', 'i', 'm', 'r', 1);

/* ---- counting ---- */

static bool is_host(const struct cpu *core)
{
	uint64_t hcr = 0;

	return cpu_get_sysreg(core, HCR_EL2, &hcr) && (hcr >> HCR_E2H_SHIFT & 1);
}

static bool is_at_el2_host(const struct timer *timer, unsigned cpu)
{
	const struct cpu *core = machine_cpu_const(timer->machine, cpu);

	return cpu_el(core) == 2 && is_host(core);
}

/* What the timers of KIND count with, at TICK.  EL1's virtual timer alone has an offset. */
static uint64_t count_at(const struct timer_cpu *t, enum timer_kind kind, uint64_t tick)
{
	return kind == TIMER_VIRT ? tick - t->voff : tick;
}

static bool is_met(const struct timer_cpu *t, enum timer_kind kind, uint64_t tick)
{
	return (t->ctl[kind] & CTL_ENABLE) && count_at(t, kind, tick) >= t->cval[kind];
}

/* The tick after TICK at which the output of KIND changes by itself: it rises at CVAL, and falls when the count, which may
 * have begun below zero, comes to zero. */
static uint64_t deadline(const struct timer_cpu *t, enum timer_kind kind, uint64_t tick)
{
	uint64_t left = (is_met(t, kind, tick) ? 0 : t->cval[kind]) - count_at(t, kind, tick);

	if ((t->ctl[kind] & (CTL_ENABLE | CTL_IMASK)) != CTL_ENABLE || left == 0 || t->cval[kind] == 0)
		return DEVICE_NO_DEADLINE;
	return left > DEVICE_NO_DEADLINE - tick ? DEVICE_NO_DEADLINE : tick + left;
}

/* The first tick after TICK at which bit EVNTI of the counter changes as EVNTDIR says (0: it becomes 1). */
static uint64_t stream_deadline(const struct timer_cpu *t, enum stream stream, uint64_t tick)
{
	uint32_t ctl = stream == STREAM_EL1 ? t->kctl : t->hctl;
	uint64_t bit = UINT64_C(1) << (ctl >> KCTL_EVNTI_SHIFT & 15);
	uint64_t phase = ctl & KCTL_EVNTDIR ? 0 : bit;
	uint64_t first = (stream == STREAM_EL1 ? tick - t->voff : tick) + 1;

	if (!(ctl & KCTL_EVNTEN))
		return DEVICE_NO_DEADLINE;
	return tick + 1 + ((phase - first) & (2 * bit - 1));
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* An event means nothing to a CPU that is off or waits for an interrupt: its stream needs no moment of its own. */
static bool hears_stream(const struct timer *timer, unsigned cpu)
{
	enum cpu_state state = cpu_state(machine_cpu_const(timer->machine, cpu));

	return state == CPU_RUNNING || state == CPU_WFE;
}

static uint64_t next_of(const struct timer_cpu *t, uint64_t tick, bool with_stream)
{
	uint64_t next = with_stream ? earlier(t->stream_next[STREAM_EL1], t->stream_next[STREAM_EL2]) :
				       DEVICE_NO_DEADLINE;

	for (unsigned kind = 0; kind < TIMER_KIND_COUNT; kind++)
		next = earlier(next, deadline(t, (enum timer_kind)kind, tick));
	return next;
}

static void drive(struct timer *timer, unsigned cpu, enum timer_kind kind, uint64_t tick)
{
	const struct timer_cpu *t = &timer->state.cpu[cpu];

	irq_wire_set(&timer->wire[kind], cpu, is_met(t, kind, tick) && !(t->ctl[kind] & CTL_IMASK));
}

static void drive_all(struct timer *timer, unsigned cpu, uint64_t tick)
{
	for (unsigned kind = 0; kind < TIMER_KIND_COUNT; kind++)
		drive(timer, cpu, (enum timer_kind)kind, tick);
}

/* A register of CPU changed: bring its outputs up to date, and the deadline forward when it moved there. */
static void changed(struct timer *timer, unsigned cpu)
{
	uint64_t tick = machine_ticks(timer->machine);
	uint64_t next;

	drive_all(timer, cpu, tick);
	next = next_of(&timer->state.cpu[cpu], tick, hears_stream(timer, cpu));
	if (next < timer->state.next) {
		timer->state.next = next;
		machine_request_poll(timer->machine);
	}
}

static void tick_streams(struct timer *timer, unsigned cpu, uint64_t tick)
{
	struct timer_cpu *t = &timer->state.cpu[cpu];

	for (unsigned stream = 0; stream < STREAM_COUNT; stream++) {
		if (tick < t->stream_next[stream])
			continue;
		machine_stream_event(timer->machine, cpu);
		t->stream_next[stream] = stream_deadline(t, (enum stream)stream, tick);
	}
}

static uint64_t timer_poll(void *dev, uint64_t tick)
{
	struct timer *timer = dev;
	uint64_t next = DEVICE_NO_DEADLINE;

	for (unsigned cpu = 0; cpu < machine_cpu_count(timer->machine); cpu++) {
		drive_all(timer, cpu, tick);
		tick_streams(timer, cpu, tick);
		next = earlier(next, next_of(&timer->state.cpu[cpu], tick, hears_stream(timer, cpu)));
	}
	timer->state.next = next;
	return next;
}

/* ---- registers ---- */

enum reg_what { REG_FRQ, REG_PCT, REG_VCT, REG_KCTL, REG_HCTL, REG_VOFF, REG_TVAL, REG_CTL, REG_CVAL };

struct timer_reg {
	uint32_t number;
	enum reg_what what;
	enum timer_kind kind;
	bool is_plain;		/* the same register whatever HCR_EL2.E2H says (the _EL02 and _EL12 names among them) */
};

#define TIMER_REGS(op1, crm, kind, is_plain) \
	{ SYSREG(3, op1, 14, crm, 0), REG_TVAL, kind, is_plain }, \
	{ SYSREG(3, op1, 14, crm, 1), REG_CTL, kind, is_plain }, \
	{ SYSREG(3, op1, 14, crm, 2), REG_CVAL, kind, is_plain }

static const struct timer_reg timer_regs[] = {
	{ SYSREG(3, 3, 14, 0, 2), REG_VCT, TIMER_VIRT, false },		/* CNTVCT_EL0 */
	{ SYSREG(3, 3, 14, 0, 1), REG_PCT, TIMER_PHYS, false },		/* CNTPCT_EL0 */
	TIMER_REGS(3, 3, TIMER_VIRT, false),				/* CNTV_TVAL_EL0 ... */
	TIMER_REGS(3, 2, TIMER_PHYS, false),				/* CNTP_TVAL_EL0 ... */
	{ SYSREG(3, 3, 14, 0, 0), REG_FRQ, TIMER_PHYS, true },		/* CNTFRQ_EL0 */
	{ SYSREG(3, 0, 14, 1, 0), REG_KCTL, TIMER_VIRT, false },	/* CNTKCTL_EL1 */
	{ SYSREG(3, 4, 14, 0, 3), REG_VOFF, TIMER_VIRT, true },		/* CNTVOFF_EL2 */
	{ SYSREG(3, 4, 14, 1, 0), REG_HCTL, TIMER_HYP, true },		/* CNTHCTL_EL2 */
	TIMER_REGS(4, 2, TIMER_HYP, true),				/* CNTHP_TVAL_EL2 ... */
	TIMER_REGS(4, 3, TIMER_HYP_VIRT, true),				/* CNTHV_TVAL_EL2 ... */
	TIMER_REGS(7, 2, TIMER_PHYS_SECURE, true),			/* CNTPS_TVAL_EL1 ... */
	{ SYSREG(3, 5, 14, 1, 0), REG_KCTL, TIMER_VIRT, true },		/* CNTKCTL_EL12 */
	TIMER_REGS(5, 2, TIMER_PHYS, true),				/* CNTP_TVAL_EL02 ... */
	TIMER_REGS(5, 3, TIMER_VIRT, true),				/* CNTV_TVAL_EL02 ... */
};

static const struct timer_reg *find_reg(uint32_t number)
{
	for (unsigned i = 0; i < sizeof(timer_regs) / sizeof(timer_regs[0]); i++)
		if (timer_regs[i].number == number)
			return &timer_regs[i];
	return NULL;
}

/* Where a register's name leads: an EL2 host (HCR_EL2.E2H) that says EL1's timers means its own. */
static struct timer_reg resolve(const struct timer *timer, unsigned cpu, const struct timer_reg *reg)
{
	struct timer_reg to = *reg;

	if (reg->is_plain || reg->what == REG_PCT || !is_at_el2_host(timer, cpu))
		return to;
	if (reg->what == REG_KCTL)
		to.what = REG_HCTL;
	else if (reg->what == REG_VCT)
		to.what = REG_PCT;	/* the offset counts as zero */
	else
		to.kind = reg->kind == TIMER_VIRT ? TIMER_HYP_VIRT : TIMER_HYP;
	return to;
}

static uint64_t read_reg(const struct timer *timer, unsigned cpu, const struct timer_reg *reg)
{
	const struct timer_cpu *t = &timer->state.cpu[cpu];
	uint64_t tick = machine_ticks(timer->machine);

	switch (reg->what) {
	case REG_FRQ:
		return t->frq;
	case REG_PCT:
		return tick;
	case REG_VCT:
		return tick - t->voff;
	case REG_KCTL:
		return t->kctl;
	case REG_HCTL:
		return t->hctl;
	case REG_VOFF:
		return t->voff;
	case REG_TVAL:
		return (uint32_t)(t->cval[reg->kind] - count_at(t, reg->kind, tick));
	case REG_CTL:
		return t->ctl[reg->kind] | (is_met(t, reg->kind, tick) ? CTL_ISTATUS : 0);
	case REG_CVAL:
		return t->cval[reg->kind];
	}
	return 0;
}

static void write_control(struct timer *timer, unsigned cpu, enum stream stream, uint32_t value)
{
	struct timer_cpu *t = &timer->state.cpu[cpu];

	*(stream == STREAM_EL1 ? &t->kctl : &t->hctl) = value;
	t->stream_next[stream] = stream_deadline(t, stream, machine_ticks(timer->machine));
}

static void write_voff(struct timer *timer, unsigned cpu, uint64_t value)
{
	struct timer_cpu *t = &timer->state.cpu[cpu];

	t->voff = value;
	t->stream_next[STREAM_EL1] = stream_deadline(t, STREAM_EL1, machine_ticks(timer->machine));
}

static void write_reg(struct timer *timer, unsigned cpu, const struct timer_reg *reg, uint64_t value)
{
	struct timer_cpu *t = &timer->state.cpu[cpu];

	switch (reg->what) {
	case REG_FRQ:
		t->frq = (uint32_t)value;
		break;
	case REG_KCTL:
		write_control(timer, cpu, STREAM_EL1, value & KCTL_MASK);
		break;
	case REG_HCTL:
		write_control(timer, cpu, STREAM_EL2, value & HCTL_MASK);
		break;
	case REG_VOFF:
		write_voff(timer, cpu, value);
		break;
	case REG_TVAL:
		t->cval[reg->kind] = count_at(t, reg->kind, machine_ticks(timer->machine)) + (uint64_t)(int32_t)value;
		break;
	case REG_CTL:
		t->ctl[reg->kind] = value & (CTL_ENABLE | CTL_IMASK);
		break;
	case REG_CVAL:
		t->cval[reg->kind] = value;
		break;
	case REG_PCT:
	case REG_VCT:
		break;
	}
	changed(timer, cpu);
}

static bool sysreg_peek(const void *dev, unsigned cpu, uint32_t number, uint64_t *value)
{
	const struct timer_reg *reg = find_reg(number);
	struct timer_reg to;

	if (!reg)
		return false;
	to = resolve(dev, cpu, reg);
	*value = read_reg(dev, cpu, &to);
	return true;
}

/* May CPU name REG where it stands?  (The _EL02 and _EL12 names exist for an EL2 host and above.) */
static bool is_allowed(const struct timer *timer, unsigned cpu, uint32_t number)
{
	const struct cpu *core = machine_cpu_const(timer->machine, cpu);

	return cpu_el(core) >= sysreg_min_el(number) && (SYSREG_OP1(number) != SYSREG_OP1_EL12 || is_host(core));
}

static bool sysreg_read(void *dev, unsigned cpu, uint32_t number, uint64_t *value)
{
	return sysreg_peek(dev, cpu, number, value) && is_allowed(dev, cpu, number);
}

static bool sysreg_write(void *dev, unsigned cpu, uint32_t number, uint64_t value)
{
	struct timer *timer = dev;
	const struct timer_reg *reg = find_reg(number);
	struct timer_reg to;

	/* The counters are read-only, and only the highest exception level sets the frequency: UNDEFINED elsewhere. */
	if (!reg || reg->what == REG_PCT || reg->what == REG_VCT || !is_allowed(timer, cpu, number))
		return false;
	if (reg->what == REG_FRQ && cpu_el(machine_cpu_const(timer->machine, cpu)) != 3)
		return false;
	to = resolve(timer, cpu, reg);
	write_reg(timer, cpu, &to, value);
	return true;
}

const struct sysreg_ops timer_sysreg_ops = {
	.read = sysreg_read,
	.write = sysreg_write,
	.peek = sysreg_peek,
};

/* ---- the object ---- */

static void clear_cpu(struct timer_cpu *t, uint32_t frequency)
{
	memset(t, 0, sizeof(*t));
	t->frq = frequency;
	t->hctl = HCTL_EL1_OPEN;
	t->stream_next[STREAM_EL1] = DEVICE_NO_DEADLINE;
	t->stream_next[STREAM_EL2] = DEVICE_NO_DEADLINE;
}

void timer_reset_cpu(struct timer *timer, unsigned cpu)
{
	clear_cpu(&timer->state.cpu[cpu], timer->frequency);
	changed(timer, cpu);
}

static void timer_reset(void *dev)
{
	struct timer *timer = dev;

	timer->state.next = DEVICE_NO_DEADLINE;
	for (unsigned cpu = 0; cpu < machine_cpu_count(timer->machine); cpu++)
		timer_reset_cpu(timer, cpu);
}

struct timer *timer_new(struct machine *machine)
{
	struct timer *timer = xzalloc(sizeof(*timer));

	timer->head = STATE_HEAD(state_tag, timer->state);
	timer->machine = machine;
	timer->frequency = MACHINE_CNTFRQ;
	timer_reset(timer);
	return timer;
}

void timer_forget_frequency(struct timer *timer)
{
	timer->frequency = 0;
	timer_reset(timer);
}

void timer_free(struct timer *timer)
{
	free(timer);
}

void timer_connect(struct timer *timer, enum timer_kind kind, const struct irq_wire *wire)
{
	timer->wire[kind] = *wire;
}

void timer_peek(const struct timer *timer, unsigned cpu, enum timer_kind kind, struct timer_view *out)
{
	const struct timer_cpu *t = &timer->state.cpu[cpu];
	uint64_t tick = machine_ticks(timer->machine);

	out->enabled = t->ctl[kind] & CTL_ENABLE;
	out->masked = t->ctl[kind] & CTL_IMASK;
	out->met = is_met(t, kind, tick);
	out->compare = t->cval[kind];
	out->count = count_at(t, kind, tick);
}

const struct device_ops timer_device_ops = {
	.name = "timer",
	.reset = timer_reset,
	.save = state_dev_save,
	.load = state_dev_load,
	.poll = timer_poll,
};
