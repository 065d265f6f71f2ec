/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/history_futures.c: what else might have been, and moments with a name.
 *
 * A future that is left keeps its journal, from which it can be run again.  Snapshots belong to the present future;
 * those from before two futures part are good for both.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/breakpoints.h"
#include "session/history_private.h"
#include "session/session.h"

enum { FUTURES_MAX = 16 };	/* left ones that are remembered */

static bool is_future(const struct named *named)
{
	return !strcmp(named->name, named->future);
}

/* ---- the list ---- */

static struct named *find(const struct history *history, const char *name)
{
	for (size_t i = 0; i < history->names.len; i++)
		if (!strcmp(history->names.item[i]->name, name))
			return history->names.item[i];
	return NULL;
}

static void free_named(struct named *named)
{
	journal_truncate(&named->journal, 0);
	free(named->name);
	free(named->future);
	free(named);
}

static void remove_at(struct history *history, size_t index)
{
	free_named(history->names.item[index]);
	history->names.len--;
	for (size_t i = index; i < history->names.len; i++)
		history->names.item[i] = history->names.item[i + 1];
}

void history_free_names(struct history *history)
{
	while (history->names.len)
		remove_at(history, history->names.len - 1);
	vec_free(&history->names);
}

/* What a person named stays; of the futures only the last ones do. */
static void forget_old_futures(struct history *history)
{
	size_t count = 0;

	for (size_t i = history->names.len; i-- > 0;)
		if (is_future(history->names.item[i]) && ++count > FUTURES_MAX)
			remove_at(history, i);
}

/* The name NAME, anew, with the present journal. */
static struct named *make(struct history *history, const char *name)
{
	struct named *named;

	for (size_t i = history->names.len; i-- > 0;)
		if (!strcmp(history->names.item[i]->name, name))
			remove_at(history, i);
	named = xzalloc(sizeof(*named));
	named->name = xstrdup(name);
	named->future = xstrdup(history->future);
	named->end_t = history->end_t;
	journal_copy(&named->journal, &history->journal);
	vec_add(&history->names, named);
	return named;
}

/* Remember the present future by its name. */
static void remember_future(struct history *history)
{
	struct named *named = make(history, history->future);

	named->at = (struct moment){ history->end_t, history->journal.entries.len };
}

/* "main", "future-N" */
static bool is_name_of_future(const char *name)
{
	return !strcmp(name, HISTORY_FIRST_FUTURE) || !strncmp(name, "future-", 7);
}

bool history_name(struct history *history, const char *name, struct error *err)
{
	if (is_name_of_future(name))
		return error_set(err, "snapshot: '%s' is a name for futures; take another one", name);
	make(history, name)->at = history_now(history);
	history->sealed = history->journal.entries.len;
	return true;
}

void history_list(const struct history *history, struct strbuf *out)
{
	strbuf_printf(out, "%-16s ends at t=%" PRIu64 " (this is the present future)\n", history->future,
		      history->end_t);
	for (size_t i = 0; i < history->names.len; i++) {
		const struct named *named = history->names.item[i];

		if (!is_future(named))
			strbuf_printf(out, "%-16s t=%" PRIu64 " in %s\n", named->name, named->at.t, named->future);
		else if (strcmp(named->name, history->future))
			strbuf_printf(out, "%-16s ends at t=%" PRIu64 "\n", named->name, named->end_t);
	}
}

/* ---- leaving ---- */

/* A step that was only half walked stays as long as it was. */
static void end_step(struct history *history)
{
	const struct entry *entry = history_next_entry(history);
	uint64_t t = history_now(history).t;

	if (entry && entry->kind == ENTRY_STEP && entry->t < t)
		history->journal.entries.item[history->applied++].number = t - entry->t;
}

/* The present moment becomes the end of the future it is in. */
static void cut(struct history *history)
{
	history_forget_ahead(history);
	end_step(history);
	for (size_t i = history->keeps.len; i-- > 1;)
		if (!history_is_by(history->keeps.item[i]->at, history_now(history)))
			keeps_remove(history, i);
	breakpoints_forget_after(session_breakpoints(history->session), history_now(history).t);
	journal_truncate(&history->journal, history->applied);
	history->sealed = history->applied;
	history->seen = history_now(history);
	history->end_t = history->seen.t;
}

void history_diverge(struct history *history)
{
	remember_future(history);
	forget_old_futures(history);
	cut(history);
	free(history->future);
	history->future = xzalloc(32);
	snprintf(history->future, 32, "future-%u", ++history->futures);
}

/* ---- coming back ---- */

/* Up to which moment do JOURNAL and OTHER agree? */
static struct moment fork_of(const struct journal *journal, const struct journal *other)
{
	size_t common = journal_common(journal, other);
	struct moment fork = { UINT64_MAX, common };

	/* Where one has an entry that the other has not, they part when it begins. */
	if (common < journal->entries.len)
		fork.t = journal->entries.item[common].t;
	if (common < other->entries.len && other->entries.item[common].t < fork.t)
		fork.t = other->entries.item[common].t;
	return fork;
}

/* Is the moment of NAMED one of the present future? */
static bool is_here(const struct history *history, const struct named *named)
{
	struct moment fork = fork_of(&history->journal, &named->journal);

	return named->at.applied <= fork.applied && named->at.t <= fork.t && named->at.t <= history->end_t;
}

/* The future that NAMED lies on, or as much of it as NAMED remembers. */
static const struct named *future_of(const struct history *history, const struct named *named)
{
	const struct named *future = find(history, named->future);

	return future && named->at.applied <= fork_of(&future->journal, &named->journal).applied ? future : named;
}

/* Make FUTURE the present one.  The snapshots that both have in common stay. */
static void change_to(struct history *history, const struct named *future)
{
	struct moment fork = fork_of(&history->journal, &future->journal);

	for (size_t i = history->keeps.len; i-- > 1;)
		if (!history_is_by(history->keeps.item[i]->at, fork))
			keeps_remove(history, i);
	breakpoints_forget_after(session_breakpoints(history->session), fork.t);
	history_forget_ahead(history);
	journal_copy(&history->journal, &future->journal);
	history->sealed = history->journal.entries.len;
	history->end_t = future->end_t;
	history->seen = (struct moment){ history->end_t, history->sealed };
	free(history->future);
	history->future = xstrdup(future->future);
}

/* Go to AT on FUTURE.  Interrupted, the present future and moment are the old ones. */
static bool go_over(struct history *history, const char *future, struct moment at, struct error *err)
{
	char *old = xstrdup(history->future);
	struct keep *here = keep_new(history);
	bool ok;

	remember_future(history);
	change_to(history, find(history, future));
	ok = history_come_to(history, at, err);
	if (!ok) {
		change_to(history, find(history, old));
		keep_restore(history, here);
	}
	keep_free(history, here);
	free(old);
	return ok;
}

bool history_restore(struct history *history, const char *name, struct error *err)
{
	const struct named *named = find(history, name);
	struct moment end = { history->end_t, history->journal.entries.len };

	if (!strcmp(name, history->future))
		return history_go_to(history, end, err);
	if (!named)
		return error_set(err,
				 "restore: there is no moment '%s'; 'snapshot NAME' makes one, 'snapshot' lists them",
				 name);
	if (is_here(history, named))
		return history_go_to(history, named->at, err);
	return go_over(history, future_of(history, named)->name, named->at, err);
}

/* ---- forgetting ---- */

void history_forget(struct history *history)
{
	cut(history);
	history->futures = 0;
	free(history->future);
	history->future = xstrdup(HISTORY_FIRST_FUTURE);
	for (size_t i = history->names.len; i-- > 0;)
		if (is_future(history->names.item[i]) || !is_here(history, history->names.item[i]))
			remove_at(history, i);
}
