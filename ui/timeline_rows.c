/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/timeline_rows.c: from the past, as it is kept, and from what is known to come.
 */
#include "ui/timeline_rows.h"

#include "session/eventring.h"
#include "session/history.h"

enum {
	EVENTS_SHOWN = 8192,	/* the newest ones, and as many of those to come */
	FOLD_RUN = 4,		/* events of one loop: wfe, wake and read make up to so many rows a turn */
};

static const struct eventring *ring_of(const struct model *model)
{
	return session_events(model->session);
}

/* What is known to come, or NULL. */
static const struct eventring_moment *ahead_of(const struct model *model)
{
	const struct history *history = session_history(model->session);

	return history ? history_ahead(history) : NULL;
}

const struct event *timeline_row_event(const struct model *model, const struct timeline_row *row)
{
	const struct eventring_moment *ahead = ahead_of(model);

	if (!row->is_ahead)
		return eventring_at(ring_of(model), row->number);
	return ahead ? eventring_moment_at(ahead, row->number) : NULL;
}

static void set_bit(uint64_t *mask, int cpu, bool on)
{
	if (on)
		*mask |= UINT64_C(1) << cpu;
	else
		*mask &= ~(UINT64_C(1) << cpu);
}

/* What EVENT makes of its CPU's state. */
static void follow(struct timeline_row *state, const struct event *event)
{
	if (event->cpu < 0)
		return;
	set_bit(&state->on, event->cpu, true);
	/* A return is told where the answer was given, after the CPU has left. */
	if (event->kind != EVENT_PSCI_RETURN)
		set_bit(&state->level3, event->cpu, event->el == 3);
	set_bit(&state->asleep, event->cpu, event->kind == EVENT_WFE_SLEEP || event->kind == EVENT_WFI_SLEEP);
	if (event->kind == EVENT_EXCEPTION)
		set_bit(&state->level3, event->cpu, event->u.exception.to == 3);
	if (event->kind == EVENT_ERET)
		set_bit(&state->level3, event->cpu, event->u.eret.to == 3);
	if (event->kind == EVENT_POWER && event->u.power.state != POWER_ON)
		set_bit(&state->on, event->cpu, false);
}

/* Two milestones may be one instruction. */
static bool is_same(const struct event *a, const struct event *b)
{
	return a->kind == b->kind && a->pc == b->pc &&
	       (a->kind != EVENT_MILESTONE || a->u.milestone.name == b->u.milestone.name);
}

/* Is EVENT one more turn of a loop whose events are the last rows?  Then the row that it repeats. */
static struct timeline_row *repeated(const struct model *model, struct timeline_rows *rows, const struct event *event,
			      bool is_ahead)
{
	for (size_t back = 1; back <= FOLD_RUN && back <= rows->list.len; back++) {
		struct timeline_row *row = &rows->list.item[rows->list.len - back];
		const struct event *other = timeline_row_event(model, row);

		if (other->cpu != event->cpu || row->is_ahead != is_ahead)
			return NULL;
		if (is_same(other, event))
			return row;
	}
	return NULL;
}

/* A row for event NUMBER, or one more of what is in a row already. */
static void add_row(const struct model *model, struct timeline_rows *rows, struct timeline_row *state)
{
	const struct event *event = timeline_row_event(model, state);
	struct timeline_row *same = event->kind == EVENT_TABLE ? NULL : repeated(model, rows, event, state->is_ahead);

	follow(state, event);
	if (same) {
		same->times++;
		return;
	}
	state->times = 1;
	vec_add(&rows->list, *state);
}

static void list_ahead(const struct model *model, struct timeline_rows *rows, struct timeline_row *state)
{
	const struct eventring_moment *ahead = ahead_of(model);
	uint64_t now = machine_time(model_machine(model)), count = 0;

	state->is_ahead = true;
	for (uint64_t n = rows->next; ahead && n < eventring_moment_next(ahead) && count < EVENTS_SHOWN; n++) {
		const struct event *event = eventring_moment_at(ahead, n);

		if (!event || event->t < now)
			continue;
		state->number = n;
		add_row(model, rows, state);
		count++;
	}
}

void timeline_rows_update(struct timeline_rows *rows, const struct model *model)
{
	const struct eventring *ring = ring_of(model);
	struct timeline_row state = { 0 };
	uint64_t from = eventring_first(ring);

	if (rows->generation == model->generation && rows->next == eventring_next(ring) && rows->next)
		return;
	rows->generation = model->generation;
	rows->next = eventring_next(ring);
	vec_clear(&rows->list);
	if (rows->next - from > EVENTS_SHOWN)
		from = rows->next - EVENTS_SHOWN;
	for (uint64_t n = from; n < rows->next; n++) {
		state.number = n;
		add_row(model, rows, &state);
	}
	rows->past = rows->list.len;
	list_ahead(model, rows, &state);
}
