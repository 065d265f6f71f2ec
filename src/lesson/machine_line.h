/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/machine_line.h: the machine that a lesson or a case is played on, in one line:
 *
 *	board: psci-smc · cpus: 2 · append: hotplug=1
 *
 * The keys are the long names of the MACHINE options.  A field is kept as it was written until
 * machine_line_config() makes a session's configuration of all of them.
 */
#ifndef LESSON_MACHINE_LINE_H
#define LESSON_MACHINE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "session/session.h"

enum machine_field {
	MACHINE_BOARD, MACHINE_DTB, MACHINE_CPUS, MACHINE_MEMORY, MACHINE_FIRMWARE, MACHINE_KERNEL, MACHINE_INITRD,
	MACHINE_APPEND, MACHINE_LOAD, MACHINE_DRIVE, MACHINE_SYMBOLS, MACHINE_CPU, MACHINE_SCHED, MACHINE_EL,
	MACHINE_LENIENT, MACHINE_LIVELOCK, MACHINE_BUDGET,
	MACHINE_FIELD_COUNT,
};

/* Instructions that a lesson or a case may run, all steps together, when it does not say. */
#define MACHINE_LINE_BUDGET UINT64_C(100000000)

/* Where files are looked for. */
struct machine_places {
	const char *guest_dir;		/* the bundled images */
	const char *source_dir;		/* the bundled sources; NULL: not known */
	const char *linux_dir;		/* where tools/get-linux leaves a kernel and an initrd; NULL: nowhere */
	const char *get_linux;		/* that program; NULL: not known */
};

/* What stands for the fetched kernel, and for its initrd. */
#define MACHINE_LINUX "linux"

/* The file NAME ("vmlinuz", "initrd.gz") of the fetched kernel; free() it.  NULL with ERR, which says how to fetch one,
 * when it is not there. */
char *machine_places_find_linux(const struct machine_places *places, const char *name, struct error *err);

/* The fields that were given; owned. */
struct machine_line { char *value[MACHINE_FIELD_COUNT]; };

/* Free what LINE holds. */
void machine_line_free(struct machine_line *line);

/* Is KEY one of the fields? */
bool machine_line_has_key(const char *key);

/* Set the field KEY to a copy of VALUE.  False with ERR when there is no such field, it is set already, or VALUE
 * cannot be right for it. */
bool machine_line_set(struct machine_line *line, const char *key, const char *value, struct error *err);

/* Called with each "key: value" of a line. */
typedef bool machine_line_fn(void *ctx, const char *key, const char *value, struct error *err);

/* Split TEXT at its middle dots (U+00B7) and hand each "key: value" to FN, blanks trimmed.  False with ERR when a
 * piece is not of that form or FN says so. */
bool machine_line_split(const char *text, machine_line_fn *fn, void *ctx, struct error *err);

/* Can the machine of LINE not be made because no kernel was fetched?  ERR then says how to fetch one. */
bool machine_line_lacks_linux(const struct machine_line *line, const struct machine_places *places, struct error *err);

/* The budget that LINE sets, or the default. */
uint64_t machine_line_budget(const struct machine_line *line);

/* Fill in CONFIG.  A file is looked for in DIR (of the lesson or case; NULL: the working folder), then among the
 * bundled images.  Strings that are made for it are owned by LINE's holder through *OWNED, to be freed with
 * machine_owned_free(). False with ERR when a file is nowhere. */
struct machine_owned { char *item[MACHINE_FIELD_COUNT]; size_t count; };
bool machine_line_config(const struct machine_line *line, const char *dir, const struct machine_places *places,
			 struct session_config *config, struct machine_owned *owned, struct error *err);
/* Free the strings of OWNED, once the session has been made. */
void machine_owned_free(struct machine_owned *owned);

#endif /* LESSON_MACHINE_LINE_H */
