/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/journal.h: a list of what was done to a machine, and doing one of it again.
 *
 * Private to session/history*.c.
 */
#ifndef SESSION_JOURNAL_H
#define SESSION_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "session/history.h"

struct journal { VEC(struct entry) entries; };

/* Append a copy of ENTRY. */
void journal_add(struct journal *journal, const struct entry *entry);

/* Forget all but the first COUNT entries. */
void journal_truncate(struct journal *journal, size_t count);

/* Make TO a copy of FROM. */
void journal_copy(struct journal *to, const struct journal *from);

/* How many entries A and B have in common at their start. */
size_t journal_common(const struct journal *a, const struct journal *b);

/* Do ENTRY to SESSION's machine now; LIMIT bounds the instructions of an ENTRY_STEP, and *STOP is set for one.  False
 * when the machine refused. */
bool journal_apply(struct session *session, const struct entry *entry, uint64_t limit, struct stop *stop);

#endif /* SESSION_JOURNAL_H */
