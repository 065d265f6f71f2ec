/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog.h: events as lines, for people ("T cpuN ELx symbol+off  event  details") and for programs (JSON).
 */
#ifndef SESSION_EVENTLOG_H
#define SESSION_EVENTLOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "machine/event.h"

struct session;
struct loaded;

enum eventlog_format { EVENTLOG_TEXT, EVENTLOG_JSON };

/* The name of KIND in logs and expressions ("wfe-sleep"), and the kind of a NAME; -1 when there is none. */
const char *eventlog_kind_name(enum event_kind kind);
/* The kind called NAME. */
int eventlog_find_kind(const char *name);
/* Set ERR: there is no event NAME, and which one may be meant, or WHERE to look; false. */
bool eventlog_complain(const char *name, const char *where, struct error *err);
/* One line on what KIND means. */
const char *eventlog_kind_brief(enum event_kind kind);

/* Kinds that are logged when nothing else is said: all but those that come in floods (bit n: kind n). */
uint64_t eventlog_default_mask(void);

/* Change *MASK as LIST says: "all", "none", "default", "+ldxr", "-uart", "psci-call,sev" (only these).  False with ERR
 * naming the word that is no event. */
bool eventlog_parse_mask(const char *list, uint64_t *mask, struct error *err);

/* EVENT's details in words, without time and place: "CPU_ON mpidr=0x1 entry=secondary_entry ctx=0". */
void eventlog_details(const struct loaded *loaded, const struct event *event, struct strbuf *out);

/* The whole line with its newline. */
void eventlog_format_text(const struct loaded *loaded, const struct event *event, struct strbuf *out);
/* The same with DETAILS for its details. */
void eventlog_format_text_as(const struct loaded *loaded, const struct event *event, const char *details,
			     struct strbuf *out);
/* The same as one JSON object. */
void eventlog_format_json(const struct loaded *loaded, const struct event *event, struct strbuf *out);
/* The first line of a JSON log; VERSION is the program's. */
void eventlog_json_header(const char *version, struct strbuf *out);

#endif /* SESSION_EVENTLOG_H */
