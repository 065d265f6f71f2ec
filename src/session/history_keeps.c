/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history_keeps.c: the snapshots that a history is built on.
 *
 * They are dense near the present and sparse far from it, so that there are as many as the logarithm of the time, and
 * never more than the budget allows.  The start is always kept.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "session/history_private.h"
#include "session/session_private.h"

/* Of three keeps that lie closer together than this part of their distance from now, the middle one goes. */
enum { SPARSENESS = 16 };

static bool is_same(struct moment a, struct moment b)
{
	return a.t == b.t && a.applied == b.applied;
}

/* ---- one ---- */

struct keep *keep_new(struct history *history)
{
	struct machine *machine = history_machine(history);
	struct keep *keep = xzalloc(sizeof(*keep));

	keep->at = history_now(history);
	keep->snapshot = machine_save(machine);
	keep->records = records_save(history->session);
	for (unsigned i = 0; i < machine_cpu_count(machine); i++)
		keep->instructions[i] = cpu_instructions(machine_cpu_const(machine, i));
	return keep;
}

void keep_free(struct history *history, struct keep *keep)
{
	if (!keep)
		return;
	machine_snapshot_free(history_machine(history), keep->snapshot);
	records_free(keep->records);
	free(keep);
}

void keep_restore(struct history *history, const struct keep *keep)
{
	machine_restore(history_machine(history), keep->snapshot);
	records_restore(history->session, keep->records);
	history->applied = keep->at.applied;
}

/* ---- all ---- */

size_t keeps_find(const struct history *history, struct moment at)
{
	size_t low = 0, high = history->keeps.len;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (history_is_by(history->keeps.item[middle]->at, at))
			low = middle;
		else
			high = middle;
	}
	return low;
}

void keeps_add(struct history *history, struct keep *keep)
{
	size_t at = history->keeps.len ? keeps_find(history, keep->at) + 1 : 0;

	history->sealed = history->journal.entries.len;
	if (at && is_same(history->keeps.item[at - 1]->at, keep->at)) {
		keep_free(history, keep);
		return;
	}
	vec_add(&history->keeps, NULL);
	for (size_t i = history->keeps.len - 1; i > at; i--)
		history->keeps.item[i] = history->keeps.item[i - 1];
	history->keeps.item[at] = keep;
}

void keeps_remove(struct history *history, size_t index)
{
	keep_free(history, history->keeps.item[index]);
	history->keeps.len--;
	for (size_t i = index; i < history->keeps.len; i++)
		history->keeps.item[i] = history->keeps.item[i + 1];
}

uint64_t history_bytes(const struct history *history)
{
	uint64_t bytes = machine_snapshots_bytes(history_machine(history));

	for (size_t i = 0; i < history->keeps.len; i++)
		bytes += sizeof(struct keep) + records_bytes(history->keeps.item[i]->records);
	return bytes;
}

size_t history_keep_count(const struct history *history)
{
	return history->keeps.len;
}

uint64_t history_memory(const struct history *history)
{
	return history->memory;
}

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a < b ? b - a : a - b;
}

/* Is keep INDEX, which has neighbours, closer to them than its distance from now asks for? */
static bool is_crowded(const struct history *history, size_t index)
{
	struct keep *const *keep = &history->keeps.item[index];
	uint64_t gap = keep[1]->at.t - keep[-1]->at.t;

	return gap < distance(history_now(history).t, keep[0]->at.t) / SPARSENESS;
}

void keeps_thin(struct history *history)
{
	for (size_t i = history->keeps.len; i-- > 1;)
		if (i + 1 < history->keeps.len && is_crowded(history, i))
			keeps_remove(history, i);
	while (history->keeps.len > 2 && history_bytes(history) > history->memory) {
		for (size_t i = 1; i + 1 < history->keeps.len; i++)
			keeps_remove(history, i);
		history->interval *= 2;
	}
}
