/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/starts.h: where the steps of a lesson began, to come back to without playing all the steps before.
 *
 * A boot of the lab takes a tenth of a second, one of a real kernel many.  So the beginning of a step is given a name
 * in the session's history, if going back to it makes just what resetting and playing would: it is the end of the
 * first future, and there is no breakpoint, for those do not go back.
 */
#ifndef LESSON_STARTS_H
#define LESSON_STARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/session.h"

/* One a step; start with VEC_INIT. */
struct start { bool is_kept; unsigned focus; };
struct starts { struct start *item; size_t len, size; };

/* Step INDEX begins now, all before it having been played by their solutions.  To be called in the order of the
 * steps. */
void starts_keep(struct starts *starts, struct session *session, size_t index);

/* Go to the beginning of step INDEX, or of the last one before it that was kept; its index.  0: nothing was done, the
 * machine is to be reset. */
size_t starts_resume(struct starts *starts, struct session *session, size_t index);

/* Free what STARTS holds, and make it empty. */
void starts_free(struct starts *starts);

#endif /* LESSON_STARTS_H */
