/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/notice.h: events of the session's own: what it finds out about a machine that stands still or gave up.
 *
 * The machine does not emit them, so going along what was done would not show them again: they are entries of the
 * journal, which say only when; what they say is found out anew.
 */
#ifndef SESSION_NOTICE_H
#define SESSION_NOTICE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "machine/event.h"
#include "session/session.h"

/* May KIND be noticed?  EVENT_DEADLOCK and EVENT_FAULT may. */
bool notice_is_kind(enum event_kind kind);

/* What there is to say about the machine as it stands, appended to OUT, and the CPU it is about in *CPU (EVENT_NO_CPU:
 * none).  False when nothing of KIND is the matter. */
bool notice_text(const struct session *session, enum event_kind kind, int *cpu, struct strbuf *out);

/* Hand the event to whoever listens to SESSION; nothing when nothing is the matter. */
void notice_emit(struct session *session, enum event_kind kind);

#endif /* SESSION_NOTICE_H */
