/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The generic timer: conditions and deadlines as a table, register names, offsets, event streams.
 */
#include "device/timer.h"

#include <stdlib.h>

#include "fake_machine.h"
#include "unit.h"

#define CNTKCTL		SYSREG(3, 0, 14, 1, 0)
#define CNTFRQ		SYSREG(3, 3, 14, 0, 0)
#define CNTPCT		SYSREG(3, 3, 14, 0, 1)
#define CNTVCT		SYSREG(3, 3, 14, 0, 2)
#define CNTP(op2)	SYSREG(3, 3, 14, 2, op2)
#define CNTV(op2)	SYSREG(3, 3, 14, 3, op2)
#define CNTVOFF		SYSREG(3, 4, 14, 0, 3)
#define CNTHCTL		SYSREG(3, 4, 14, 1, 0)
#define CNTHP(op2)	SYSREG(3, 4, 14, 2, op2)
#define CNTHV(op2)	SYSREG(3, 4, 14, 3, op2)
#define CNTPS(op2)	SYSREG(3, 7, 14, 2, op2)
#define CNTP_EL02(op2)	SYSREG(3, 5, 14, 2, op2)
#define CNTV_EL02(op2)	SYSREG(3, 5, 14, 3, op2)
#define CNTKCTL_EL12	SYSREG(3, 5, 14, 1, 0)

enum { TVAL, CTL, CVAL };

enum { ENABLE = 1, IMASK = 2, ISTATUS = 4, EVNTEN = 1 << 2, EVNTDIR = 1 << 3 };

static const uint64_t E2H = UINT64_C(1) << 34;

/* The wires, by kind and CPU. */
static bool out[TIMER_KIND_COUNT][CPU_MAX];

static void set_wire(void *sink, unsigned cpu, unsigned intid, bool level)
{
	(void)sink;
	out[intid][cpu] = level;
}

static struct machine *machine;
static struct timer *timer;

static void setup(void)
{
	machine = fake_machine_new(2);
	machine->ticks = 1000;
	timer = timer_new(machine);
	for (unsigned kind = 0; kind < TIMER_KIND_COUNT; kind++)
		timer_connect(timer, (enum timer_kind)kind, &(struct irq_wire){ set_wire, NULL, kind });
}

static void teardown(void)
{
	timer_free(timer);
	free(machine);
}

static void msr(unsigned cpu, uint32_t reg, uint64_t value)
{
	ck_assert_msg(timer_sysreg_ops.write(timer, cpu, reg, value), "MSR %#x refused", reg);
}

static uint64_t mrs(unsigned cpu, uint32_t reg)
{
	uint64_t value = 0;

	ck_assert_msg(timer_sysreg_ops.read(timer, cpu, reg, &value), "MRS %#x refused", reg);
	return value;
}

static bool is_refused(unsigned cpu, uint32_t reg)
{
	uint64_t value;

	return !timer_sysreg_ops.read(timer, cpu, reg, &value) && !timer_sysreg_ops.write(timer, cpu, reg, 0);
}

static uint64_t poll_at(uint64_t tick)
{
	machine->ticks = tick;
	return timer_device_ops.poll(timer, tick);
}

/* At tick 1000: what CTL and CVAL give at once, and when the machine must look again. */
static const struct condition {
	const char *name;
	uint64_t voff, cval;
	uint32_t ctl, read_ctl;
	bool line;
	uint64_t next;
} conditions[] = {
	{ "off", 0, 500, 0, 0, false, DEVICE_NO_DEADLINE },
	{ "past", 0, 500, ENABLE, ENABLE | ISTATUS, true, DEVICE_NO_DEADLINE },
	{ "now", 0, 1000, ENABLE, ENABLE | ISTATUS, true, DEVICE_NO_DEADLINE },
	{ "next", 0, 1001, ENABLE, ENABLE, false, 1001 },
	{ "masked, met", 0, 500, ENABLE | IMASK, ENABLE | IMASK | ISTATUS, false, DEVICE_NO_DEADLINE },
	{ "masked, to come", 0, 2000, ENABLE | IMASK, ENABLE | IMASK, false, DEVICE_NO_DEADLINE },
	{ "never", 0, UINT64_MAX, ENABLE, ENABLE, false, DEVICE_NO_DEADLINE },
	{ "offset", 600, 500, ENABLE, ENABLE, false, 1100 },
	{ "offset, met", 600, 400, ENABLE, ENABLE | ISTATUS, true, DEVICE_NO_DEADLINE },
	{ "offset and far", 600, UINT64_MAX - 100, ENABLE, ENABLE, false, DEVICE_NO_DEADLINE },
	{ "counter below zero", 1001, 0, ENABLE, ENABLE | ISTATUS, true, DEVICE_NO_DEADLINE },
	{ "counter below zero, falls", 1200, 10, ENABLE, ENABLE | ISTATUS, true, 1200 },
	{ "counter below zero, rises", 1200, UINT64_MAX - 50, ENABLE, ENABLE, false, 1149 },
	{ "offset, at zero", 1000, 0, ENABLE, ENABLE | ISTATUS, true, DEVICE_NO_DEADLINE },
};

START_TEST(condition)
{
	const struct condition *c = &conditions[_i];

	machine->cpu[1].el = 2;
	msr(1, CNTVOFF, c->voff);
	msr(1, CNTV(CVAL), c->cval);
	msr(1, CNTV(CTL), c->ctl);
	ck_assert_msg(mrs(1, CNTV(CTL)) == c->read_ctl, "%s: CTL", c->name);
	ck_assert_msg(out[TIMER_VIRT][1] == c->line, "%s: line", c->name);
	ck_assert_msg(poll_at(1000) == c->next, "%s: deadline", c->name);
	ck_assert(!out[TIMER_VIRT][0] && !out[TIMER_PHYS][1]);
	if (c->next == DEVICE_NO_DEADLINE)
		return;
	ck_assert_uint_gt(machine->poll_requests, 0);
	poll_at(c->next - 1);
	ck_assert_msg(out[TIMER_VIRT][1] == c->line, "%s: too early", c->name);
	poll_at(c->next);
	ck_assert_msg(out[TIMER_VIRT][1] != c->line, "%s: too late", c->name);
}
END_TEST

START_TEST(counts)
{
	machine->cpu[0].el = 3;
	ck_assert_uint_eq(mrs(0, CNTPCT), 1000);
	ck_assert_uint_eq(mrs(0, CNTVCT), 1000);
	msr(0, CNTVOFF, 100);
	ck_assert_uint_eq(mrs(0, CNTVCT), 900);
	ck_assert_uint_eq(mrs(1, CNTVCT), 1000);
	ck_assert_uint_eq(mrs(0, CNTFRQ), MACHINE_CNTFRQ);
	msr(0, CNTFRQ, 24000000);
	ck_assert_uint_eq(mrs(0, CNTFRQ), 24000000);
	machine->cpu[0].el = 2;
	ck_assert(!timer_sysreg_ops.write(timer, 0, CNTFRQ, 1));
	ck_assert(!timer_sysreg_ops.write(timer, 0, CNTPCT, 1));
}
END_TEST

START_TEST(tval_is_signed_distance)
{
	msr(0, CNTP(TVAL), 50);
	ck_assert_uint_eq(mrs(0, CNTP(CVAL)), 1050);
	machine->ticks = 1060;
	ck_assert_uint_eq(mrs(0, CNTP(TVAL)), (uint32_t)-10);
	msr(0, CNTP(TVAL), UINT32_MAX);
	ck_assert_uint_eq(mrs(0, CNTP(CVAL)), 1059);
	msr(0, CNTP(CTL), ENABLE);
	ck_assert(out[TIMER_PHYS][0]);
	/* As Linux acknowledges: mask, then the next event. */
	msr(0, CNTP(CTL), ENABLE | IMASK);
	ck_assert(!out[TIMER_PHYS][0]);
	msr(0, CNTP(TVAL), 10);
	msr(0, CNTP(CTL), ENABLE);
	ck_assert(!out[TIMER_PHYS][0]);
	ck_assert_uint_eq(poll_at(1060), 1070);
}
END_TEST

START_TEST(earliest_of_all_cpus)
{
	msr(0, CNTP(CVAL), 3000);
	msr(0, CNTP(CTL), ENABLE);
	msr(1, CNTV(CVAL), 2000);
	msr(1, CNTV(CTL), ENABLE);
	ck_assert_uint_eq(poll_at(1500), 2000);
	ck_assert_uint_eq(poll_at(2500), 3000);
	ck_assert(out[TIMER_VIRT][1] && !out[TIMER_PHYS][0]);
	ck_assert_uint_eq(poll_at(3000), DEVICE_NO_DEADLINE);
	ck_assert(out[TIMER_PHYS][0]);
	timer_reset_cpu(timer, 0);
	ck_assert(!out[TIMER_PHYS][0] && out[TIMER_VIRT][1]);
}
END_TEST

/* Each timer has its own registers and its own wire. */
START_TEST(each_kind)
{
	static const struct { enum timer_kind kind; uint32_t ctl, cval; } kinds[] = {
		{ TIMER_PHYS_SECURE, CNTPS(CTL), CNTPS(CVAL) }, { TIMER_PHYS, CNTP(CTL), CNTP(CVAL) },
		{ TIMER_VIRT, CNTV(CTL), CNTV(CVAL) }, { TIMER_HYP, CNTHP(CTL), CNTHP(CVAL) },
		{ TIMER_HYP_VIRT, CNTHV(CTL), CNTHV(CVAL) },
	};
	struct timer_view view;

	machine->cpu[0].el = 3;
	msr(0, kinds[_i].cval, 900);
	msr(0, kinds[_i].ctl, ENABLE);
	for (unsigned kind = 0; kind < TIMER_KIND_COUNT; kind++)
		ck_assert(out[kind][0] == (kind == kinds[_i].kind));
	timer_peek(timer, 0, kinds[_i].kind, &view);
	ck_assert(view.enabled && !view.masked && view.met);
	ck_assert_uint_eq(view.compare, 900);
	ck_assert_uint_eq(view.count, 1000);
}
END_TEST

START_TEST(levels)
{
	uint64_t value;

	ck_assert(is_refused(0, CNTHP(CTL)) && is_refused(0, CNTPS(CTL)) && is_refused(0, CNTVOFF));
	ck_assert(timer_sysreg_ops.peek(timer, 0, CNTVOFF, &value));
	machine->cpu[0].el = 2;
	ck_assert(is_refused(0, CNTPS(CTL)) && is_refused(0, CNTV_EL02(CTL)));
	ck_assert_uint_eq(mrs(0, CNTHCTL), 3);
	machine->cpu[0].el = 0;
	ck_assert(is_refused(0, CNTKCTL));
	ck_assert_uint_eq(mrs(0, CNTVCT), 1000);
	ck_assert(is_refused(0, SYSREG(3, 0, 1, 0, 0)));
}
END_TEST

/* An EL2 host that names EL1's registers gets EL2's (HCR_EL2.E2H), and EL1's by their _EL02 names. */
START_TEST(host)
{
	machine->cpu[0].el = 2;
	msr(0, CNTVOFF, 100);
	machine->cpu[0].hcr_el2 = E2H;
	ck_assert_uint_eq(mrs(0, CNTVCT), 1000);
	msr(0, CNTP(CVAL), 11);
	msr(0, CNTV(CVAL), 22);
	msr(0, CNTP_EL02(CVAL), 33);
	msr(0, CNTV_EL02(CVAL), 44);
	msr(0, CNTKCTL, 0x13);
	msr(0, CNTKCTL_EL12, 0x25);
	machine->cpu[0].hcr_el2 = 0;
	ck_assert_uint_eq(mrs(0, CNTHP(CVAL)), 11);
	ck_assert_uint_eq(mrs(0, CNTHV(CVAL)), 22);
	ck_assert_uint_eq(mrs(0, CNTP(CVAL)), 33);
	ck_assert_uint_eq(mrs(0, CNTV(CVAL)), 44);
	ck_assert_uint_eq(mrs(0, CNTHCTL), 0x13);
	ck_assert_uint_eq(mrs(0, CNTKCTL), 0x25);
}
END_TEST

/* Bit EVNTI of the counter, rising or falling, from tick 1000 (0x3e8). */
static const struct stream {
	uint32_t evnti, dir;
	uint64_t voff, first, second;
} streams[] = {
	{ 0, 0, 0, 1001, 1003 },
	{ 0, EVNTDIR, 0, 1002, 1004 },
	{ 4, 0, 0, 1008, 1040 },
	{ 4, EVNTDIR, 0, 1024, 1056 },
	{ 12, 0, 0, 4096, 12288 },
	{ 4, 0, 10, 1018, 1050 },
	{ 15, EVNTDIR, 0, 65536, 131072 },
};

START_TEST(event_stream)
{
	const struct stream *s = &streams[_i];

	machine->cpu[1].el = 2;
	msr(1, CNTVOFF, s->voff);
	msr(1, CNTKCTL, EVNTEN | s->dir | s->evnti << 4);
	ck_assert_uint_eq(poll_at(1000), s->first);
	poll_at(s->first - 1);
	ck_assert_uint_eq(machine->cpu[1].stream_events, 0);
	ck_assert_uint_eq(poll_at(s->first), s->second);
	ck_assert_uint_eq(machine->cpu[1].stream_events, 1);
	ck_assert_uint_eq(machine->cpu[0].stream_events, 0);
	poll_at(s->second);
	ck_assert_uint_eq(machine->cpu[1].stream_events, 2);
	msr(1, CNTKCTL, 0);
	poll_at(s->second + 1000000);
	ck_assert_uint_eq(machine->cpu[1].stream_events, 2);
}
END_TEST

START_TEST(hypervisor_event_stream)
{
	machine->cpu[0].el = 2;
	msr(0, CNTVOFF, 10);
	msr(0, CNTHCTL, 3 | EVNTEN | 4 << 4);
	ck_assert_uint_eq(poll_at(1000), 1008);
	poll_at(1008);
	ck_assert_uint_eq(machine->cpu[0].stream_events, 1);
}
END_TEST

START_TEST(save_and_load)
{
	struct strbuf saved = STRBUF_INIT;
	struct device_blob blob;

	msr(0, CNTV(CVAL), 2000);
	msr(0, CNTV(CTL), ENABLE);
	timer_device_ops.save(timer, &saved);
	timer_device_ops.reset(timer);
	ck_assert_uint_eq(mrs(0, CNTV(CTL)), 0);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len, 0 };
	ck_assert(timer_device_ops.load(timer, &blob));
	ck_assert_uint_eq(mrs(0, CNTV(CTL)), ENABLE);
	ck_assert_uint_eq(poll_at(1000), 2000);
	saved.text[0] ^= 1;
	blob.pos = 0;
	ck_assert(!timer_device_ops.load(timer, &blob));
	strbuf_free(&saved);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/timer");
	TCase *tcase = tcase_create("timer");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, condition, 0, sizeof(conditions) / sizeof(conditions[0]));
	tcase_add_test(tcase, counts);
	tcase_add_test(tcase, tval_is_signed_distance);
	tcase_add_test(tcase, earliest_of_all_cpus);
	tcase_add_loop_test(tcase, each_kind, 0, TIMER_KIND_COUNT);
	tcase_add_test(tcase, levels);
	tcase_add_test(tcase, host);
	tcase_add_loop_test(tcase, event_stream, 0, sizeof(streams) / sizeof(streams[0]));
	tcase_add_test(tcase, hypervisor_event_stream);
	tcase_add_test(tcase, save_and_load);
	suite_add_tcase(suite, tcase);
	return suite;
}
