/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * session/eventring.c: the events of the past.
 */
#include "session/eventring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { EXCEPTION_CLASSES = 0x104, LEVELS = 4 };

/* How many there were of everything. */
struct counts {
	uint64_t kind[EVENT_KIND_COUNT];
	uint64_t kind_cpu[EVENT_KIND_COUNT][CPU_MAX];
	uint64_t exceptions[EXCEPTION_CLASSES][LEVELS];
};

/* A ring of the last events, and counts of all of them.  Event NUMBER lies in at[NUMBER % EVENTRING_MAX]. */
struct eventring {
	struct event *at;
	size_t size;			/* entries allocated: grows up to EVENTRING_MAX */
	uint64_t first, next;
	struct event last[CPU_MAX];
	bool has_last[CPU_MAX];
	struct counts counts;
};

struct eventring_moment {
	uint64_t next;
	struct counts counts;
};

struct eventring *eventring_new(void)
{
	return xzalloc(sizeof(struct eventring));
}

static bool has_texts(enum event_kind kind)
{
	return kind == EVENT_FAULT || kind == EVENT_DEADLOCK || kind == EVENT_STOP;
}

/* Make the borrowed strings of EVENT its own. */
static void own_texts(struct event *event)
{
	if (event->kind == EVENT_UART)
		event->u.uart.text = xstrdup(event->u.uart.text);
	if (!has_texts(event->kind))
		return;
	event->u.text.reason = event->u.text.reason ? xstrdup(event->u.text.reason) : NULL;
	event->u.text.detail = event->u.text.detail ? xstrdup(event->u.text.detail) : NULL;
}

static void free_texts(struct event *event)
{
	if (event->kind == EVENT_UART)
		free((char *)event->u.uart.text);
	if (!has_texts(event->kind))
		return;
	free((char *)event->u.text.reason);
	free((char *)event->u.text.detail);
}

static struct event *slot(const struct eventring *ring, uint64_t number)
{
	return &ring->at[number % EVENTRING_MAX];
}

void eventring_free(struct eventring *ring)
{
	if (!ring)
		return;
	for (uint64_t n = ring->first; n < ring->next; n++)
		free_texts(slot(ring, n));
	for (unsigned cpu = 0; cpu < CPU_MAX; cpu++)
		if (ring->has_last[cpu])
			free_texts(&ring->last[cpu]);
	free(ring->at);
	free(ring);
}

/* Room for one more event. */
static void make_room(struct eventring *ring)
{
	if (ring->next - ring->first == EVENTRING_MAX)
		free_texts(slot(ring, ring->first++));
	if (ring->next < EVENTRING_MAX && ring->next >= ring->size) {
		ring->size = ring->size ? ring->size * 2 : 1024;
		ring->at = xreallocarray(ring->at, ring->size, sizeof(*ring->at));
	}
}

static void set_last(struct eventring *ring, const struct event *event)
{
	struct event *last = &ring->last[event->cpu];

	if (ring->has_last[event->cpu])
		free_texts(last);
	*last = *event;
	own_texts(last);
	ring->has_last[event->cpu] = true;
}

static void count(struct eventring *ring, const struct event *event)
{
	ring->counts.kind[event->kind]++;
	if (event->cpu >= 0)
		ring->counts.kind_cpu[event->kind][event->cpu]++;
	if (event->kind == EVENT_EXCEPTION && event->u.exception.ec < EXCEPTION_CLASSES)
		ring->counts.exceptions[event->u.exception.ec][event->u.exception.to & 3]++;
}

void eventring_add(struct eventring *ring, const struct event *event)
{
	struct event *to;

	assert(event->cpu < CPU_MAX);
	make_room(ring);
	to = slot(ring, ring->next++);
	*to = *event;
	own_texts(to);
	count(ring, event);
	if (event->cpu >= 0)
		set_last(ring, event);
}

uint64_t eventring_first(const struct eventring *ring)
{
	return ring->first;
}

uint64_t eventring_next(const struct eventring *ring)
{
	return ring->next;
}

const struct event *eventring_at(const struct eventring *ring, uint64_t number)
{
	return number >= ring->first && number < ring->next ? slot(ring, number) : NULL;
}

uint64_t eventring_find_time(const struct eventring *ring, uint64_t t)
{
	uint64_t low = ring->first, high = ring->next;

	while (low < high) {
		uint64_t middle = low + (high - low) / 2;

		if (slot(ring, middle)->t < t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct event *eventring_last(const struct eventring *ring, unsigned cpu)
{
	return cpu < CPU_MAX && ring->has_last[cpu] ? &ring->last[cpu] : NULL;
}

uint64_t eventring_count(const struct eventring *ring, enum event_kind kind)
{
	return ring->counts.kind[kind];
}

uint64_t eventring_count_cpu(const struct eventring *ring, enum event_kind kind, unsigned cpu)
{
	return ring->counts.kind_cpu[kind][cpu];
}

uint64_t eventring_exceptions(const struct eventring *ring, unsigned ec, int el)
{
	return ec < EXCEPTION_CLASSES && el >= 0 && el < LEVELS ? ring->counts.exceptions[ec][el] : 0;
}

/* Look for the last event of each CPU again. */
static void find_last(struct eventring *ring)
{
	for (unsigned cpu = 0; cpu < CPU_MAX; cpu++) {
		if (ring->has_last[cpu])
			free_texts(&ring->last[cpu]);
		ring->has_last[cpu] = false;
	}
	for (uint64_t n = ring->next; n-- > ring->first;) {
		const struct event *event = slot(ring, n);

		if (event->cpu >= 0 && !ring->has_last[event->cpu])
			set_last(ring, event);
	}
}

struct eventring_moment *eventring_moment(const struct eventring *ring)
{
	struct eventring_moment *moment = xzalloc(sizeof(*moment));

	moment->next = ring->next;
	moment->counts = ring->counts;
	return moment;
}

void eventring_moment_free(struct eventring_moment *moment)
{
	free(moment);
}

size_t eventring_moment_size(void)
{
	return sizeof(struct eventring_moment);
}

void eventring_rewind(struct eventring *ring, const struct eventring_moment *moment)
{
	while (ring->next > moment->next && ring->next > ring->first)
		free_texts(slot(ring, --ring->next));
	/* All that was kept came later: an empty ring that goes on with the right numbers. */
	if (ring->next > moment->next)
		ring->first = ring->next = moment->next;
	ring->counts = moment->counts;
	find_last(ring);
}
