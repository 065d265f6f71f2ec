/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/info.h: words and lines about CPUs that commands, reports and views share.
 */
#ifndef SESSION_INFO_H
#define SESSION_INFO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "machine/cpu.h"
#include "session/session.h"

/* "running", "wfe", "wfi", "off", "faulted". */
const char *info_state_word(enum cpu_state state);

/* A system register of CPU by number, those that are parts of PSTATE included; false when it has none.  No side
 * effects. */
bool info_sysreg(const struct session *session, unsigned cpu, uint32_t number, uint64_t *value);

/* Append a table of all CPUs, a line each with a heading. */
void info_cpus(const struct session *session, struct strbuf *out);

/* Append one line on what CPU is doing, and why, as a sentence without its full stop: "CPU1 sleeps in wfe at spin+0x28
 * since t=1802". */
void info_cpu_sentence(const struct session *session, unsigned cpu, struct strbuf *out);

#endif /* SESSION_INFO_H */
