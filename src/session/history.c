/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history.c: the past of a machine: what is done now becomes part of it.
 */
#include "session/history.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/eventring.h"
#include "session/history_private.h"
#include "session/session_private.h"

enum { FIRST_INTERVAL = 1 << 20 };	/* instructions between keeps, until they take too much memory */

/* ---- moments ---- */

struct machine *history_machine(const struct history *history)
{
	return session_machine(history->session);
}

struct moment history_now(const struct history *history)
{
	return (struct moment){ machine_time(history_machine(history)), history->applied };
}

bool history_is_by(struct moment a, struct moment b)
{
	return a.t < b.t || (a.t == b.t && a.applied <= b.applied);
}

const struct entry *history_next_entry(const struct history *history)
{
	assert(history->applied <= history->journal.entries.len);
	if (history->applied == history->journal.entries.len)
		return NULL;
	return &history->journal.entries.item[history->applied];
}

bool history_is_past(const struct history *history)
{
	return history_now(history).t < history->end_t || history_next_entry(history);
}

/* ---- what lies ahead ---- */

void history_forget_ahead(struct history *history)
{
	eventring_moment_free(history->ahead);
	history->ahead = NULL;
}

void history_leave_end(struct history *history)
{
	if (history_is_past(history))
		return;
	history_forget_ahead(history);
	history->ahead = eventring_moment(session_events(history->session));
}

const struct eventring_moment *history_ahead(const struct history *history)
{
	return history_is_past(history) ? history->ahead : NULL;
}

bool history_is_walking(const struct history *history)
{
	return history->session->is_muted;
}

/* ---- the present ---- */

/* The present moment is one that has not been before. */
static void note_end(struct history *history)
{
	history->seen = history_now(history);
	if (history->seen.t > history->end_t)
		history->end_t = history->seen.t;
}

/* ---- running ---- */

/* Instructions since the last keep. */
static uint64_t since_keep(const struct history *history)
{
	struct moment now = history_now(history);

	return now.t - history->keeps.item[keeps_find(history, now)]->at.t;
}

static struct stop run_present(struct history *history, uint64_t limit)
{
	uint64_t since = since_keep(history), piece = since < history->interval ? history->interval - since : 1;
	struct stop stop = machine_run(history_machine(history), limit < piece ? limit : piece);

	note_end(history);
	if (stop.reason == STOP_LIMIT && since_keep(history) >= history->interval) {
		keeps_add(history, keep_new(history));
		keeps_thin(history);
	}
	return stop;
}

struct stop history_run(struct history *history, uint64_t limit)
{
	uint64_t start = history_now(history).t, done = 0;
	struct stop stop = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };

	while (done < limit && stop.reason == STOP_LIMIT) {
		stop = history_is_past(history) ? history_walk_along(history, limit - done) :
						  run_present(history, limit - done);
		done = history_now(history).t - start;
	}
	return stop;
}

void history_catch_up(struct history *history)
{
	const struct entry *entry = history_next_entry(history);

	while (entry && entry->t <= history_now(history).t && (entry->kind != ENTRY_STEP || !entry->number)) {
		history_walk_along(history, 0);
		entry = history_next_entry(history);
	}
}

/* ---- steps ---- */

/* In the past, stepping a CPU that the schedule runs next anyway is no change.  True when it was run so. */
static bool step_along(struct history *history, unsigned cpu, struct stop *stop)
{
	const struct cpu *it = machine_cpu_const(history_machine(history), cpu);
	uint64_t before = cpu_instructions(it);
	struct keep *here = keep_new(history);
	bool ok;

	*stop = history_walk_along(history, 1);
	ok = cpu_instructions(it) != before || (stop->reason == STOP_MARK && stop->cpu == (int)cpu);
	if (!ok)
		keep_restore(history, here);
	keep_free(history, here);
	return ok;
}

/* One step after another by one CPU is one entry. */
static void add_step(struct history *history, const struct entry *step)
{
	size_t count = history->journal.entries.len;
	struct entry *last = count > history->sealed ? &history->journal.entries.item[count - 1] : NULL;

	if (last && last->kind == ENTRY_STEP && last->cpu == step->cpu && last->t + last->number == step->t)
		last->number += step->number;
	else
		journal_add(&history->journal, step);
	history->applied = history->journal.entries.len;
}

static void step_anew(struct history *history, const struct entry *entry, struct stop *stop)
{
	struct entry step = *entry;

	step.t = history_now(history).t;
	journal_apply(history->session, &step, step.number, stop);
	/* A step of nothing brings devices up to date: it counts too. */
	step.number = history_now(history).t - step.t;
	add_step(history, &step);
	note_end(history);
}

static void do_step(struct history *history, const struct entry *entry, struct stop *stop)
{
	const struct cpu *cpu = machine_cpu_const(history_machine(history), entry->cpu);
	struct entry rest = *entry;

	*stop = (struct stop){ .reason = STOP_LIMIT, .cpu = (int)entry->cpu, .pc = cpu_get_reg(cpu, CPU_PC) };
	/* Nothing comes of stepping a CPU that sleeps, and nothing should change for it. */
	if (cpu_state(cpu) != CPU_RUNNING)
		return;
	while (rest.number && history_is_past(history) && step_along(history, entry->cpu, stop)) {
		rest.number--;
		if (stop->reason != STOP_LIMIT)
			return;
	}
	if (!rest.number)
		return;
	if (history_is_past(history))
		history_diverge(history);
	step_anew(history, &rest, stop);
}

/* ---- all else ---- */

bool history_do(struct history *history, const struct entry *entry, struct stop *stop)
{
	struct entry dated = *entry;
	struct stop ignored;

	if (entry->kind == ENTRY_STEP) {
		do_step(history, entry, stop ? stop : &ignored);
		return true;
	}
	dated.t = history_now(history).t;
	/* What is refused is no other future. */
	if (!journal_apply(history->session, &dated, 0, &ignored))
		return false;
	if (history_is_past(history))
		history_diverge(history);
	journal_add(&history->journal, &dated);
	history->applied = history->journal.entries.len;
	note_end(history);
	return true;
}

/* Is ENTRY (or NULL) the notice of KIND at this moment? */
static bool is_notice(const struct history *history, const struct entry *entry, enum event_kind kind)
{
	return entry && entry->kind == ENTRY_NOTICE && entry->number == kind && entry->t == history_now(history).t;
}

void history_notice(struct history *history, enum event_kind kind)
{
	struct entry notice = { .t = history_now(history).t, .kind = ENTRY_NOTICE, .number = kind };
	const struct entry *done = history->applied ? &history->journal.entries.item[history->applied - 1] : NULL;
	struct stop ignored;

	if (is_notice(history, done, kind))
		return;
	if (is_notice(history, history_next_entry(history), kind)) {
		history_walk_along(history, 0);
		return;
	}
	journal_apply(history->session, &notice, 0, &ignored);
	/* Found out in the past, where nobody looked then: it is no other future for that. */
	if (history_is_past(history))
		return;
	journal_add(&history->journal, &notice);
	history->applied = history->journal.entries.len;
	note_end(history);
}

/* ---- making and asking ---- */

struct history *history_new(struct session *session, uint64_t memory)
{
	struct history *history = xzalloc(sizeof(*history));

	history->session = session;
	history->interval = FIRST_INTERVAL;
	history->memory = memory;
	history->end_t = history_now(history).t;
	history->future = xstrdup(HISTORY_FIRST_FUTURE);
	keeps_add(history, keep_new(history));
	return history;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	while (history->keeps.len)
		keeps_remove(history, history->keeps.len - 1);
	history_free_names(history);
	history_forget_ahead(history);
	vec_free(&history->keeps);
	journal_truncate(&history->journal, 0);
	free(history->future);
	free(history);
}

void history_load(struct history *history, const struct entry *entries, size_t count, uint64_t end_t)
{
	for (size_t i = 0; i < count; i++)
		journal_add(&history->journal, &entries[i]);
	history->end_t = end_t;
	history->sealed = count;
}

void history_set_memory(struct history *history, uint64_t bytes)
{
	history->memory = bytes;
	keeps_thin(history);
}

uint64_t history_end(const struct history *history)
{
	return history->end_t;
}

const char *history_future(const struct history *history)
{
	return history->future;
}

size_t history_entry_count(const struct history *history)
{
	return history->applied;
}

const struct entry *history_entry(const struct history *history, size_t index)
{
	return &history->journal.entries.item[index];
}
