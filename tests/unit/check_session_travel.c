/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each command that goes back or forth, over each kind of thing that happens: the machine, its events and its console
 * are afterwards what they are in a session that only went on.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "past.h"
#include "service/a64asm.h"
#include "session/drive.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/history.h"
#include "unit.h"

enum { CODE = 0x44000000, VECTORS = 0x44001000, IRQ_VECTOR = VECTORS + 0x280, AFTER = 60 };

/* ---- a guest with interrupts: the virtual timer's (27) and the UART's (33), by GICv2 ---- */

/* x0: the vectors; x1: the distributor; x4: the CPU interface; x9: the UART; x3: bit 27. */
static const char with_interrupts[] =
	"msr vbar_el1, x0\n"
	"isb\n"
	"mov w2, #1\n"			/* the distributor: on, 27 and 33 enabled, 33 to CPU0 */
	"str w2, [x1]\n"
	"str w3, [x1, #0x100]\n"
	"mov w3, #2\n"
	"str w3, [x1, #0x104]\n"
	"add x3, x1, #0x821\n"
	"strb w2, [x3]\n"
	"mov w5, #0xff\n"		/* the CPU interface: on, all priorities */
	"str w5, [x4, #4]\n"
	"str w2, [x4]\n"
	"mov w10, #0x301\n"		/* the UART: on, interrupts when something was received */
	"str w10, [x9, #0x30]\n"
	"mov w10, #0x50\n"
	"str w10, [x9, #0x38]\n"
	"mov x6, #100\n"
	"msr cntv_tval_el0, x6\n"
	"msr cntv_ctl_el0, x2\n"
	"msr daifclr, #2\n"
	"1: wfi\n"
	"add x11, x11, #1\n"
	"b 1b\n";

static const char handler[] =
	"ldr w8, [x4, #0xc]\n"
	"ldr w12, [x9]\n"
	"add x13, x13, x12\n"
	"mov x6, #300\n"
	"msr cntv_tval_el0, x6\n"
	"str w8, [x4, #0x10]\n"
	"eret\n";

static void put_code(struct session *session, gpa_t at, const char *text)
{
	struct a64asm_code code = VEC_INIT;
	struct error err = ERROR_NONE;

	ck_assert_msg(a64asm_assemble(text, NULL, &code, &err), "%s", err.text);
	for (size_t i = 0; i < code.len; i++)
		ck_assert(drive_set_memory(session, at + 4 * i, 4, code.item[i]));
	vec_free(&code);
}

static void start_interrupts(struct session *session)
{
	static const struct { int reg; uint64_t value; } regs[] = {
		{ CPU_X0, VECTORS }, { CPU_X0 + 1, 0x08000000 }, { CPU_X0 + 3, 1 << 27 }, { CPU_X0 + 4, 0x08010000 },
		{ CPU_X0 + 9, 0x09000000 }, { CPU_PC, CODE },
	};

	put_code(session, CODE, with_interrupts);
	put_code(session, IRQ_VECTOR, handler);
	for (size_t i = 0; i < sizeof(regs) / sizeof(regs[0]); i++)
		drive_set_reg(session, 0, regs[i].reg, regs[i].value);
	drive_run(session, 1000);
}

static void type_something(struct session *session)
{
	start_interrupts(session);
	ck_assert_uint_eq(drive_input(session, "ls\n", 3), 3);
}

/* ---- what happens ---- */

/* How to come to just after something, only forth, so that a session without a past can do it as well. */
static const struct happening {
	const char *name, *board, *append;
	void (*start)(struct session *session);
	const char *lead;
	enum event_kind kind;
} happenings[] = {
	{ "exception", "psci-smc", NULL, NULL, "until cpu0:psci_call64; until event:exception", EVENT_EXCEPTION },
	{ "eret", "psci-smc", NULL, NULL, "until event:eret", EVENT_ERET },
	{ "stxr", "psci-smc", NULL, NULL, "until event:stxr", EVENT_STXR },
	{ "ldxr", "psci-smc", NULL, NULL, "until event:ldxr", EVENT_LDXR },
	{ "sev", "psci-smc", NULL, NULL, "until event:sev", EVENT_SEV },
	{ "wake", "psci-smc", NULL, NULL, "until event:wfe-sleep; until event:wfe-wake", EVENT_WFE_WAKE },
	{ "sleep", "psci-smc", NULL, NULL, "until event:wfe-sleep", EVENT_WFE_SLEEP },
	{ "interrupt", "psci-hvc", NULL, start_interrupts, "until event:irq", EVENT_IRQ },
	{ "interrupt ends", "psci-hvc", NULL, start_interrupts, "until event:eoi", EVENT_EOI },
	{ "interrupt wakes", "psci-hvc", NULL, start_interrupts, "until event:wfi-wake", EVENT_WFI_WAKE },
	{ "interrupt at EL1", "psci-hvc", NULL, start_interrupts, "until event:exception", EVENT_EXCEPTION },
	{ "MMU on", "psci-smc", NULL, NULL, "until event:mmu", EVENT_MMU },
	{ "CPU on", "psci-hvc", NULL, NULL, "until event:power", EVENT_POWER },
	{ "CPU off", "psci-hvc", "hotplug=1", NULL, "until cpu1:__cpu_disable; until event:power", EVENT_POWER },
	{ "UART output", "psci-smc", NULL, NULL, "until event:uart", EVENT_UART },
	{ "UART input", "psci-hvc", NULL, type_something, "until event:irq", EVENT_IRQ },
	{ "table", "spin-table", NULL, NULL, "until event:table", EVENT_TABLE },
	{ "spurious wake", "psci-smc", NULL, NULL, "until cpu1.state == wfe; inject spurious-wake cpu 1",
	  EVENT_WFE_WAKE },
	{ "store-exclusive fails", "psci-smc", NULL, NULL, "inject stxr-fail; until event:stxr", EVENT_STXR },
	{ "schedule", "psci-smc", NULL, NULL, "continue 3000; sched random:3; until event:wfe-sleep", EVENT_WFE_SLEEP },
};

enum { HAPPENINGS = sizeof(happenings) / sizeof(happenings[0]) };

static struct session *just_after(const struct happening *happening, bool keep_history)
{
	struct session *session = past_session(happening->board, 2, happening->append, keep_history);

	if (happening->start)
		happening->start(session);
	booted_ok(session, happening->lead);
	return session;
}

static uint64_t count_of(const struct session *session, enum event_kind kind)
{
	return eventring_count(session_events(session), kind);
}

/* ---- commands ---- */

/* %K is the name of the event, %T the time at which it had just happened. */
static const struct { const char *line; bool must_work; } ways[] = {
	{ "goto %T - 1", true },
	{ "back all 61", true },
	{ "back", false },
	{ "back 40", false },
	{ "rnext", false },
	{ "rfinish", false },
	{ "rcontinue", true },
	{ "rcontinue event:%K", true },
	{ "rcontinue t < %T - 5", false },
	{ "snapshot there; goto 0; restore there", true },
	{ "goto %T - 1; step", true },
	{ "goto %T - 1; continue 1", true },
	{ "goto %T - 3; next", false },
	{ "goto %T - 3; finish", false },
	{ "goto %T - 3; round", false },
	{ "goto %T - 1; until event:%K", true },
	{ "when event:%K; goto %T", true },
	{ "goto %T - 1; set x9=1; continue 30; restore main", true },
};

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

static void expand(const char *line, const char *kind, uint64_t t, struct strbuf *out)
{
	for (; *line; line++) {
		if (*line != '%') {
			strbuf_putc(out, *line);
			continue;
		}
		if (*++line == 'K')
			strbuf_puts(out, kind);
		else
			strbuf_printf(out, "%" PRIu64, t);
	}
}

/* Does SESSION, wherever it went, stand where going to that time from the start leads? */
static void assert_is_the_past(struct session *session, const char *what)
{
	uint64_t t = past_now(session), hash;

	/* Between what was done by hand at one time there are more moments than one. */
	past_goto(session, t);
	hash = past_hash(session);
	past_goto(session, 0);
	past_goto(session, t);
	ck_assert_msg(past_hash(session) == hash, "%s: another machine at t=%" PRIu64, what, t);
}

/* Commands that begin another future end in it; then the old one must still be there. */
static void come_home(struct session *session, uint64_t t)
{
	booted_ok(session, "restore main");
	past_goto(session, t);
}

static void run_to(struct session *session, uint64_t t)
{
	while (past_now(session) < t)
		drive_run(session, t - past_now(session));
}

/* LINE, and back to where SESSION was: as STRAIGHT is. */
static void go_and_come(struct session *session, const struct session *straight, const char *line, bool must_work)
{
	struct strbuf out = STRBUF_INIT;
	struct command_result result = command_execute(session, line, &out);

	ck_assert_msg(result.status == COMMAND_OK || !must_work, "%s: %s", line, result.error.text);
	assert_is_the_past(session, line);
	come_home(session, past_now(straight));
	past_assert_same(session, straight, line);
	strbuf_free(&out);
}

START_TEST(all_ways_lead_to_the_same)
{
	const struct happening *happening = &happenings[_i];
	struct session *straight = just_after(happening, false), *session = just_after(happening, true);
	uint64_t t = past_now(session);

	past_assert_same(session, straight, happening->name);
	ck_assert_msg(count_of(session, happening->kind) > 0, "%s did not happen", happening->name);
	run_to(session, t + AFTER);
	run_to(straight, t + AFTER);
	for (size_t i = 0; i < WAYS; i++) {
		struct strbuf line = STRBUF_INIT;

		expand(ways[i].line, eventlog_kind_name(happening->kind), t, &line);
		go_and_come(session, straight, line.text, ways[i].must_work);
		strbuf_free(&line);
	}
	/* And on from there. */
	run_to(session, t + 5000);
	run_to(straight, t + 5000);
	past_assert_same(session, straight, happening->name);
	session_free(session);
	session_free(straight);
}
END_TEST

/* The event is gone before it and there after it, as often as one goes over it. */
START_TEST(what_happened_is_undone)
{
	const struct happening *happening = &happenings[_i];
	struct session *session = just_after(happening, true);
	uint64_t t = past_now(session), count = count_of(session, happening->kind), hash;
	char line[64];

	/* One more: a sleeper wakes between two instructions, and there are two moments of that time. */
	booted_ok(session, "continue 1");
	hash = past_hash(session);
	booted_ok(session, "continue 60");
	for (unsigned i = 0; i < 3; i++) {
		past_goto(session, t - 2);
		ck_assert_msg(count_of(session, happening->kind) < count, "%s: still there before it", happening->name);
		past_goto(session, t + 1);
		ck_assert_msg(count_of(session, happening->kind) >= count, "%s: not there after it", happening->name);
		ck_assert_uint_eq(past_hash(session), hash);
	}
	snprintf(line, sizeof(line), "rcontinue event:%s", eventlog_kind_name(happening->kind));
	booted_ok(session, line);
	ck_assert_uint_eq(past_now(session), t);
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/travel");
	TCase *tcase = tcase_create("travel");

	tcase_add_loop_test(tcase, all_ways_lead_to_the_same, 0, HAPPENINGS);
	tcase_add_loop_test(tcase, what_happened_is_undone, 0, HAPPENINGS);
	suite_add_tcase(suite, tcase);
	return suite;
}
