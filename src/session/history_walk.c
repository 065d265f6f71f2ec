/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history_walk.c: going along what was done before, and looking about on the way.
 *
 * To go somewhere, the last snapshot before it is restored and the machine runs on from there, journal entries being
 * done at their times.  Meanwhile front ends are told nothing: they saw it before.  Stops of the machine (breakpoints
 * are still armed) do not end a walk, they are shown to whoever looks.
 */
#include <inttypes.h>

#include "session/history_private.h"
#include "session/session_private.h"

enum {
	WALK_CHUNK = 1 << 18,	/* instructions between two looks at the person */
	NEAR = 1 << 15,		/* a keep this far before the goal makes the next way back short */
};

/* Where a walk ends: at a moment, or when a CPU has run so many instructions. */
struct goal {
	struct moment at;
	int cpu;			/* or EVENT_NO_CPU */
	uint64_t instructions;
};

/* ---- one piece ---- */

/* Run by the schedule, as far as the goal's CPU allows. */
static struct stop run_piece(const struct history *history, uint64_t limit, const struct goal *goal)
{
	struct machine *machine = history_machine(history);

	if (goal->cpu == EVENT_NO_CPU)
		return machine_run(machine, limit);
	return machine_run_cpu_to(machine, limit, (unsigned)goal->cpu, goal->instructions);
}

/* The step ENTRY, from where it stands, for at most LIMIT instructions. */
static struct stop walk_step(struct history *history, const struct entry *entry, uint64_t limit,
			     const struct goal *goal)
{
	const struct cpu *cpu = machine_cpu_const(history_machine(history), entry->cpu);
	uint64_t start = history_now(history).t;
	struct stop stop = { .reason = STOP_LIMIT, .cpu = (int)entry->cpu };
	struct entry rest = *entry;

	rest.number = entry->number - (start - entry->t);
	if (goal->cpu == (int)entry->cpu && goal->instructions - cpu_instructions(cpu) < limit)
		limit = goal->instructions - cpu_instructions(cpu);
	journal_apply(history->session, &rest, limit, &stop);
	if (history_now(history).t - entry->t >= entry->number)
		history->applied++;
	return stop;
}

/* Do the next entry, which is due, for at most LIMIT instructions. */
static struct stop walk_entry(struct history *history, uint64_t limit, const struct goal *goal)
{
	const struct entry *entry = history_next_entry(history);
	struct stop stop = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };

	if (entry->kind == ENTRY_STEP)
		return walk_step(history, entry, limit, goal);
	if (entry->kind == ENTRY_MEMORY)
		history_see_poke(history, entry);
	journal_apply(history->session, entry, 0, &stop);
	history->applied++;
	return stop;
}

static bool is_reached(const struct history *history, const struct goal *goal)
{
	if (goal->cpu == EVENT_NO_CPU)
		return history_is_by(goal->at, history_now(history));
	return cpu_instructions(machine_cpu_const(history_machine(history), (unsigned)goal->cpu)) >= goal->instructions;
}

/* One piece of the way to GOAL: an entry that is due, or at most LIMIT instructions. */
static struct stop walk_piece(struct history *history, const struct goal *goal, uint64_t limit)
{
	const struct entry *entry = history_next_entry(history);
	uint64_t now = history_now(history).t;

	if (goal->cpu == EVENT_NO_CPU && goal->at.t - now < limit)
		limit = goal->at.t - now;
	if (entry && entry->t <= now)
		return walk_entry(history, limit, goal);
	if (entry && entry->t - now < limit)
		limit = entry->t - now;
	return run_piece(history, limit, goal);
}

static void mute(struct history *history, bool is_muted)
{
	history->session->is_muted = is_muted;
}

struct stop history_walk_along(struct history *history, uint64_t limit)
{
	struct goal goal = { .at = { history->end_t, history->journal.entries.len }, .cpu = EVENT_NO_CPU };
	struct moment now = history_now(history);
	bool is_new = history_is_by(history->seen, now);
	struct stop stop;

	if (now.t < history->seen.t && history->seen.t - now.t < limit)
		limit = history->seen.t - now.t;
	mute(history, !is_new);
	stop = walk_piece(history, &goal, limit);
	mute(history, false);
	if (is_new)
		history->seen = history_now(history);
	return stop;
}

/* ---- all the way ---- */

/* Nothing was run, and nothing will be when it is tried again. */
static bool is_stuck(const struct history *history, const struct stop *stop, struct moment before)
{
	struct moment now = history_now(history);

	return now.t == before.t && now.applied == before.applied && stop->reason != STOP_MARK &&
	       stop->reason != STOP_WATCH && stop->reason != STOP_WISH;
}

/* Ask the person, now and then, whether to go on. */
static bool is_wanted(struct history *history, uint64_t walked)
{
	struct session *session = history->session;

	history->unasked += walked;
	if (history->unasked >= WALK_CHUNK) {
		history->unasked = 0;
		if (session->progress && !session->progress(session->progress_ctx, session))
			session->is_interrupted = 1;
	}
	return !session->is_interrupted;
}

/* A way to walk. */
struct walk {
	struct goal goal;
	const struct history_look *look;	/* or NULL */
	bool is_goal_seen;			/* look when the goal is reached, too */
	uint64_t *seen;				/* the last time at which the look said yes */
	struct keep **recent;			/* or NULL: a keep of at most WALK_CHUNK before the goal */
};

static void look_about(struct history *history, const struct walk *walk, const struct stop *stop)
{
	if (!walk->look || (!walk->is_goal_seen && is_reached(history, &walk->goal)))
		return;
	if (walk->look->fn(walk->look->ctx, history->session, stop))
		*walk->seen = history_now(history).t;
}

static void renew_recent(struct history *history, const struct walk *walk, const struct stop *stop)
{
	/* From a keep of a CPU that has come to its mark, nobody who looks back would see it come. */
	if (!walk->recent || stop->reason == STOP_MARK || is_reached(history, &walk->goal))
		return;
	keep_free(history, *walk->recent);
	*walk->recent = keep_new(history);
}

/* False when the person ended it. */
static bool walk_to(struct history *history, const struct walk *walk)
{
	uint64_t piece = walk->look && walk->look->is_close ? 1 : WALK_CHUNK;
	bool wanted = true;

	mute(history, true);
	while (wanted && !is_reached(history, &walk->goal)) {
		struct moment before = history_now(history);
		struct stop stop = walk_piece(history, &walk->goal, piece);

		look_about(history, walk, &stop);
		if (is_stuck(history, &stop, before))
			break;
		renew_recent(history, walk, &stop);
		wanted = is_wanted(history, history_now(history).t - before.t);
	}
	mute(history, false);
	return wanted;
}

/* ---- going ---- */

size_t history_applied_at(const struct history *history, uint64_t t)
{
	size_t n = 0;

	while (n < history->journal.entries.len) {
		const struct entry *entry = &history->journal.entries.item[n];

		if (entry->t > t || (entry->kind == ENTRY_STEP && entry->t + entry->number > t))
			break;
		n++;
	}
	return n;
}

/* Walk to AT from the last keep before it, and keep a moment shortly before it. */
static bool walk_from_keep(struct history *history, struct moment at)
{
	struct walk walk = { .goal = { .at = at, .cpu = EVENT_NO_CPU } };

	keep_restore(history, history->keeps.item[keeps_find(history, at)]);
	if (at.t - history_now(history).t > 2 * NEAR) {
		walk.goal.at = (struct moment){ at.t - NEAR, history_applied_at(history, at.t - NEAR) };
		if (!walk_to(history, &walk))
			return false;
		keeps_add(history, keep_new(history));
		walk.goal.at = at;
	}
	return walk_to(history, &walk);
}

/* After a walk from HERE that came to an end (OK) or did not. */
static bool arrive(struct history *history, struct keep *here, bool ok, struct error *err)
{
	if (!ok) {
		keep_restore(history, here);
		error_set(err, "interrupted: nothing moved");
	}
	keep_free(history, here);
	keeps_thin(history);
	return ok;
}

bool history_come_to(struct history *history, struct moment at, struct error *err)
{
	struct keep *here = keep_new(history);

	history->session->is_interrupted = 0;
	return arrive(history, here, walk_from_keep(history, at), err);
}

bool history_go_to(struct history *history, struct moment at, struct error *err)
{
	history_leave_end(history);
	return history_come_to(history, at, err);
}

bool history_go(struct history *history, uint64_t t, struct error *err)
{
	if (t > history->end_t)
		return error_set(err, "t=%" PRIu64 " has not been yet: the machine has run to t=%" PRIu64, t,
				 history->end_t);
	return history_go_to(history, (struct moment){ t, history_applied_at(history, t) }, err);
}

/* The last keep before CPU had run so many INSTRUCTIONS. */
static const struct keep *keep_of_cpu(const struct history *history, unsigned cpu, uint64_t instructions)
{
	size_t i = keeps_find(history, history_now(history));

	while (i > 0 && history->keeps.item[i]->instructions[cpu] >= instructions)
		i--;
	return history->keeps.item[i];
}

/* When CPU began the instruction that makes its count INSTRUCTIONS.  The machine then stands after it. */
static bool find_instruction(struct history *history, unsigned cpu, uint64_t instructions, uint64_t *t)
{
	struct keep *recent = NULL;
	struct walk walk = {
		.goal = { .cpu = (int)cpu, .instructions = instructions }, .recent = &recent,
	};
	bool ok;

	keep_restore(history, keep_of_cpu(history, cpu, instructions));
	ok = walk_to(history, &walk);
	*t = history_now(history).t - 1;
	if (recent && recent->at.t <= *t)
		keeps_add(history, recent);
	else
		keep_free(history, recent);
	return ok;
}

bool history_back(struct history *history, unsigned cpu, uint64_t count, struct error *err)
{
	uint64_t done = cpu_instructions(machine_cpu_const(history_machine(history), cpu)), t;
	struct keep *here;
	bool ok;

	if (count > done)
		return error_set(err, "this is the beginning of history: CPU%u has run %" PRIu64 " instruction%s", cpu,
				 done, done == 1 ? "" : "s");
	here = keep_new(history);
	history_leave_end(history);
	history->session->is_interrupted = 0;
	ok = find_instruction(history, cpu, done - count + 1, &t) &&
	     walk_from_keep(history, (struct moment){ t, history_applied_at(history, t) });
	return arrive(history, here, ok, err);
}

/* ---- looking back ---- */

/* Look through the time from keep INDEX to the next one, or to HERE. */
static bool look_through(struct history *history, size_t index, struct moment here, const struct history_look *look,
			 uint64_t *seen)
{
	static const struct stop start = { .reason = STOP_LIMIT, .cpu = EVENT_NO_CPU };
	struct walk walk = { .goal = { .at = here, .cpu = EVENT_NO_CPU }, .look = look, .seen = seen };

	if (index + 1 < history->keeps.len && !history_is_by(here, history->keeps.item[index + 1]->at)) {
		walk.goal.at = history->keeps.item[index + 1]->at;
		walk.is_goal_seen = true;
	}
	keep_restore(history, history->keeps.item[index]);
	/* How things stand where this stretch begins is no answer, but what comes is compared with it. */
	if (look)
		look->fn(look->ctx, history->session, &start);
	return walk_to(history, &walk);
}

bool history_find_last(struct history *history, const struct history_look *look, uint64_t *t, struct error *err)
{
	size_t at = keeps_find(history, history_now(history)) + 1;
	struct keep *here = keep_new(history);
	bool ok = true;

	*t = UINT64_MAX;
	history->session->is_interrupted = 0;
	while (ok && *t == UINT64_MAX && !history->found_store && at-- > 0)
		ok = look_through(history, at, here->at, look, t);
	keep_restore(history, here);
	keep_free(history, here);
	return ok || error_set(err, "interrupted");
}
