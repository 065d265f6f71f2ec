/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventring.h: the events of the past as data: the last EVENTRING_MAX, the last one of each CPU, and how many
 * of each kind there were.
 *
 * Events are numbered from 0 in the order they happened; the timeline walks by number.
 */
#ifndef SESSION_EVENTRING_H
#define SESSION_EVENTRING_H

#include <stddef.h>
#include <stdint.h>

#include "machine/event.h"

enum { EVENTRING_MAX = 1 << 16 };

struct eventring;

/* An empty ring. */
struct eventring *eventring_new(void);
/* Free RING; NULL is allowed. */
void eventring_free(struct eventring *ring);

/* Keep a copy of EVENT, its texts included; the oldest is dropped when the ring is full. */
void eventring_add(struct eventring *ring, const struct event *event);

/* Numbers of the oldest event kept, and of the next one to come: first == next when there is none. */
uint64_t eventring_first(const struct eventring *ring);
/* One past the number of the newest event. */
uint64_t eventring_next(const struct eventring *ring);

/* The event NUMBER, borrowed until the next eventring_add(); NULL when it is not kept. */
const struct event *eventring_at(const struct eventring *ring, uint64_t number);

/* Number of the first event at or after time T. */
uint64_t eventring_find_time(const struct eventring *ring, uint64_t t);

/* The last event of CPU, of any kind; NULL when there was none.  It outlives its place in the ring. */
const struct event *eventring_last(const struct eventring *ring, unsigned cpu);

/* How many of KIND there were: over all CPUs, and by one. */
uint64_t eventring_count(const struct eventring *ring, enum event_kind kind);
/* Those of CPU alone. */
uint64_t eventring_count_cpu(const struct eventring *ring, enum event_kind kind, unsigned cpu);

/* How many exceptions of class EC (event.h) were taken to exception level EL by all CPUs. */
uint64_t eventring_exceptions(const struct eventring *ring, unsigned ec, int el);

/* What the ring held at one moment, with all counts; events are shared, not copied. */
struct eventring_moment;

/* The present moment.  Free with eventring_moment_free(). */
struct eventring_moment *eventring_moment(const struct eventring *ring);
/* Free MOMENT; NULL is allowed. */
void eventring_moment_free(struct eventring_moment *moment);
/* Bytes that MOMENT takes, shared events apart. */
size_t eventring_moment_size(const struct eventring_moment *moment);

/* One past the number of the newest event that MOMENT holds. */
uint64_t eventring_moment_next(const struct eventring_moment *moment);
/* The event NUMBER as MOMENT holds it, borrowed; NULL when it is not kept. */
const struct event *eventring_moment_at(const struct eventring_moment *moment, uint64_t number);

/* The machine went to MOMENT, back or forth (session/history.h): hold what was held then. */
void eventring_go_to(struct eventring *ring, const struct eventring_moment *moment);

#endif /* SESSION_EVENTRING_H */
