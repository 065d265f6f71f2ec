/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main/replay.c: `smptutor replay`: do a recording again, and see whether the same comes of it, or look at it on the
 * screen.
 */
#include "main/replay.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "front/machine_options.h"
#include "front/output.h"
#include "front/recorded.h"
#include "session/drive.h"
#include "session/history.h"
#include "ui/tui.h"

/* What was asked for. */
struct replay {
	struct machine_options machine;
	const char *log;
	uint64_t mask;
};

OPTION_TEXT(set_log, struct replay, log)

static bool set_events(void *to, const char *value, struct error *err)
{
	struct replay *replay = to;

	/* Who says which events wants to see them. */
	if (!replay->log)
		replay->log = "-";
	return eventlog_parse_mask(value, &replay->mask, err);
}

static const struct option_row rows[] = {
	{ 'l', "log", "FILE", "write the events to FILE (\"-\": stdout); default: nowhere, with --events stdout", set_log },
	{ 0, "events", "LIST", "which: \"all\", \"none\", \"+ldxr\", \"-uart\", \"sev,table\"", set_events },
};

static const struct option_table replay_option_table = { "Replay", rows, sizeof(rows) / sizeof(rows[0]) };

/* Along what was done, to the end.  Stops on the way were stops then, too, and did not end it. */
static void run_to_end(struct session *session, const struct recording *recording)
{
	uint64_t end = recording_end(recording);

	while (machine_time(session_machine(session)) < end) {
		uint64_t t = machine_time(session_machine(session));
		struct stop stop = drive_run(session, end - t);

		if (stop.reason != STOP_LIMIT && stop.reason != STOP_WISH &&
		    machine_time(session_machine(session)) == t)
			break;
	}
	/* What was done last may have been done by hand: an instruction more would be one too many. */
	drive_catch_up(session);
}

static int run_logged(const struct replay *replay, struct session *session, const struct recording *recording)
{
	struct output_log log = { .mask = replay->mask };
	struct error err = ERROR_NONE;

	if (!replay->log) {
		run_to_end(session, recording);
		return EXIT_REACHED;
	}
	log.file = output_open(replay->log, &err);
	if (!log.file)
		return subcommand_fail(&err, EXIT_USAGE);
	output_log_start(&log, session);
	/* The CPUs left reset before anybody could listen. */
	output_log_past(&log);
	run_to_end(session, recording);
	output_log_end(&log);
	return output_close(log.file, replay->log, &err) ? EXIT_REACHED : subcommand_fail(&err, EXIT_USAGE);
}

static int run_headless(const struct replay *replay, const char *path, struct session *session,
			const struct recording *recording)
{
	struct error err = ERROR_NONE;
	int code = run_logged(replay, session, recording);

	if (code)
		return code;
	if (!recording_check(recording, session, &err)) {
		error_prefix(&err, path);
		return subcommand_fail(&err, EXIT_FAILED);
	}
	printf("%s: the same machine at t=%" PRIu64 ", hash 0x%016" PRIx64 "\n", path, recording_end(recording),
	       machine_hash(session_machine(session)));
	return EXIT_REACHED;
}

/* At the end of what was recorded, with all of it as the past. */
static int run_screen(struct session *session, const struct recording *recording)
{
	struct tui_options options = { .script = NULL };
	struct error err = ERROR_NONE;

	run_to_end(session, recording);
	return tui_main(session, &options, &err) ? EXIT_REACHED : subcommand_fail(&err, EXIT_USAGE);
}

static int replay_file(struct replay *replay, const char *path, bool on_screen)
{
	struct error err = ERROR_NONE;
	struct recording *recording;
	struct session *session = recorded_open(path, &replay->machine, &recording, &err);
	int code;

	if (!session)
		return subcommand_fail(&err, EXIT_USAGE);
	code = on_screen ? run_screen(session, recording) : run_headless(replay, path, session, recording);
	session_free(session);
	recording_free(recording);
	return code;
}

static int parse_and_replay(struct replay *replay, int argc, char **argv)
{
	const struct option_target targets[] = {
		{ &replay_option_table, replay }, { &machine_option_table, &replay->machine }, { NULL, NULL },
	};
	struct error err = ERROR_NONE;
	bool on_screen;
	int rest, code;

	if (!subcommand_begin(&subcommand_replay, argc, argv, targets, &rest, &code))
		return code;
	on_screen = rest == 2 && !strcmp(argv[2], "tui");
	if (rest != 1 && !on_screen) {
		error_set(&err, "replay: which recording? replay FILE, or replay FILE tui");
		return subcommand_fail(&err, EXIT_USAGE);
	}
	return replay_file(replay, argv[1], on_screen);
}

static int replay_main(const struct program *program, int argc, char **argv)
{
	struct replay replay = { .mask = eventlog_default_mask() };
	struct error err = ERROR_NONE;
	int code;

	(void)program;
	if (!machine_options_init(&replay.machine, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	code = parse_and_replay(&replay, argc, argv);
	machine_options_free(&replay.machine);
	return code;
}

static const struct option_table *const tables[] = { &replay_option_table, &machine_option_table, NULL };

const struct subcommand subcommand_replay = {
	"replay", "FILE [tui] [MACHINE]", "do again what run --record or tui --record wrote down",
	"The machine is made as it was then, and what was done is done again.  Exit code 0: the same machine came of\n"
	"it; 1: another one; 2: the recording is damaged or by another version, or a file is not the one it was made\n"
	"with.  Options of MACHINE say where files are now that were elsewhere then.  With tui, the screen shows the\n"
	"end, and all of it is the past.\n",
	tables, replay_main,
};
