/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/breakpoints.h: breakpoints and watches, numbered together from 1 as gdb does.
 */
#ifndef SESSION_BREAKPOINTS_H
#define SESSION_BREAKPOINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"
#include "machine/machine.h"

struct expr;
struct session;

enum breakpoint_kind { BREAKPOINT_CODE, BREAKPOINT_WATCH };

/* A stop at one of them. */
struct breakpoint_hit { uint64_t t; int cpu; };

/* One of them. */
struct breakpoint {
	unsigned number;
	enum breakpoint_kind kind;
	char *what;		/* as it was written: "spin", "branch_table[1]" */
	gva_t va;		/* CODE: the instruction */
	gpa_t pa;		/* CODE: the same; WATCH: first byte watched */
	uint64_t len;		/* WATCH: bytes */
	int cpu;		/* only for this CPU, or EVENT_NO_CPU */
	struct expr *condition;	/* or NULL */
	char *condition_text;
	bool temporary;		/* deleted when hit */
	bool enabled;
	VEC(struct breakpoint_hit) hits;	/* where it stopped the machine, in no order */
	int watch_id;		/* WATCH: the machine's */
};

struct breakpoints;

/* None yet. */
struct breakpoints *breakpoints_new(void);
/* Free BP; NULL is allowed. */
void breakpoints_free(struct breakpoints *bp);

/* Add a copy of B (number, hits and watch_id aside; what, condition and condition_text become the breakpoint's) and arm
 * it in SESSION's machine.  Returns it. */
const struct breakpoint *breakpoints_add(struct breakpoints *bp, struct session *session, const struct breakpoint *b);

/* Delete NUMBER (0: all).  False when there is none. */
bool breakpoints_delete(struct breakpoints *bp, struct session *session, unsigned number);

/* Switch NUMBER on or off.  False when there is none. */
bool breakpoints_enable(struct breakpoints *bp, struct session *session, unsigned number, bool on);

/* How often B stopped the machine before time NOW, or at it: going back takes hits back, going on brings them again. */
uint64_t breakpoint_hits(const struct breakpoint *b, uint64_t now);

/* What comes after time T is to be another future: forget the hits there. */
void breakpoints_forget_after(struct breakpoints *bp, uint64_t t);

/* How many there are, and the one at INDEX in order of number. */
size_t breakpoints_count(const struct breakpoints *bp);
/* The breakpoint at INDEX. */
const struct breakpoint *breakpoints_at(const struct breakpoints *bp, size_t index);

/* The breakpoint on the instruction at PA, for the code view; NULL when there is none. */
const struct breakpoint *breakpoints_on(const struct breakpoints *bp, gpa_t pa);

/* Arm all of them in the (new) machine of SESSION, none hit yet. */
void breakpoints_arm(struct breakpoints *bp, struct session *session);

/* The machine stopped as STOP says: the breakpoint that this is, counted as hit; NULL when none is meant (wrong CPU,
 * false condition): then the run goes on. */
const struct breakpoint *breakpoints_hit(struct breakpoints *bp, struct session *session, const struct stop *stop);

/* Would breakpoints_hit() find one?  Nothing is counted. */
bool breakpoints_would_hit(const struct breakpoints *bp, struct session *session, const struct stop *stop);

#endif /* SESSION_BREAKPOINTS_H */
