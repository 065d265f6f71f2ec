/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/goal.h: what a step wants: conditions on the machine, all of which must hold.
 *
 * A line of a goal is an expression, or "uart: TEXT" (the guest has written TEXT), or "stopped: WORD" (why the machine
 * stands: idle, off, fault, deadlock, livelock).
 */
#ifndef LESSON_GOAL_H
#define LESSON_GOAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "lesson/lesson.h"
#include "session/session.h"

struct goal;

/* The goal in BLOCK, its names resolved in SESSION, whose machine is asked for the events that are counted.  NULL
 * with ERR ("LINE: ...") when a line is wrong.  A block that is not there is a goal that holds.  Free with
 * goal_free(). */
struct goal *goal_new(const struct lesson_block *block, struct session *session, struct error *err);
/* Free GOAL; NULL is allowed. */
void goal_free(struct goal *goal);

/* Number of its lines. */
size_t goal_count(const struct goal *goal);
/* The line INDEX as it was written. */
const char *goal_text(const struct goal *goal, size_t index);
/* Does line INDEX hold now?  One that cannot be evaluated (nothing mapped there yet) does not. */
bool goal_line_holds(const struct goal *goal, const struct session *session, size_t index);
/* Do all? */
bool goal_holds(const struct goal *goal, const struct session *session);

/* Can anything that the machine does change line INDEX? */
bool goal_can_change(const struct goal *goal, size_t index);

/* Append what line INDEX comes to now: "cpu1.state == wfe: false: running, wfe". */
void goal_explain(const struct goal *goal, const struct session *session, size_t index, struct strbuf *out);

#endif /* LESSON_GOAL_H */
