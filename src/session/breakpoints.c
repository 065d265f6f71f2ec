/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/breakpoints.c: breakpoints and watches.
 */
#include "session/breakpoints.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "session/expr.h"
#include "session/marks.h"
#include "session/session.h"

struct breakpoints {
	VEC(struct breakpoint) list;
	unsigned next;			/* number of the next one */
	struct breakpoint deleted;	/* a temporary one that was hit: valid until the next hit */
};

struct breakpoints *breakpoints_new(void)
{
	struct breakpoints *bp = xzalloc(sizeof(*bp));

	bp->next = 1;
	return bp;
}

static void release(struct breakpoint *b)
{
	free(b->what);
	free(b->condition_text);
	expr_free(b->condition);
	vec_free(&b->hits);
	memset(b, 0, sizeof(*b));
}

void breakpoints_free(struct breakpoints *bp)
{
	if (!bp)
		return;
	for (size_t i = 0; i < bp->list.len; i++)
		release(&bp->list.item[i]);
	release(&bp->deleted);
	vec_free(&bp->list);
	free(bp);
}

static void arm(struct breakpoint *b, struct session *session)
{
	if (b->kind == BREAKPOINT_CODE)
		marks_add(session_marks(session), b->pa);
	else
		b->watch_id = machine_add_watch(session_machine(session), b->pa, b->len, WATCH_STOP);
}

static void disarm(struct breakpoint *b, struct session *session)
{
	if (b->kind == BREAKPOINT_WATCH)
		machine_clear_watch(session_machine(session), b->watch_id);
	else
		marks_remove(session_marks(session), b->pa);
}

const struct breakpoint *breakpoints_add(struct breakpoints *bp, struct session *session, const struct breakpoint *b)
{
	struct breakpoint *to = vec_push(&bp->list);

	*to = *b;
	to->number = bp->next++;
	to->enabled = true;
	arm(to, session);
	return to;
}

static void remove_at(struct breakpoints *bp, struct session *session, size_t index)
{
	struct breakpoint *b = &bp->list.item[index];

	if (b->enabled)
		disarm(b, session);
	release(b);
	memmove(b, b + 1, (bp->list.len - index - 1) * sizeof(*b));
	bp->list.len--;
}

/* Index of NUMBER, or the count when there is none. */
static size_t index_of(const struct breakpoints *bp, unsigned number)
{
	size_t i = 0;

	while (i < bp->list.len && bp->list.item[i].number != number)
		i++;
	return i;
}

bool breakpoints_delete(struct breakpoints *bp, struct session *session, unsigned number)
{
	size_t index = index_of(bp, number);

	if (!number) {
		while (bp->list.len)
			remove_at(bp, session, bp->list.len - 1);
		return true;
	}
	if (index == bp->list.len)
		return false;
	remove_at(bp, session, index);
	return true;
}

bool breakpoints_enable(struct breakpoints *bp, struct session *session, unsigned number, bool on)
{
	size_t index = index_of(bp, number);
	struct breakpoint *b;

	if (index == bp->list.len)
		return false;
	b = &bp->list.item[index];
	if (b->enabled == on)
		return true;
	b->enabled = on;
	if (on)
		arm(b, session);
	else
		disarm(b, session);
	return true;
}

size_t breakpoints_count(const struct breakpoints *bp)
{
	return bp->list.len;
}

const struct breakpoint *breakpoints_at(const struct breakpoints *bp, size_t index)
{
	return &bp->list.item[index];
}

const struct breakpoint *breakpoints_on(const struct breakpoints *bp, gpa_t pa)
{
	for (size_t i = 0; i < bp->list.len; i++)
		if (bp->list.item[i].kind == BREAKPOINT_CODE && bp->list.item[i].pa == pa)
			return &bp->list.item[i];
	return NULL;
}

void breakpoints_arm(struct breakpoints *bp, struct session *session)
{
	for (size_t i = 0; i < bp->list.len; i++) {
		vec_clear(&bp->list.item[i].hits);
		if (bp->list.item[i].enabled)
			arm(&bp->list.item[i], session);
	}
}

/* ---- hits ---- */

uint64_t breakpoint_hits(const struct breakpoint *b, uint64_t now)
{
	uint64_t count = 0;

	for (size_t i = 0; i < b->hits.len; i++)
		count += b->hits.item[i].t <= now;
	return count;
}

void breakpoints_forget_after(struct breakpoints *bp, uint64_t t)
{
	for (size_t i = 0; i < bp->list.len; i++) {
		struct breakpoint *b = &bp->list.item[i];
		size_t kept = 0;

		for (size_t n = 0; n < b->hits.len; n++)
			if (b->hits.item[n].t <= t)
				b->hits.item[kept++] = b->hits.item[n];
		b->hits.len = kept;
	}
}

/* B stopped CPU at time T; having gone back, it may do so again. */
static void note_hit(struct breakpoint *b, uint64_t t, int cpu)
{
	for (size_t i = 0; i < b->hits.len; i++)
		if (b->hits.item[i].t == t && b->hits.item[i].cpu == cpu)
			return;
	vec_add(&b->hits, ((struct breakpoint_hit){ t, cpu }));
}

/* Is STOP at the place of B, and by a CPU that it is for? */
static bool is_at(const struct breakpoint *b, const struct session *session, const struct stop *stop)
{
	gpa_t pa;

	if (!b->enabled || (b->cpu != EVENT_NO_CPU && b->cpu != stop->cpu))
		return false;
	if (stop->reason == STOP_WATCH)
		return b->kind == BREAKPOINT_WATCH && stop->addr < b->pa + b->len && b->pa < stop->addr + stop->size;
	return b->kind == BREAKPOINT_CODE && stop->reason == STOP_MARK &&
	       machine_translate(session_machine(session), (unsigned)stop->cpu, stop->pc, &pa) && pa == b->pa;
}

/* Names in a condition mean the CPU that came here. */
static bool is_condition_true(const struct breakpoint *b, struct session *session, const struct stop *stop)
{
	unsigned focus = session_focus(session);
	uint64_t value = 1;
	bool known;

	if (!b->condition)
		return true;
	if (stop->cpu != EVENT_NO_CPU)
		session_set_focus(session, (unsigned)stop->cpu);
	known = expr_eval(b->condition, session, &value, NULL);
	session_set_focus(session, focus);
	/* A condition that cannot be worked out stops, as in gdb: the person should see it. */
	return !known || value;
}

/* Keep a temporary one for the caller to read, and take it off the list. */
static const struct breakpoint *retire(struct breakpoints *bp, struct session *session, size_t index)
{
	struct breakpoint *b = &bp->list.item[index];

	disarm(b, session);
	release(&bp->deleted);
	bp->deleted = *b;
	memmove(b, b + 1, (bp->list.len - index - 1) * sizeof(*b));
	bp->list.len--;
	return &bp->deleted;
}

bool breakpoints_would_hit(const struct breakpoints *bp, struct session *session, const struct stop *stop)
{
	for (size_t i = 0; i < bp->list.len; i++)
		if (is_at(&bp->list.item[i], session, stop) && is_condition_true(&bp->list.item[i], session, stop))
			return true;
	return false;
}

const struct breakpoint *breakpoints_hit(struct breakpoints *bp, struct session *session, const struct stop *stop)
{
	for (size_t i = 0; i < bp->list.len; i++) {
		struct breakpoint *b = &bp->list.item[i];

		if (!is_at(b, session, stop) || !is_condition_true(b, session, stop))
			continue;
		note_hit(b, machine_time(session_machine(session)), stop->cpu);
		return b->temporary ? retire(bp, session, i) : b;
	}
	return NULL;
}
