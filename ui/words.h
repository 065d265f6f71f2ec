/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/words.h: events and CPUs in a few words, as the strip and the timeline need them.
 */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "base/strbuf.h"
#include "machine/event.h"
#include "ui/line.h"
#include "ui/model.h"

/* Append EVENT in a few words: "sev", "woken by sev of CPU0", "branch_table[1] = secondary_entry". */
void words_event(const struct model *model, const struct event *event, struct strbuf *out);

/* What the milestone NAME is called in SESSION's kernel: stext is primary_entry in Debian's, and the code says so, too.
 * A function of the firmware keeps the name by which it is told from the kernel's. */
const char *words_milestone(const struct session *session, const char *name);

/* The style that fits what EVENT is. */
enum style words_event_style(const struct event *event);

/* The style that fits what CPU is doing. */
enum style words_state_style(const struct cpu *cpu);

/* A line of TEXT that is not wider than WIDTH columns, from byte *AT on; *AT is moved behind it (and a blank or
 * newline). False at the end.  Lines are broken at blanks. */
bool words_wrap(const char *text, int width, size_t *at, size_t *start, size_t *len);

#endif /* UI_WORDS_H */
