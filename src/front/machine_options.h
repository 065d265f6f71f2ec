/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/machine_options.h: the MACHINE options, which every front end that makes a machine takes.
 */
#ifndef FRONT_MACHINE_OPTIONS_H
#define FRONT_MACHINE_OPTIONS_H

#include "base/error.h"
#include "base/vec.h"
#include "front/options.h"
#include "lesson/machine_line.h"
#include "session/session.h"

/* The options as they were given.  Start it with machine_options_init(). */
struct machine_options {
	struct session_config config;
	char *guest_dir, *source_dir;	/* owned; named by config.boot */
	char *linux_dir, *get_linux;	/* owned: where a fetched kernel is, and what fetches one; NULL: nowhere */
	struct machine_places places;	/* all of them, for lessons and cases */
	char *sched_text;		/* owned; contents of --sched file:PATH */
	VEC(char *) names;		/* owned: files of --load and --drive, and what "linux" stands for */
	bool wants_board_list;		/* -b help */
};

/* The table, for struct option_target with a struct machine_options. */
extern const struct option_table machine_option_table;

/* Nothing asked for yet, bundled files found.  False with ERR when they are nowhere. */
bool machine_options_init(struct machine_options *options, struct error *err);

/* Free what OPTIONS owns. */
void machine_options_free(struct machine_options *options);

/* Replay the schedule saved in PATH: --sched file:PATH. */
bool machine_options_load_schedule(struct machine_options *options, const char *path, struct error *err);

/* Print the bundled boards, a line each, as -b help wants it; the exit code. */
int machine_options_print_boards(const struct machine_options *options);

#endif /* FRONT_MACHINE_OPTIONS_H */
