/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/eventlog_words.h: the words that events are told with, in text and in JSON alike.
 */
#ifndef SESSION_EVENTLOG_WORDS_H
#define SESSION_EVENTLOG_WORDS_H

#include "machine/event.h"

/* "on", "off", "suspended", "system-off", "system-reset". */
const char *eventlog_power_word(enum power_state state);
/* "sev", "irq", "monitor", "stream", "spurious", "event". */
const char *eventlog_wake_word(enum wake_by by);
/* "ok", "no-reservation", "lost", "address", "injected". */
const char *eventlog_stxr_word(enum stxr_why why);
/* "store", "stxr", "clrex", "eret", "zva", "replaced", "atomic". */
const char *eventlog_lost_word(enum lost_how how);

#endif /* SESSION_EVENTLOG_WORDS_H */
