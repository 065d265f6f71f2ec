/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history_ask.c: questions to the past: who stored there, and when did this become true.
 *
 * Both are answered by running what was done again, with a watch on what is asked for, from the nearest snapshot and
 * then from ever earlier ones.
 */
#include <assert.h>

#include "session/condition.h"
#include "session/history_private.h"
#include "session/session_private.h"

/* ---- who ---- */

static bool is_asked_for(const struct history *history, gpa_t addr, unsigned size)
{
	const struct history_store *store = history->store;

	return store && addr < store->addr + store->size && store->addr < addr + size;
}

/* BASE, the bytes that are asked for, with those of them that STORE wrote as they are in VALUE. */
static uint64_t overlaid(const struct history_store *asked, uint64_t base, const struct history_store *store,
			 uint64_t value)
{
	for (unsigned i = 0; i < asked->size; i++) {
		gpa_t n = asked->addr + i - store->addr;

		if (n < store->size)
			base = (base & ~(UINT64_C(0xff) << 8 * i)) | (value >> 8 * n & 0xff) << 8 * i;
	}
	return base;
}

void history_see_store(struct history *history, const struct history_store *store)
{
	struct history_store *found = history->store;
	uint64_t base = 0;

	if (!is_asked_for(history, store->addr, store->size))
		return;
	history->found_store = true;
	found->t = store->t;
	found->cpu = store->cpu;
	found->by_device = store->by_device;
	found->pc = store->pc;
	/* It may have been to more than was asked for, or to a part. */
	machine_peek(history_machine(history), found->addr, &base, found->size);
	found->old = overlaid(found, base, store, store->old);
	found->value = overlaid(found, base, store, store->value);
}

void history_see_poke(struct history *history, const struct entry *entry)
{
	struct history_store store = {
		.t = entry->t, .cpu = EVENT_NO_CPU, .addr = entry->number, .size = entry->size, .value = entry->value,
	};

	if (!is_asked_for(history, entry->number, entry->size))
		return;
	machine_peek(history_machine(history), entry->number, &store.old, entry->size);
	history_see_store(history, &store);
}

bool history_who(struct history *history, gpa_t addr, uint64_t len, struct history_store *store, struct error *err)
{
	int watch = machine_add_watch(history_machine(history), addr, len, WATCH_NOTE);
	bool ok, found;
	uint64_t t;

	assert(len <= sizeof(store->value));
	*store = (struct history_store){ .addr = addr, .size = (unsigned)len };
	history->store = store;
	history->found_store = false;
	ok = history_find_last(history, NULL, &t, err);
	found = history->found_store;
	machine_clear_watch(history_machine(history), watch);
	history->store = NULL;
	history->found_store = false;
	return ok && (found || error_set(err, "nothing was stored there since the machine was reset"));
}

/* ---- when ---- */

struct became {
	struct condition_list *list;
	bool was;
};

static bool has_become(void *ctx, struct session *session, const struct stop *stop)
{
	struct became *became = ctx;
	bool before = became->was, happened = condition_list_take_hits(became->list);
	int which = condition_list_check(became->list, session);

	became->was = which >= 0;
	/* A CPU may come to an instruction twice with no look in between. */
	if (which >= 0 && became->list->items.item[which].kind == CONDITION_AT)
		happened |= stop->reason == STOP_MARK;
	return happened || (became->was && !before);
}

bool history_when(struct history *history, struct condition_list *list, uint64_t *t, struct error *err)
{
	struct session *session = history->session;
	struct became became = { .list = list };
	struct history_look look = { has_become, &became, condition_list_needs_each_instruction(list) };
	bool ok;

	condition_list_start(list, session);
	session->waiting = list;
	ok = history_find_last(history, &look, t, err);
	session->waiting = NULL;
	session->is_condition_seen = false;
	condition_list_end(list, session);
	return ok;
}
