/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/explain.h: the next instruction of a CPU in one line: what it will do, with the values that decide it.
 */
#ifndef SESSION_EXPLAIN_H
#define SESSION_EXPLAIN_H

#include "base/strbuf.h"
#include "session/session.h"

/* Append one line (no newline) on what CPU does next: "ldr x2, [x1]: reads branch_table+0x8, now -1; last written by
 * cpu0 at init_pen+0x1c, t=109".  Changes nothing. */
void explain_next(struct session *session, unsigned cpu, struct strbuf *out);

#endif /* SESSION_EXPLAIN_H */
