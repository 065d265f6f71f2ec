/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/starts.c: beginnings of steps, named in the history.
 */
#include "lesson/starts.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "session/breakpoints.h"
#include "session/history.h"
#include "session/run.h"

enum { NAME_SIZE = 32 };

/* Nobody can give a moment this name at the prompt: it has a blank. */
static void put_name(size_t index, char *name)
{
	snprintf(name, NAME_SIZE, "step %zu", index + 1);
}

static bool can_keep(const struct session *session)
{
	const struct history *history = session_history(session);

	return history && !history_is_past(history) && !strcmp(history_future(history), HISTORY_FIRST_FUTURE) &&
	       !breakpoints_count(session_breakpoints(session));
}

void starts_keep(struct starts *starts, struct session *session, size_t index)
{
	char name[NAME_SIZE];

	put_name(index, name);
	while (starts->len <= index)
		vec_add(starts, (struct start){ .is_kept = false });
	starts->item[index] = (struct start){
		.is_kept = can_keep(session) && history_name(session_history(session), name, NULL),
		.focus = session_focus(session),
	};
}

size_t starts_resume(struct starts *starts, struct session *session, size_t index)
{
	char name[NAME_SIZE];

	if (starts->len > index + 1)
		starts->len = index + 1;
	for (; starts->len > 1; starts->len--) {
		const struct start *start = &starts->item[starts->len - 1];

		put_name(starts->len - 1, name);
		if (!start->is_kept || !history_restore(session_history(session), name, NULL))
			continue;
		history_forget(session_history(session));
		session_set_focus(session, start->focus);
		run_arrived(session);
		return starts->len - 1;
	}
	return 0;
}

void starts_free(struct starts *starts)
{
	vec_free(starts);
}
