/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/case.h: a case: a machine, commands, and what must come of them.
 *
 *	# A second CPU_ON for a CPU that is on its way changes nothing.
 *	[machine]
 *	board: psci-smc · cpus: 2
 *	[commands]
 *	until cpu1.state == wfe
 *	expect branch_table[1] == -1
 *	! step 0
 *	[events psci-call,psci-return]
 *	cpu0 EL1 __invoke_psci_fn_smc psci-call ...
 *	[output]
 *	...
 *
 * A command behind "!" must fail.  [events] and [output] are golden: the events of those kinds that happened, without
 * times and offsets, and what the commands printed.  The format is described in lessons/README.md.
 */
#ifndef LESSON_CASE_H
#define LESSON_CASE_H

#include <stdbool.h>

#include "lesson/machine_line.h"
#include "lesson/report.h"

enum { CASE_SIZE_MAX = 1 << 20 };

struct test_case;

/* Read the case in the LEN bytes at TEXT; FILE names it.  NULL with ERR ("FILE:LINE: ...") when it is none.  Free with
 * case_free(). */
struct test_case *case_parse(const char *text, size_t len, const char *file, struct error *err);
/* Free CASE; NULL is allowed. */
void case_free(struct test_case *test);

/* What the case proves: its first comment. */
const char *case_title(const struct test_case *test);

/* Run the case in the file PATH: one part of REPORT.  With UPDATE its golden sections are rewritten to what came. */
void case_run(const char *path, const struct machine_places *places, bool update, struct report *report);

#endif /* LESSON_CASE_H */
