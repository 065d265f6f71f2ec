/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventring.c: the events of the past.
 *
 * They lie in counted chunks, which moments share.  An event is added in place also when its chunk is shared, since a
 * moment knows how far it goes; only who went back and adds another event than was added there before gets a copy.
 */
#include "session/eventring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

enum { EXCEPTION_CLASSES = 0x104, LEVELS = 4, CHUNK = 128 };

/* How many there were of everything. */
struct counts {
	uint64_t kind[EVENT_KIND_COUNT];
	uint64_t kind_cpu[EVENT_KIND_COUNT][CPU_MAX];
	uint64_t exceptions[EXCEPTION_CLASSES][LEVELS];
};

/* Events CHUNK * N to CHUNK * (N + 1) - 1, as far as they have come. */
struct chunk {
	unsigned users, len;
	struct event at[CHUNK];
};

/* The chunks of the events FIRST to NEXT - 1. */
struct span {
	uint64_t first, next;
	VEC(struct chunk *) chunks;
};

/* The last events, and counts of all of them. */
struct eventring {
	struct span span;
	struct event last[CPU_MAX];
	bool has_last[CPU_MAX];
	struct counts counts;
};

struct eventring_moment {
	struct span span;
	struct counts counts;
};

struct eventring *eventring_new(void)
{
	return xzalloc(sizeof(struct eventring));
}

/* ---- texts ---- */

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

/* ---- chunks ---- */

static void chunk_put(struct chunk *chunk)
{
	if (--chunk->users)
		return;
	for (unsigned i = 0; i < chunk->len; i++)
		free_texts(&chunk->at[i]);
	free(chunk);
}

/* A chunk with the first LEN events of FROM. */
static struct chunk *chunk_copy(const struct chunk *from, unsigned len)
{
	struct chunk *chunk = xzalloc(sizeof(*chunk));

	chunk->users = 1;
	chunk->len = len;
	for (unsigned i = 0; i < len; i++) {
		chunk->at[i] = from->at[i];
		own_texts(&chunk->at[i]);
	}
	return chunk;
}

static void span_free(struct span *span)
{
	for (size_t i = 0; i < span->chunks.len; i++)
		chunk_put(span->chunks.item[i]);
	vec_free(&span->chunks);
}

static void span_copy(struct span *to, const struct span *from)
{
	*to = (struct span){ .first = from->first, .next = from->next };
	for (size_t i = 0; i < from->chunks.len; i++) {
		from->chunks.item[i]->users++;
		vec_add(&to->chunks, from->chunks.item[i]);
	}
}

static struct event *span_slot(const struct span *span, uint64_t number)
{
	size_t chunk = (size_t)(number / CHUNK - span->first / CHUNK);

	return &span->chunks.item[chunk]->at[number % CHUNK];
}

static struct event *slot(const struct eventring *ring, uint64_t number)
{
	return span_slot(&ring->span, number);
}

static const struct event *span_at(const struct span *span, uint64_t number)
{
	return number >= span->first && number < span->next ? span_slot(span, number) : NULL;
}

/* The oldest event goes. */
static void drop_first(struct span *span)
{
	if (++span->first % CHUNK)
		return;
	chunk_put(span->chunks.item[0]);
	span->chunks.len--;
	memmove(span->chunks.item, span->chunks.item + 1, span->chunks.len * sizeof(*span->chunks.item));
}

/* Room for one more event, in a chunk that ends where it goes. */
static struct event *make_room(struct span *span)
{
	unsigned len = span->next++ % CHUNK;
	struct chunk **last;

	if (len == 0)
		vec_add(&span->chunks, chunk_copy(NULL, 0));
	last = &span->chunks.item[span->chunks.len - 1];
	/* Others have gone on from here in their way. */
	if ((*last)->len != len) {
		struct chunk *own = chunk_copy(*last, len);

		chunk_put(*last);
		*last = own;
	}
	return &(*last)->at[(*last)->len++];
}

/* ---- the ring ---- */

void eventring_free(struct eventring *ring)
{
	if (!ring)
		return;
	span_free(&ring->span);
	for (unsigned cpu = 0; cpu < CPU_MAX; cpu++)
		if (ring->has_last[cpu])
			free_texts(&ring->last[cpu]);
	free(ring);
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
	if (ring->span.next - ring->span.first == EVENTRING_MAX)
		drop_first(&ring->span);
	to = make_room(&ring->span);
	*to = *event;
	own_texts(to);
	count(ring, event);
	if (event->cpu >= 0)
		set_last(ring, event);
}

uint64_t eventring_first(const struct eventring *ring)
{
	return ring->span.first;
}

uint64_t eventring_next(const struct eventring *ring)
{
	return ring->span.next;
}

const struct event *eventring_at(const struct eventring *ring, uint64_t number)
{
	return span_at(&ring->span, number);
}

uint64_t eventring_find_time(const struct eventring *ring, uint64_t t)
{
	uint64_t low = ring->span.first, high = ring->span.next;

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
	for (uint64_t n = ring->span.next; n-- > ring->span.first;) {
		const struct event *event = slot(ring, n);

		if (event->cpu >= 0 && !ring->has_last[event->cpu])
			set_last(ring, event);
	}
}

struct eventring_moment *eventring_moment(const struct eventring *ring)
{
	struct eventring_moment *moment = xzalloc(sizeof(*moment));

	span_copy(&moment->span, &ring->span);
	moment->counts = ring->counts;
	return moment;
}

void eventring_moment_free(struct eventring_moment *moment)
{
	if (!moment)
		return;
	span_free(&moment->span);
	free(moment);
}

size_t eventring_moment_size(const struct eventring_moment *moment)
{
	return sizeof(*moment) + moment->span.chunks.len * sizeof(struct chunk *);
}

uint64_t eventring_moment_next(const struct eventring_moment *moment)
{
	return moment->span.next;
}

const struct event *eventring_moment_at(const struct eventring_moment *moment, uint64_t number)
{
	return span_at(&moment->span, number);
}

void eventring_go_to(struct eventring *ring, const struct eventring_moment *moment)
{
	span_free(&ring->span);
	span_copy(&ring->span, &moment->span);
	ring->counts = moment->counts;
	find_last(ring);
}
