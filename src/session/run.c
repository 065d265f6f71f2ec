/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/run.c: ways to run the machine.
 *
 * All of them come down to drive_run() and drive_step(), and to settle(), which decides whether a stop of the machine
 * is one for the person (then it is set as the session's) or one that only we wanted (then the run goes on).
 */
#include "session/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/le.h"
#include "session/breakpoints.h"
#include "session/drive.h"
#include "session/idle.h"
#include "session/marks.h"
#include "session/names.h"
#include "session/notice.h"
#include "session/panic.h"
#include "session/session_private.h"

static uint64_t now(const struct session *session)
{
	return machine_time(session_machine(session));
}

/* ---- what a stop means ---- */

static const struct { enum stop_reason reason; enum stopped why; } endings[] = {
	{ STOP_POWER_OFF, STOPPED_POWER_OFF }, { STOP_RESET, STOPPED_RESET }, { STOP_FAULT, STOPPED_FAULT },
	{ STOP_IDLE, STOPPED_IDLE }, { STOP_SCHEDULE_END, STOPPED_SCHEDULE_END },
	{ STOP_LIVELOCK, STOPPED_LIVELOCK },
};

/* What the machine has not seen, but we have, is an event all the same.  False when it is not the case. */
static bool settle_notice(struct session *session, enum event_kind kind, enum stopped why)
{
	struct strbuf text = STRBUF_INIT;
	int cpu;
	bool is_so = notice_text(session, kind, &cpu, &text);

	if (is_so) {
		session_set_stop(session, why, cpu, strbuf_text(&text));
		drive_notice(session, kind);
	}
	strbuf_free(&text);
	return is_so;
}

/* Everyone sleeps for ever. */
static void settle_deadlock(struct session *session)
{
	settle_notice(session, EVENT_DEADLOCK, STOPPED_DEADLOCK);
}

/* The guest gave up by itself: a fault, though the machine has seen none. */
static bool settle_panic(struct session *session)
{
	return settle_notice(session, EVENT_FAULT, STOPPED_FAULT);
}

/* The instructions are used up.  After a panic a kernel does nothing but count time, whatever was heard of it. */
static void settle_budget(struct session *session, int cpu)
{
	if (!panic_is_seen(session) || !settle_panic(session))
		session_set_stop(session, STOPPED_BUDGET, cpu, NULL);
}

/* Everyone sleeps, and nothing is to come. */
static void settle_stillness(struct session *session)
{
	if (idle_is_rest(session))
		session_set_stop(session, STOPPED_IDLE, EVENT_NO_CPU, NULL);
	else if (!settle_panic(session))
		settle_deadlock(session);
}

/* Is STOP one after which a run cannot sensibly go on?  Then it is set. */
static bool settle_ending(struct session *session, const struct stop *stop)
{
	if (stop->reason == STOP_DEADLOCK) {
		settle_stillness(session);
		return true;
	}
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (endings[i].reason == stop->reason) {
			session_set_stop(session, endings[i].why, stop->cpu,
					 stop->reason == STOP_IDLE ? NULL : stop->text);
			return true;
		}
	}
	return false;
}

/* Does one of the conditions that the run waits for hold?  Then it is set. */
static bool settle_condition(struct session *session, int cpu)
{
	int which = session->waiting ? condition_list_check(session->waiting, session) : -1;

	if (cpu == EVENT_NO_CPU && session->is_condition_seen)
		cpu = session->seen_by;
	session->is_condition_seen = false;
	if (which < 0)
		return false;
	session_set_stop(session, STOPPED_CONDITION, cpu, session->waiting->items.item[which].text);
	session->stop.number = (unsigned)which;
	return true;
}

/* What the bytes of watch B were before the store of STOP, or are after it; those that it left alone are as they are.
 * Of a watch on more than a number: what was stored. */
static uint64_t watched(const struct session *session, const struct breakpoint *b, const struct stop *stop,
			bool is_after)
{
	uint64_t stored = is_after ? stop->value : stop->old;
	uint8_t bytes[8] = { 0 };

	if (b->kind == BREAKPOINT_CODE || b->len > sizeof(bytes) ||
	    !machine_peek(session_machine(session), b->pa, bytes, b->len))
		return stored;
	for (unsigned i = 0; i < stop->size && i < sizeof(bytes); i++)
		if (stop->addr + i >= b->pa && stop->addr + i < b->pa + b->len)
			bytes[stop->addr + i - b->pa] = (uint8_t)(stored >> 8 * i);
	return le_get64(bytes);
}

static bool settle_breakpoint(struct session *session, const struct stop *stop)
{
	const struct breakpoint *b = breakpoints_hit(session->breakpoints, session, stop);

	if (!b)
		return false;
	session_set_stop(session, b->kind == BREAKPOINT_CODE ? STOPPED_BREAKPOINT : STOPPED_WATCH, stop->cpu, b->what);
	session->stop.number = b->number;
	session->stop.old = watched(session, b, stop, false);
	session->stop.value = watched(session, b, stop, true);
	return true;
}

/* The machine stopped: is this the end of the run?  An idle or dead machine may be just what a condition waits for. */
static bool settle(struct session *session, const struct stop *stop)
{
	if (settle_ending(session, stop)) {
		settle_condition(session, stop->cpu);
		return true;
	}
	if (session->is_interrupted) {
		if (drive_is_spent(session))
			settle_budget(session, stop->cpu);
		else
			session_set_stop(session, STOPPED_INTERRUPT, stop->cpu, NULL);
		return true;
	}
	if (settle_condition(session, stop->cpu) || settle_breakpoint(session, stop))
		return true;
	return session->has_given_up && settle_panic(session);
}

/* ---- beginning and end of a command ---- */

static void begin(struct session *session)
{
	session->is_interrupted = 0;
	session->is_condition_seen = false;
	session->has_given_up = false;
}

static const struct session_stop *end(struct session *session)
{
	if (session->stop.cpu != EVENT_NO_CPU)
		session_set_focus(session, (unsigned)session->stop.cpu);
	return &session->stop;
}

static const struct session_stop *done(struct session *session, unsigned cpu, const char *text)
{
	session_set_stop(session, STOPPED_STEP, (int)cpu, text);
	return end(session);
}

/* Run by the schedule until time END_T, or a stop that is one: then true. */
static bool advance(struct session *session, uint64_t end_t, uint64_t at_once)
{
	while (now(session) < end_t) {
		uint64_t left = end_t - now(session);
		struct stop stop = drive_run(session, left < at_once ? left : at_once);

		if (settle(session, &stop))
			return true;
	}
	return false;
}

void run_arrived(struct session *session)
{
	done(session, session->focus, NULL);
}

void run_arrived_at(struct session *session, const struct stop *stop)
{
	if (settle_breakpoint(session, stop))
		end(session);
	else
		run_arrived(session);
}

const struct session_stop *run_continue(struct session *session, uint64_t budget)
{
	begin(session);
	if (!advance(session, now(session) + budget, UINT64_MAX))
		settle_budget(session, EVENT_NO_CPU);
	return end(session);
}

const struct session_stop *run_until(struct session *session, struct condition_list *list, uint64_t budget)
{
	uint64_t at_once;

	begin(session);
	session->waiting = list;
	condition_list_start(list, session);
	at_once = condition_list_needs_each_instruction(list) ? 1 : UINT64_MAX;
	/* The run shall end where the event happened, not at the end of the block. */
	machine_set_exact(session_machine(session), condition_list_has_event(list));
	if (!settle_condition(session, (int)session->focus) && !advance(session, now(session) + budget, at_once))
		settle_budget(session, EVENT_NO_CPU);
	condition_list_end(list, session);
	machine_set_exact(session_machine(session), false);
	session->waiting = NULL;
	return end(session);
}

/* ---- one CPU ---- */

static const struct cpu *cpu_of(const struct session *session, unsigned cpu)
{
	return machine_cpu_const(session_machine(session), cpu);
}

/* The instruction that CPU runs next, 0 when it cannot be read. */
static uint32_t next_word(const struct session *session, unsigned cpu)
{
	struct machine *machine = session_machine(session);
	uint32_t word = 0;
	gpa_t pa;

	if (machine_translate(machine, cpu, cpu_get_reg(cpu_of(session, cpu), CPU_PC), &pa))
		machine_peek(machine, pa, &word, sizeof(word));
	return word;
}

/* Why CPU runs nothing when it is stepped; NULL when it runs. */
static const char *why_still(const struct cpu *cpu)
{
	switch (cpu_state(cpu)) {
	case CPU_WFE:
		return "it sleeps in wfe until an event comes; nothing was run ('next' lets the others run)";
	case CPU_WFI:
		return "it sleeps in wfi until an interrupt comes; nothing was run ('next' lets the others run)";
	case CPU_OFF:
		return "it is off: nothing was run";
	case CPU_FAULTED:
		return "it has faulted and cannot go on";
	default:
		return NULL;
	}
}

/* One instruction of CPU; true when the run is over. */
static bool step_one(struct session *session, unsigned cpu)
{
	struct stop stop = drive_step(session, cpu, 1);

	return settle(session, &stop);
}

const struct session_stop *run_step(struct session *session, unsigned cpu, uint64_t count)
{
	begin(session);
	while (count--) {
		const char *still = why_still(cpu_of(session, cpu));

		if (still)
			return done(session, cpu, still);
		if (step_one(session, cpu))
			return end(session);
	}
	return done(session, cpu, NULL);
}

/* ---- calls ---- */

/* Arm ARM C4.1.66: BL, BLR; SVC, HVC and SMC come back to the next instruction as well. */
static bool is_call(uint32_t word)
{
	return (word & 0xfc000000) == 0x94000000 || (word & 0xfffffc1f) == 0xd63f0000 ||
	       ((word & 0xffe0001c) == 0xd4000000 && (word & 3) != 0);
}

static bool is_return(uint32_t word)
{
	return (word & 0xfffffc1f) == 0xd65f0000 || word == 0xd69f03e0;
}

static bool is_sleep(uint32_t word)
{
	return word == 0xd503205f || word == 0xd503207f;
}

/* A place to come back to: the same level and stack, so that a deeper call of the same function is not meant. */
struct place { unsigned cpu; gva_t pc; gpa_t pa; bool is_mapped; uint64_t sp; int el; };

static bool is_at_place(const struct session *session, const struct place *place)
{
	const struct cpu *cpu = cpu_of(session, place->cpu);

	return cpu_get_reg(cpu, CPU_PC) == place->pc && cpu_el(cpu) == place->el &&
		cpu_get_reg(cpu, CPU_SP) == place->sp;
}

/* Run by the schedule until PLACE is reached; true when something else ended the run. */
static bool run_to(struct session *session, const struct place *place)
{
	uint64_t end_t = now(session) + RUN_DEFAULT_BUDGET;
	bool ended = false;

	if (!place->is_mapped)
		return step_one(session, place->cpu);
	marks_add(session->marks, place->pa);
	while (!ended && !is_at_place(session, place)) {
		struct stop stop = drive_run(session, end_t - now(session));

		ended = settle(session, &stop);
		if (!ended && now(session) >= end_t) {
			session_set_stop(session, STOPPED_BUDGET, EVENT_NO_CPU, NULL);
			ended = true;
		}
	}
	marks_remove(session->marks, place->pa);
	return ended;
}

static struct place after_next(const struct session *session, unsigned cpu)
{
	const struct cpu *c = cpu_of(session, cpu);
	struct place place = { cpu, cpu_get_reg(c, CPU_PC) + 4, 0, false, cpu_get_reg(c, CPU_SP), cpu_el(c) };

	/* Now: after an SMC the CPU is at another level, where the address means something else. */
	place.is_mapped = machine_translate(session_machine(session), cpu, place.pc, &place.pa);
	return place;
}

/* Let all run by the schedule until CPU is awake; true when something else ended the run. */
static bool sleep_out(struct session *session, unsigned cpu)
{
	struct condition_list awake = CONDITION_LIST_INIT;
	char text[40];
	bool ended;

	snprintf(text, sizeof(text), "cpu%u.state == running", cpu);
	condition_parse(&awake, session, text, NULL);
	condition_list_start(&awake, session);
	session->waiting = &awake;
	ended = advance(session, now(session) + RUN_DEFAULT_BUDGET, UINT64_MAX);
	if (!ended)
		session_set_stop(session, STOPPED_BUDGET, EVENT_NO_CPU, NULL);
	session->waiting = NULL;
	condition_list_end(&awake, session);
	condition_list_free(&awake);
	return !ended || session->stop.why != STOPPED_CONDITION;
}

/* One instruction of CPU, with the call or the sleep that it begins; true when the run is over. */
static bool next_one(struct session *session, unsigned cpu)
{
	uint32_t word = next_word(session, cpu);
	struct place place = after_next(session, cpu);

	if (cpu_state(cpu_of(session, cpu)) != CPU_RUNNING)
		return sleep_out(session, cpu);
	if (step_one(session, cpu))
		return true;
	if (is_call(word))
		return run_to(session, &place);
	return is_sleep(word) && cpu_state(cpu_of(session, cpu)) != CPU_RUNNING && sleep_out(session, cpu);
}

const struct session_stop *run_next(struct session *session, unsigned cpu, uint64_t count)
{
	begin(session);
	while (count--) {
		if (cpu_state(cpu_of(session, cpu)) == CPU_FAULTED)
			return done(session, cpu, why_still(cpu_of(session, cpu)));
		if (next_one(session, cpu))
			return end(session);
	}
	return done(session, cpu, NULL);
}

/* A return at the level and in the call where the run began ends it.  Calls are run over, so only the function's own
 * instructions pass here. */
const struct session_stop *run_finish(struct session *session, unsigned cpu)
{
	int el = cpu_el(cpu_of(session, cpu));

	begin(session);
	for (;;) {
		bool is_last = is_return(next_word(session, cpu)) && cpu_el(cpu_of(session, cpu)) == el;

		if (next_one(session, cpu))
			return end(session);
		if (is_last)
			return done(session, cpu, NULL);
	}
}

/* ---- all in turn ---- */

static bool is_awake(const struct session *session, unsigned cpu)
{
	return cpu_state(cpu_of(session, cpu)) == CPU_RUNNING;
}

/* One instruction of each CPU that is awake but SPARED; true when the run is over. */
static bool round_once(struct session *session, int spared, bool *is_any)
{
	for (unsigned cpu = 0; cpu < machine_cpu_count(session_machine(session)); cpu++) {
		if ((int)cpu == spared || !is_awake(session, cpu))
			continue;
		*is_any = true;
		if (step_one(session, cpu))
			return true;
	}
	return false;
}

static const struct session_stop *rounds(struct session *session, int spared, uint64_t count)
{
	unsigned focus = session->focus;

	begin(session);
	while (count--) {
		bool is_any = false;

		if (round_once(session, spared, &is_any))
			return end(session);
		if (!is_any)
			return done(session, focus, "no CPU that may run is awake");
	}
	return done(session, focus, NULL);
}

const struct session_stop *run_round(struct session *session, uint64_t count)
{
	return rounds(session, EVENT_NO_CPU, count);
}

const struct session_stop *run_others(struct session *session, unsigned cpu, uint64_t count)
{
	return rounds(session, (int)cpu, count);
}

/* ---- in words ---- */

static const char *const reasons[] = {
	[STOPPED_START] = "nothing was run yet", [STOPPED_STEP] = "", [STOPPED_CONDITION] = "",
	[STOPPED_BREAKPOINT] = "breakpoint", [STOPPED_WATCH] = "watch", [STOPPED_INTERRUPT] = "interrupted",
	[STOPPED_BUDGET] = "the instruction budget ran out", [STOPPED_IDLE] = "every CPU idles",
	[STOPPED_LIVELOCK] = "livelock", [STOPPED_SCHEDULE_END] = "the saved schedule ends here",
	[STOPPED_POWER_OFF] = "the machine powered itself off", [STOPPED_RESET] = "the machine asks for a reset",
	[STOPPED_FAULT] = "fault", [STOPPED_DEADLOCK] = "deadlock",
};

/* The `reason` of a stop in an event log. */
static const char *const stop_names[] = {
	[STOPPED_START] = "start", [STOPPED_STEP] = "step", [STOPPED_CONDITION] = "until",
		[STOPPED_BREAKPOINT] = "breakpoint",
	[STOPPED_WATCH] = "watch", [STOPPED_INTERRUPT] = "interrupt", [STOPPED_BUDGET] = "budget",
		[STOPPED_IDLE] = "idle",
	[STOPPED_LIVELOCK] = "livelock", [STOPPED_SCHEDULE_END] = "schedule-end", [STOPPED_POWER_OFF] = "power-off",
	[STOPPED_RESET] = "reset", [STOPPED_FAULT] = "fault", [STOPPED_DEADLOCK] = "deadlock",
};

static void describe_reason(const struct session_stop *stop, struct strbuf *out)
{
	const char *colon = *reasons[stop->why] && *stop->text ? ": " : "";

	if (stop->why == STOPPED_BREAKPOINT)
		strbuf_printf(out, "breakpoint %u, %s", stop->number, stop->text);
	else if (stop->why == STOPPED_WATCH)
		strbuf_printf(out, "watch %u, %s: 0x%" PRIx64 " -> 0x%" PRIx64 "%s", stop->number, stop->text,
			      stop->old, stop->value, stop->cpu == EVENT_NO_CPU ? " by a device" : "");
	else
		strbuf_printf(out, "%s%s%s", reasons[stop->why], colon, stop->text);
}

void session_note_stop(struct session *session)
{
	const struct session_stop *stop = &session->stop;
	struct event event = { .kind = EVENT_STOP, .t = stop->t, .cpu = stop->cpu, .pc = stop->pc };
	struct strbuf why = STRBUF_INIT;

	if (stop->cpu != EVENT_NO_CPU)
		event.el = cpu_el(cpu_of(session, (unsigned)stop->cpu));
	/* Faults and deadlocks have told their story in events of their own. */
	if (stop->why != STOPPED_FAULT && stop->why != STOPPED_DEADLOCK)
		describe_reason(stop, &why);
	event.u.text.reason = stop_names[stop->why];
	event.u.text.detail = strbuf_text(&why);
	session_see(session, &event);
	strbuf_free(&why);
}

void run_describe_missing(const struct session *session, struct strbuf *out)
{
	const char *missing = session->loaded->missing;

	switch (session->stop.why) {
	case STOPPED_FAULT: case STOPPED_DEADLOCK: case STOPPED_LIVELOCK: case STOPPED_BUDGET:
		if (missing)
			strbuf_printf(out, " (the tree has no %s, and Linux needs one)", missing);
		break;
	default:
		break;
	}
}

void run_describe_stop(const struct session *session, struct strbuf *out)
{
	const struct session_stop *stop = &session->stop;
	struct strbuf why = STRBUF_INIT;

	describe_reason(stop, &why);
	strbuf_printf(out, "t=%" PRIu64, stop->t);
	if (stop->cpu != EVENT_NO_CPU) {
		strbuf_printf(out, " cpu%d EL%d ", stop->cpu, cpu_el(cpu_of(session, (unsigned)stop->cpu)));
		names_format(session->loaded, stop->pc, out);
	}
	if (why.len)
		strbuf_printf(out, "  %s", why.text);
	run_describe_missing(session, out);
	strbuf_free(&why);
}
