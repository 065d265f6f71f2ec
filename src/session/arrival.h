/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/arrival.h: which exception brought a CPU to where it stands.
 */
#ifndef SESSION_ARRIVAL_H
#define SESSION_ARRIVAL_H

#include "base/strbuf.h"

struct session;

/* Append a line when the CPU in focus has just taken an exception (which, and of which instruction), or has faulted (at
 * which instruction); else nothing. */
void arrival_describe(struct session *session, struct strbuf *out);

#endif /* SESSION_ARRIVAL_H */
