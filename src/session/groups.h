/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/groups.h: a line about each CPU, or one for several of which the same is true.
 *
 * Of 64 CPUs 63 may sleep in the same pen, each before its own slot: that is one line.
 */
#ifndef SESSION_GROUPS_H
#define SESSION_GROUPS_H

#include <stdint.h>

#include "base/strbuf.h"
#include "session/session.h"

/* Appends a sentence about CPU N to OUT, on one line without its end: "CPU1 sleeps in wfe at spin+0x28 in EL3 since
 * ...". */
typedef void groups_fn(const struct session *session, unsigned n, struct strbuf *out);

/* Append what FN says of the CPUs of the mask CPUS, a line each with its newline.  CPUs share a line when only their
 * own number, slot, MPIDR and times differ; it is then worded for all, with the particulars of the first: "CPU1-CPU3
 * sleep in wfe at spin+0x28 in EL3, CPU1 since ...". */
void groups_describe(const struct session *session, uint64_t cpus, groups_fn *fn, struct strbuf *out);

/* Append "CPU0", "CPU1, CPU3" or "CPU1-CPU3" for the mask CPUS. */
void groups_put_cpus(uint64_t cpus, struct strbuf *out);

#endif /* SESSION_GROUPS_H */
