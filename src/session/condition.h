/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/condition.h: what a run can wait for.
 *
 *	milestone:NAME | cpuN:SYMBOL | online:N | event:NAME | uart:TEXT | idle | off | EXPRESSION
 *
 * milestone, event and uart are about what happens from the start of the run on, the others about how things are.
 */
#ifndef SESSION_CONDITION_H
#define SESSION_CONDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "machine/event.h"
#include "session/session.h"

struct expr;

enum condition_kind {
	CONDITION_MILESTONE, CONDITION_AT, CONDITION_ONLINE, CONDITION_EVENT, CONDITION_UART, CONDITION_IDLE,
		CONDITION_OFF,
	CONDITION_EXPR,
};

/* One condition. */
struct condition {
	enum condition_kind kind;
	char *text;		/* as it was written */
	char *name;		/* MILESTONE: its name; UART: the text */
	int cpu;		/* AT: the CPU, or EVENT_NO_CPU for any */
	gva_t va;		/* AT: the address */
	gpa_t pa;
	uint64_t number;	/* ONLINE: how many */
	enum event_kind event;
	struct expr *expr;
	bool hit;		/* seen happen in this run */
	uint64_t from;		/* UART: bytes written before this run */
};

/* Conditions, any of which will do.  Start it with CONDITION_LIST_INIT. */
struct condition_list {
	VEC(struct condition) items;
	struct machine *machine;	/* during a run */
	VEC(int) watches;		/* of the machine, during a run */
};
#define CONDITION_LIST_INIT { VEC_INIT, NULL, VEC_INIT }

/* Parse TEXT and add it to LIST; false with ERR when it is not one. */
bool condition_parse(struct condition_list *list, const struct session *session, const char *text, struct error *err);

/* Free what LIST holds. */
void condition_list_free(struct condition_list *list);

/* A run begins: forget what was seen to happen, and arm the marks and watches that stop the machine where a condition
 * may have come about. */
void condition_list_start(struct condition_list *list, struct session *session);
/* The run is over: disarm them. */
void condition_list_end(struct condition_list *list, struct session *session);

/* EVENT happened; true when a condition may hold now. */
bool condition_list_see_event(struct condition_list *list, const struct event *event);
/* A byte was written to CONSOLE; true when a condition holds now. */
bool condition_list_see_console(struct condition_list *list, const struct console *console);

/* Index of the first condition that holds now (IDLE and OFF by the last stop), or -1. */
int condition_list_check(const struct condition_list *list, const struct session *session);

/* Has one of the conditions that are events (MILESTONE, EVENT, UART) come about since the last call or the start?  Then none
 * has any more. */
bool condition_list_take_hits(struct condition_list *list);

/* Must the conditions be looked at after each instruction, or only when the machine stopped for one of them? */
bool condition_list_needs_each_instruction(const struct condition_list *list);

/* Does one of them wait for an event? */
bool condition_list_has_event(const struct condition_list *list);

#endif /* SESSION_CONDITION_H */
