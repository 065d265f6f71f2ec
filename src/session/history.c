/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * session/history.c: the past of a machine, kept as snapshots and a journal.
 *
 * Snapshots ("keeps") are dense in the near past and sparse in the far one.  To go somewhere, the last keep before it is
 * restored and the machine runs on from there, journal entries being done at their times ("walking").  While it walks
 * what was seen before, sinks are mute.
 */
#include "session/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/journal.h"
#include "session/records.h"
#include "session/session_private.h"

enum {
	FIRST_INTERVAL = 1 << 20,	/* instructions between keeps, at first */
	WALK_CHUNK = 1 << 18,		/* instructions between two looks at the person */
	NEAR = 1 << 15,			/* a keep this far before the goal makes the next way back short */
	SPARSENESS = 16,		/* of two keeps this many times older than they are apart, one goes */
	FUTURES_MAX = 16,
};

/* A snapshot of everything. */
struct keep {
	uint64_t t;
	size_t applied;
	struct snapshot *snapshot;
	struct records *records;
	uint64_t instructions[CPU_MAX];
	uint64_t bytes;
};

/* Where a walk ends: at a time and a place in the journal, or when a CPU has run so many instructions. */
struct goal {
	uint64_t t;
	size_t applied;
	int cpu;			/* or EVENT_NO_CPU */
	uint64_t instructions;
};

/* Another future, or a moment with a name. */
struct named {
	char *name;
	struct journal journal;
	uint64_t t;
	size_t applied;
};

struct history {
	struct session *session;
	struct journal journal;
	size_t applied;			/* entries done */
	uint64_t end_t;
	uint64_t asleep_t;		/* time at which a run ended with every CPU asleep; UINT64_MAX: not now */
	VEC(struct keep *) keeps;	/* in the order of time */
	uint64_t interval, memory;
	VEC(struct named *) names;
	char future[32];
	unsigned futures;
	uint64_t piece;			/* instructions between two looks */
	struct history_store *store;	/* of history_who() */
	bool found_store;
};

static struct machine *machine_of(const struct history *history)
{
	return session_machine(history->session);
}

static uint64_t now(const struct history *history)
{
	return machine_time(machine_of(history));
}

/* ---- keeps ---- */

static void keep_free(struct history *history, struct keep *keep)
{
	machine_snapshot_free(machine_of(history), keep->snapshot);
	records_free(keep->records);
	free(keep);
}

static struct keep *keep_new(struct history *history)
{
	struct machine *machine = machine_of(history);
	struct keep *keep = xzalloc(sizeof(*keep));

	keep->t = machine_time(machine);
	keep->applied = history->applied;
	keep->snapshot = machine_save(machine);
	keep->records = records_save(history->session);
	keep->bytes = sizeof(*keep) + machine_snapshot_bytes(keep->snapshot) + records_bytes(keep->records);
	for (unsigned i = 0; i < machine_cpu_count(machine); i++)
		keep->instructions[i] = cpu_instructions(machine_cpu_const(machine, i));
	return keep;
}

static bool is_before(const struct keep *keep, uint64_t t, size_t applied)
{
	return keep->t < t || (keep->t == t && keep->applied <= applied);
}

/* Index of the last keep at or before T and APPLIED; there is always the one at the start. */
static size_t find_keep(const struct history *history, uint64_t t, size_t applied)
{
	size_t i = history->keeps.len - 1;

	while (i > 0 && !is_before(history->keeps.item[i], t, applied))
		i--;
	return i;
}

static void remove_keep(struct history *history, size_t index)
{
	keep_free(history, history->keeps.item[index]);
	history->keeps.len--;
	for (size_t i = index; i < history->keeps.len; i++)
		history->keeps.item[i] = history->keeps.item[i + 1];
}

static uint64_t kept_bytes(const struct history *history)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < history->keeps.len; i++)
		bytes += history->keeps.item[i]->bytes;
	return bytes;
}

/* The older, the sparser; and never more than the budget, whatever the distance. */
static void thin(struct history *history)
{
	uint64_t present = now(history);

	for (size_t i = history->keeps.len; i-- > 2;) {
		uint64_t gap = history->keeps.item[i]->t - history->keeps.item[i - 2]->t;

		if (gap < (present - history->keeps.item[i - 2]->t) / SPARSENESS)
			remove_keep(history, i - 1);
	}
	while (history->keeps.len > 2 && kept_bytes(history) > history->memory) {
		for (size_t i = 1; i + 1 < history->keeps.len; i++)
			remove_keep(history, i);
		history->interval *= 2;
	}
}

/* Keep the present moment, unless there is a keep of it.  Returns its index. */
static size_t keep_now(struct history *history)
{
	size_t at = history->keeps.len ? find_keep(history, now(history), history->applied) : 0;
	struct keep *last = history->keeps.len ? history->keeps.item[at] : NULL;

	if (last && last->t == now(history) && last->applied == history->applied)
		return at;
	vec_add(&history->keeps, keep_new(history));
	for (at = history->keeps.len - 1; at > 0; at--) {
		struct keep *before = history->keeps.item[at - 1], *keep = history->keeps.item[at];

		if (is_before(before, keep->t, keep->applied))
			break;
		history->keeps.item[at - 1] = keep;
		history->keeps.item[at] = before;
	}
	return at;
}

static void restore(struct history *history, const struct keep *keep)
{
	machine_restore(machine_of(history), keep->snapshot);
	records_restore(history->session, keep->records);
	history->applied = keep->applied;
	history->asleep_t = UINT64_MAX;
}

/* ---- walking ---- */

static bool is_past(const struct history *history)
{
	return now(history) < history->end_t || history->applied < history->journal.entries.len;
}

static const struct entry *next_entry(const struct history *history)
{
	return history->applied < history->journal.entries.len ? &history->journal.entries.item[history->applied] : NULL;
}

static bool is_sleep(const struct stop *stop)
{
	return stop->reason == STOP_IDLE || stop->reason == STOP_DEADLOCK;
}

static void note_stop(struct history *history, const struct stop *stop)
{
	history->asleep_t = is_sleep(stop) ? now(history) : UINT64_MAX;
}

/* Run by the schedule, as far as the goal's CPU allows. */
static struct stop run_piece(struct history *history, uint64_t limit, const struct goal *goal)
{
	struct machine *machine = machine_of(history);
	struct stop stop;

	if (goal && goal->cpu != EVENT_NO_CPU)
		stop = machine_run_cpu_to(machine, limit, (unsigned)goal->cpu, goal->instructions);
	else
		stop = machine_run(machine, limit);
	note_stop(history, &stop);
	return stop;
}

/* The step ENTRY, from where it stands, for at most LIMIT instructions. */
static struct stop walk_step(struct history *history, const struct entry *entry, uint64_t limit, const struct goal *goal)
{
	struct entry rest = *entry;
	uint64_t start = now(history);
	struct stop stop = { .reason = STOP_LIMIT, .cpu = (int)entry->cpu };

	rest.number = entry->number - (start - entry->t);
	if (goal && goal->cpu == (int)entry->cpu) {
		uint64_t left = goal->instructions -
				cpu_instructions(machine_cpu_const(machine_of(history), entry->cpu));

		limit = left < limit ? left : limit;
	}
	journal_apply(history->session, &rest, limit, &stop);
	if (now(history) - entry->t >= entry->number || now(history) == start)
		history->applied++;
	return stop;
}

/* Do the next entry, which is due, for at most LIMIT instructions. */
static struct stop walk_entry(struct history *history, uint64_t limit, const struct goal *goal)
{
	const struct entry *entry = next_entry(history);
	struct stop stop = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };

	if (entry->kind == ENTRY_STEP)
		return walk_step(history, entry, limit, goal);
	/* Sleeping through what was to come took counter ticks, though no instruction. */
	if (entry->was_asleep && history->asleep_t != now(history))
		run_piece(history, 1, NULL);
	journal_apply(history->session, entry, 0, &stop);
	history->applied++;
	return stop;
}

static bool is_reached(const struct history *history, const struct goal *goal)
{
	if (goal->cpu != EVENT_NO_CPU)
		return cpu_instructions(machine_cpu_const(machine_of(history), (unsigned)goal->cpu)) >= goal->instructions;
	return now(history) > goal->t || (now(history) == goal->t && history->applied >= goal->applied);
}

/* One piece of the way to GOAL: an entry that is due, or instructions. */
static struct stop walk_piece(struct history *history, const struct goal *goal)
{
	const struct entry *entry = next_entry(history);
	uint64_t limit = goal->cpu == EVENT_NO_CPU ? goal->t - now(history) : UINT64_MAX;

	if (entry && entry->t <= now(history))
		return walk_entry(history, limit, goal);
	if (entry && entry->t - now(history) < limit)
		limit = entry->t - now(history);
	return run_piece(history, limit < history->piece ? limit : history->piece, goal);
}

/* A machine that cannot go on has nowhere to walk to. */
static bool is_stuck(const struct history *history, const struct stop *stop, uint64_t before)
{
	const struct entry *entry = next_entry(history);

	return stop->reason != STOP_LIMIT && stop->reason != STOP_MARK && stop->reason != STOP_WATCH &&
	       stop->reason != STOP_WISH && now(history) == before && !(entry && entry->t <= before);
}

static bool is_wanted(struct history *history)
{
	struct session *session = history->session;

	if (!session->is_interrupted && session->progress && !session->progress(session->progress_ctx, session))
		session->is_interrupted = 1;
	return !session->is_interrupted;
}

/* Walk to GOAL, LOOK (may be NULL) being asked after each piece; the last time it said yes is put into *T.  False when
 * the person ended it. */
static bool walk(struct history *history, const struct goal *goal, history_look_fn *look, void *ctx, uint64_t *t)
{
	bool wanted = true;

	history->session->is_muted = true;
	while (wanted && !is_reached(history, goal)) {
		uint64_t before = now(history);
		struct stop stop = walk_piece(history, goal);

		if (look && !is_reached(history, goal) && look(ctx, history->session, &stop))
			*t = now(history);
		if (is_stuck(history, &stop, before))
			break;
		wanted = is_wanted(history);
	}
	history->session->is_muted = false;
	return wanted;
}

/* How many entries have been done when the clock shows T, before any instruction from there. */
static size_t applied_at(const struct history *history, uint64_t t)
{
	size_t n = 0;

	while (n < history->journal.entries.len) {
		const struct entry *entry = &history->journal.entries.item[n];
		bool is_step = entry->kind == ENTRY_STEP;

		if (entry->t > t || (is_step && entry->t + entry->number > t))
			break;
		n++;
	}
	return n;
}

/* Walk from KEEP to GOAL, keeping a moment shortly before it. */
static bool walk_from(struct history *history, size_t keep, const struct goal *goal)
{
	restore(history, history->keeps.item[keep]);
	if (goal->cpu == EVENT_NO_CPU && goal->t - now(history) > 2 * NEAR) {
		struct goal near = { .t = goal->t - NEAR, .applied = applied_at(history, goal->t - NEAR), .cpu = EVENT_NO_CPU };

		if (!walk(history, &near, NULL, NULL, NULL))
			return false;
		keep_now(history);
	}
	return walk(history, goal, NULL, NULL, NULL);
}

/* Do MOVE for GOAL; when it is interrupted, come back to where we were. */
static bool go(struct history *history, size_t from, const struct goal *goal, struct error *err)
{
	struct keep *here = keep_new(history);
	bool ok;

	history->session->is_interrupted = 0;
	ok = walk_from(history, from, goal);
	if (!ok) {
		restore(history, here);
		error_set(err, "interrupted: nothing moved");
	}
	keep_free(history, here);
	return ok;
}

bool history_go(struct history *history, uint64_t t, struct error *err)
{
	struct goal goal = { .t = t, .applied = applied_at(history, t), .cpu = EVENT_NO_CPU };

	if (t > history->end_t)
		return error_set(err, "goto: t=%" PRIu64 " has not been yet: the machine has run to t=%" PRIu64, t,
				 history->end_t);
	return go(history, find_keep(history, t, goal.applied), &goal, err);
}

static size_t find_keep_of_cpu(const struct history *history, unsigned cpu, uint64_t instructions)
{
	size_t i = find_keep(history, now(history), history->applied);

	while (i > 0 && history->keeps.item[i]->instructions[cpu] >= instructions)
		i--;
	return i;
}

bool history_back(struct history *history, unsigned cpu, uint64_t count, struct error *err)
{
	uint64_t done = cpu_instructions(machine_cpu_const(machine_of(history), cpu));
	struct goal goal = { .t = UINT64_MAX, .cpu = (int)cpu, .instructions = done - count + 1 };
	struct keep *here;
	uint64_t t;
	bool ok;

	if (count > done)
		return error_set(err, "back: the beginning of history: CPU%u has run %" PRIu64 " instruction%s", cpu, done,
				 done == 1 ? "" : "s");
	here = keep_new(history);
	history->session->is_interrupted = 0;
	restore(history, history->keeps.item[find_keep_of_cpu(history, cpu, goal.instructions)]);
	/* The goal is the moment before that instruction. */
	ok = walk(history, &goal, NULL, NULL, NULL);
	t = now(history) - 1;
	if (!ok) {
		restore(history, here);
		error_set(err, "interrupted: nothing moved");
	}
	keep_free(history, here);
	return ok && history_go(history, t, err);
}

/* ---- looking back ---- */

/* Look through the time from keep INDEX to the next one, or to HERE. */
static bool look_through(struct history *history, size_t index, const struct keep *here, history_look_fn *look,
			 void *ctx, uint64_t *t)
{
	const struct keep *end = index + 1 < history->keeps.len ? history->keeps.item[index + 1] : here;
	const struct stop start = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };
	struct goal goal = { .cpu = EVENT_NO_CPU };

	if (!is_before(end, here->t, here->applied))
		end = here;
	goal.t = end->t;
	goal.applied = end->applied;
	restore(history, history->keeps.item[index]);
	/* How things stand where this stretch begins is no answer, but what comes is compared with it. */
	if (look)
		look(ctx, history->session, &start);
	return walk(history, &goal, look, ctx, t);
}

void history_look_closely(struct history *history, bool closely)
{
	history->piece = closely ? 1 : WALK_CHUNK;
}

bool history_find_last(struct history *history, history_look_fn *look, void *ctx, uint64_t *t, struct error *err)
{
	size_t at = find_keep(history, now(history), history->applied) + 1;
	struct keep *here = keep_new(history);
	bool ok = true;

	*t = UINT64_MAX;
	history->session->is_interrupted = 0;
	while (ok && *t == UINT64_MAX && !history->found_store && at-- > 0)
		ok = look_through(history, at, here, look, ctx, t);
	restore(history, here);
	keep_free(history, here);
	if (!ok)
		return error_set(err, "interrupted");
	return *t != UINT64_MAX || history->found_store || error_set(err, "the beginning of history: not before now");
}

void history_see_store(struct history *history, const struct history_store *store)
{
	if (!history->store || store->addr >= history->store->addr + history->store->size ||
	    store->addr + store->size <= history->store->addr)
		return;
	history->found_store = true;
	history->store->t = store->t;
	history->store->cpu = store->cpu;
	history->store->pc = store->pc;
	history->store->old = store->old;
	history->store->value = store->value;
}

bool history_who(struct history *history, gpa_t addr, uint64_t len, struct history_store *store, struct error *err)
{
	int watch = machine_add_watch(machine_of(history), addr, len, WATCH_NOTE);
	uint64_t t;
	bool ok;

	*store = (struct history_store){ .addr = addr, .size = (unsigned)len };
	history->store = store;
	history->found_store = false;
	ok = history_find_last(history, NULL, NULL, &t, err);
	machine_clear_watch(machine_of(history), watch);
	history->store = NULL;
	history->found_store = false;
	return ok;
}

/* ---- the present ---- */

static void note_end(struct history *history)
{
	if (now(history) > history->end_t)
		history->end_t = now(history);
}

/* Instructions until the next keep is due. */
static uint64_t until_keep(const struct history *history)
{
	uint64_t since = now(history) - history->keeps.item[history->keeps.len - 1]->t;

	return since < history->interval ? history->interval - since : 0;
}

static struct stop run_present(struct history *history, uint64_t limit)
{
	uint64_t piece = until_keep(history);
	struct stop stop;

	if (piece == 0) {
		keep_now(history);
		thin(history);
		piece = until_keep(history);
	}
	stop = run_piece(history, limit < piece ? limit : piece, NULL);
	note_end(history);
	return stop;
}

/* Along what was done: at most LIMIT instructions, and not past the end. */
static struct stop run_past(struct history *history, uint64_t limit)
{
	uint64_t left = history->end_t - now(history);
	struct goal goal = { .t = now(history) + (limit < left ? limit : left), .cpu = EVENT_NO_CPU };
	struct stop stop;

	goal.applied = goal.t == history->end_t ? history->journal.entries.len : applied_at(history, goal.t);
	history->session->is_muted = true;
	stop = walk_piece(history, &goal);
	history->session->is_muted = false;
	return stop;
}

struct stop history_run(struct history *history, uint64_t limit)
{
	uint64_t end = now(history) + limit < limit ? UINT64_MAX : now(history) + limit;
	struct stop stop = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };

	while (now(history) < end && stop.reason == STOP_LIMIT)
		stop = is_past(history) ? run_past(history, end - now(history)) :
					  run_present(history, end - now(history));
	return stop;
}

/* ---- futures ---- */

static struct named *find_named(const struct history *history, const char *name)
{
	for (size_t i = 0; i < history->names.len; i++)
		if (!strcmp(history->names.item[i]->name, name))
			return history->names.item[i];
	return NULL;
}

static void named_free(struct named *named)
{
	journal_truncate(&named->journal, 0);
	free(named->name);
	free(named);
}

static void drop_oldest_future(struct history *history)
{
	for (size_t i = 0; i < history->names.len; i++) {
		if (strncmp(history->names.item[i]->name, "future-", 7))
			continue;
		named_free(history->names.item[i]);
		history->names.len--;
		for (; i < history->names.len; i++)
			history->names.item[i] = history->names.item[i + 1];
		return;
	}
}

static struct named *make_named(struct history *history, const char *name)
{
	struct named *named = find_named(history, name);

	if (!named) {
		if (history->names.len >= FUTURES_MAX)
			drop_oldest_future(history);
		named = xzalloc(sizeof(*named));
		named->name = xstrdup(name);
		vec_add(&history->names, named);
	}
	journal_copy(&named->journal, &history->journal);
	return named;
}

void history_name(struct history *history, const char *name)
{
	struct named *named = make_named(history, name);

	named->t = now(history);
	named->applied = history->applied;
}

/* Forget what lies after now: the snapshots, and the rest of the journal. */
static void cut(struct history *history)
{
	size_t i = history->keeps.len;

	while (i-- > 1)
		if (!is_before(history->keeps.item[i], now(history), history->applied))
			remove_keep(history, i);
	journal_truncate(&history->journal, history->applied);
	history->end_t = now(history);
}

/* A new future begins here; the one that was keeps its name. */
static void diverge(struct history *history)
{
	const struct entry *entry = next_entry(history);
	struct named *old = make_named(history, history->future);

	old->t = history->end_t;
	old->applied = history->journal.entries.len;
	/* A step that was only half walked stays as long as it was. */
	if (entry && entry->kind == ENTRY_STEP && entry->t < now(history))
		history->journal.entries.item[history->applied++].number = now(history) - entry->t;
	cut(history);
	snprintf(history->future, sizeof(history->future), "future-%u", ++history->futures);
}

bool history_restore(struct history *history, const char *name, struct error *err)
{
	struct named *named = find_named(history, name);
	struct goal goal;
	size_t common;

	if (!named)
		return error_set(err, "restore: there is no moment '%s'; 'snapshot NAME' makes one, 'snapshot' lists them", name);
	common = journal_common(&history->journal, &named->journal);
	/* Keeps are good as far as both futures did the same. */
	for (size_t i = history->keeps.len; i-- > 1;)
		if (history->keeps.item[i]->applied > common ||
		    (common < named->journal.entries.len && history->keeps.item[i]->t > named->journal.entries.item[common].t))
			remove_keep(history, i);
	if (common < history->journal.entries.len && strcmp(name, history->future)) {
		struct named *old = make_named(history, history->future);

		old->t = history->end_t;
		old->applied = history->journal.entries.len;
		named = find_named(history, name);
	}
	goal = (struct goal){ .t = named->t, .applied = named->applied, .cpu = EVENT_NO_CPU };
	if (common < named->journal.entries.len || common < history->journal.entries.len) {
		journal_copy(&history->journal, &named->journal);
		history->end_t = named->t;
		snprintf(history->future, sizeof(history->future), "%s", name);
	}
	if (named->t > history->end_t)
		history->end_t = named->t;
	return go(history, find_keep(history, goal.t, goal.applied), &goal, err);
}

void history_list(const struct history *history, struct strbuf *out)
{
	for (size_t i = 0; i < history->names.len; i++)
		strbuf_printf(out, "%-16s t=%" PRIu64 "\n", history->names.item[i]->name, history->names.item[i]->t);
}

/* ---- doing ---- */

/* In the past, stepping a CPU that the schedule runs next anyway is no change.  True when the instruction was run so. */
static bool step_along(struct history *history, unsigned cpu, struct stop *stop)
{
	const struct cpu *it = machine_cpu_const(machine_of(history), cpu);
	uint64_t before = cpu_instructions(it);
	struct keep *here = keep_new(history);
	bool ok;

	*stop = run_past(history, 1);
	ok = cpu_instructions(it) != before || stop->reason == STOP_MARK;
	if (!ok)
		restore(history, here);
	keep_free(history, here);
	return ok;
}

static bool do_step(struct history *history, const struct entry *entry, struct stop *stop)
{
	struct entry rest = *entry;
	struct entry *last;

	*stop = (struct stop){ .reason = STOP_LIMIT, .cpu = (int)entry->cpu };
	while (rest.number && is_past(history) && step_along(history, entry->cpu, stop)) {
		rest.number--;
		if (stop->reason != STOP_LIMIT)
			return true;
	}
	if (!rest.number)
		return true;
	if (is_past(history))
		diverge(history);
	rest.t = now(history);
	journal_apply(history->session, &rest, rest.number, stop);
	rest.number = now(history) - rest.t;
	last = history->journal.entries.len ? &history->journal.entries.item[history->journal.entries.len - 1] : NULL;
	if (last && last->kind == ENTRY_STEP && last->cpu == rest.cpu && last->t + last->number == rest.t)
		last->number += rest.number;
	else if (rest.number)
		journal_add(&history->journal, &rest);
	history->applied = history->journal.entries.len;
	note_end(history);
	return true;
}

bool history_do(struct history *history, const struct entry *entry, struct stop *stop)
{
	struct entry dated = *entry;
	struct stop ignored;

	if (entry->kind == ENTRY_STEP)
		return do_step(history, entry, stop ? stop : &ignored);
	if (is_past(history))
		diverge(history);
	dated.t = now(history);
	dated.was_asleep = history->asleep_t == dated.t;
	if (!journal_apply(history->session, &dated, 0, &ignored))
		return false;
	journal_add(&history->journal, &dated);
	history->applied = history->journal.entries.len;
	return true;
}

/* ---- making and asking ---- */

struct history *history_new(struct session *session)
{
	struct history *history = xzalloc(sizeof(*history));

	history->session = session;
	history->interval = FIRST_INTERVAL;
	history->memory = HISTORY_DEFAULT_MEMORY;
	history->piece = WALK_CHUNK;
	history->asleep_t = UINT64_MAX;
	history->end_t = now(history);
	snprintf(history->future, sizeof(history->future), "main");
	keep_now(history);
	return history;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	while (history->keeps.len)
		remove_keep(history, history->keeps.len - 1);
	for (size_t i = 0; i < history->names.len; i++)
		named_free(history->names.item[i]);
	vec_free(&history->keeps);
	vec_free(&history->names);
	journal_truncate(&history->journal, 0);
	free(history);
}

bool history_set_memory(struct history *history, uint64_t bytes, struct error *err)
{
	if (bytes < HISTORY_MIN_MEMORY)
		return error_set(err, "history.memory: %" PRIu64 " bytes are too few; the least is %uM", bytes,
				 HISTORY_MIN_MEMORY >> 20);
	history->memory = bytes;
	thin(history);
	return true;
}

uint64_t history_end(const struct history *history)
{
	return history->end_t;
}

bool history_is_past(const struct history *history)
{
	return is_past(history);
}

const char *history_future(const struct history *history)
{
	return history->future;
}

size_t history_entry_count(const struct history *history)
{
	return history->journal.entries.len;
}

const struct entry *history_entry(const struct history *history, size_t index)
{
	return &history->journal.entries.item[index];
}
