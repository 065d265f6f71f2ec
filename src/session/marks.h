/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/marks.h: instructions at which the machine stops, counted: a breakpoint and a condition may share one.
 */
#ifndef SESSION_MARKS_H
#define SESSION_MARKS_H

#include "machine/machine.h"

struct marks;

/* No marks, for MACHINE. */
struct marks *marks_new(struct machine *machine);
/* Free MARKS, leaving the machine's as they are; NULL is allowed. */
void marks_free(struct marks *marks);

/* Stop before the instruction at the physical address PA. */
void marks_add(struct marks *marks, gpa_t pa);
/* One user less; the last one takes the mark off. */
void marks_remove(struct marks *marks, gpa_t pa);

#endif /* SESSION_MARKS_H */
