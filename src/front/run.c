/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/run.c: `smptutor run`: boot without a screen, write what happens, stop, and say by the exit code how it ended.
 */
#include "session/run.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "device/board.h"
#include "front/machine_options.h"
#include "front/output.h"
#include "front/recorded.h"
#include "front/run_report.h"
#include "front/subcommand.h"
#include "front/ticker.h"
#include "machine/sched.h"
#include "service/file.h"
#include "session/command.h"
#include "session/console.h"

#define SCRIPT_SIZE_MAX	((size_t)1 << 20)

/* A --script or --exec, in the order given. */
struct step {
	const char *text;	/* the command, or the file's name */
	bool is_file;
	char *script;		/* what is in the file, once it was read; owned */
};

/* The RUN options as they were given. */
struct run_options {
	VEC(const char *) until;
	VEC(struct step) steps;
	uint64_t budget;
	const char *log, *uart, *save_sched, *record;
	enum eventlog_format format;
	uint64_t mask;
	bool wants_hash, wants_stats;
};

/* A run going on. */
struct run {
	const struct run_options *options;
	struct session *session;
	struct output_log log;
	FILE *uart;
	struct ticker ticker;
	struct condition_list until;
	uint64_t before;		/* instructions run before the last reset */
};

/* The session that C-c interrupts. */
static struct session *interrupted;

/* ---- options ---- */

static bool add_until(void *to, const char *value, struct error *err)
{
	(void)err;
	vec_add(&((struct run_options *)to)->until, value);
	return true;
}

static bool set_budget(void *to, const char *value, struct error *err)
{
	uint64_t *budget = &((struct run_options *)to)->budget;

	return options_number(value, budget, err) && (*budget || error_set(err, "0 instructions are none"));
}

static bool add_script(void *to, const char *value, struct error *err)
{
	(void)err;
	vec_add(&((struct run_options *)to)->steps, ((struct step){ value, true, NULL }));
	return true;
}

static bool add_command(void *to, const char *value, struct error *err)
{
	(void)err;
	vec_add(&((struct run_options *)to)->steps, ((struct step){ value, false, NULL }));
	return true;
}

OPTION_TEXT(set_log, struct run_options, log)

static bool set_format(void *to, const char *value, struct error *err)
{
	bool is_json = !strcmp(value, "json");

	((struct run_options *)to)->format = is_json ? EVENTLOG_JSON : EVENTLOG_TEXT;
	return is_json || !strcmp(value, "text") || error_set(err, "'%s' is neither text nor json", value);
}

static bool set_events(void *to, const char *value, struct error *err)
{
	return eventlog_parse_mask(value, &((struct run_options *)to)->mask, err);
}

OPTION_TEXT(set_uart, struct run_options, uart)
OPTION_TEXT(set_save_sched, struct run_options, save_sched)
OPTION_TEXT(set_record, struct run_options, record)
OPTION_FLAG(set_hash, struct run_options, wants_hash)
OPTION_FLAG(set_stats, struct run_options, wants_stats)

static const struct option_row rows[] = {
	{ 'u', "until", "COND", "stop when COND is true or happens (repeatable: any); see help conditions\n"
	  "(default: idle or off)", add_until },
	{ 'n', "max", "N", "budget of instructions over all CPUs (default 2,000,000,000)", set_budget },
	{ 'x', "script", "FILE", "first run the commands in FILE, one a line (repeatable)", add_script },
	{ 'e', "exec", "COMMAND", "first run COMMAND (repeatable, in order with --script)", add_command },
	{ 'l', "log", "FILE", "event log (default stdout, \"-\")", set_log },
	{ 0, "format", "FORMAT", "of the log: text (default) or json", set_format },
	{ 0, "events", "LIST", "which are logged: \"all\", \"none\", \"+ldxr\", \"-uart\", \"sev,table\"", set_events },
	{ 0, "uart", "FILE", "the guest's console, raw (\"-\": stdout)", set_uart },
	{ 0, "save-sched", "FILE", "what was run when, for --sched file:FILE", set_save_sched },
	{ 0, "record", "FILE", "write down what is needed to do this run again (smptutor replay FILE)", set_record },
	{ 0, "hash", NULL, "last line on stdout: one hash of all CPUs' and memory's state", set_hash },
	{ 0, "stats", NULL, "on stderr: instructions by CPU, exceptions by class, host seconds, rate", set_stats },
};

static const struct option_table run_option_table = { "Run", rows, sizeof(rows) / sizeof(rows[0]) };

/* ---- outputs ---- */

static void write_console(void *ctx, char c)
{
	struct run *run = ctx;

	putc(c, run->uart);
}

/* Before anything is opened: a mistake in one path shall leave no file at another. */
static bool check_outputs(const struct run_options *options, struct error *err)
{
	return output_check(options->log, err) && output_check(options->uart, err) &&
	       output_check(options->save_sched, err) && output_check(options->record, err);
}

static bool open_outputs(struct run *run, struct error *err)
{
	const struct run_options *options = run->options;

	run->log.format = options->format;
	run->log.mask = options->mask;
	run->log.file = output_open(options->log ? options->log : "-", err);
	if (!run->log.file)
		return false;
	if (options->uart) {
		run->uart = output_open(options->uart, err);
		if (!run->uart)
			return false;
		/* Somebody may be reading along. */
		setvbuf(run->uart, NULL, _IOLBF, BUFSIZ);
		console_set_listener(session_console(run->session), write_console, run);
	}
	output_log_start(&run->log, run->session);
	return true;
}

/* The run did not come about: what was written of it is of no use. */
static void discard_outputs(struct run *run)
{
	output_log_end(&run->log);
	if (run->uart)
		output_discard(run->uart, run->options->uart);
	output_discard(run->log.file, run->options->log);
}

static bool close_outputs(struct run *run, struct error *err)
{
	const char *log = run->options->log ? run->options->log : "-";
	bool ok = true;

	output_log_end(&run->log);
	if (run->uart)
		ok = output_close(run->uart, run->options->uart, err);
	return output_close(run->log.file, log, err) && ok;
}

/* ---- running ---- */

static void on_interrupt(int signal)
{
	(void)signal;
	session_interrupt(interrupted);
}

static enum exit_code exit_of_stop(const struct session_stop *stop)
{
	switch (stop->why) {
	case STOPPED_FAULT:
		return EXIT_FAULT;
	case STOPPED_BUDGET: case STOPPED_DEADLOCK: case STOPPED_LIVELOCK: case STOPPED_IDLE: case STOPPED_INTERRUPT:
	case STOPPED_SCHEDULE_END:
		return EXIT_STUCK;
	default:
		return EXIT_REACHED;
	}
}

static int exit_of_result(const struct command_result *result)
{
	if (result->status == COMMAND_FAILED)
		return subcommand_fail(&result->error, EXIT_FAILED);
	if (result->status == COMMAND_ERROR)
		return subcommand_fail(&result->error, EXIT_USAGE);
	return EXIT_REACHED;
}

/* Read STEP, and see that it can be done, before the machine starts. */
static bool prepare_step(const struct run *run, struct step *step, struct error *err)
{
	if (!step->is_file)
		return command_check(run->session, step->text, err);
	step->script = file_read_text(step->text, SCRIPT_SIZE_MAX, err);
	return step->script && command_check_text(run->session, step->text, step->script, err);
}

static bool prepare_steps(const struct run *run, struct error *err)
{
	for (size_t i = 0; i < run->options->steps.len; i++)
		if (!prepare_step(run, &run->options->steps.item[i], err))
			return false;
	return true;
}

static struct command_result do_step(struct run *run, const struct step *step, struct strbuf *out)
{
	return step->is_file ? command_execute_text(run->session, step->text, step->script, out) :
			       command_execute(run->session, step->text, out);
}

/* The scripts; *QUIT when one of them said so. */
static int do_steps(struct run *run, bool *quit)
{
	int code = EXIT_REACHED;

	*quit = false;
	for (size_t i = 0; i < run->options->steps.len && !code && !*quit; i++) {
		struct strbuf out = STRBUF_INIT;
		struct command_result result = do_step(run, &run->options->steps.item[i], &out);

		ticker_clear(&run->ticker);
		fputs(strbuf_text(&out), stdout);
		strbuf_free(&out);
		*quit = result.status == COMMAND_QUIT;
		code = exit_of_result(&result);
	}
	return code;
}

static bool parse_conditions(struct run *run, struct error *err)
{
	static const char *const usual[] = { "idle", "off" };
	const struct run_options *options = run->options;

	for (size_t i = 0; i < options->until.len; i++) {
		if (!condition_parse(&run->until, run->session, options->until.item[i], err)) {
			error_prefix(err, "--until");
			return false;
		}
	}
	for (size_t i = 0; !options->until.len && i < sizeof(usual) / sizeof(usual[0]); i++)
		condition_parse(&run->until, run->session, usual[i], NULL);
	return true;
}

/* Until a condition holds; a guest that resets the board starts again. */
static int do_run(struct run *run)
{
	uint64_t budget = run->options->budget;
	const struct session_stop *stop = run_until(run->session, &run->until, budget);
	struct error err = ERROR_NONE;

	while (stop->why == STOPPED_RESET && run->before + stop->t < budget) {
		run->before += stop->t;
		if (!session_reset(run->session, &err))
			return subcommand_fail(&err, EXIT_USAGE);
		stop = run_until(run->session, &run->until, budget - run->before);
	}
	return EXIT_REACHED;
}

static int boot(struct run *run)
{
	const struct run_options *options = run->options;
	bool quit;
	int code;

	session_start(run->session);
	code = do_steps(run, &quit);
	if (!code && !quit && (options->until.len || !options->steps.len))
		code = do_run(run);
	ticker_clear(&run->ticker);
	if (code)
		return code;
	code = exit_of_stop(session_stop(run->session));
	run_report_end(run->session, &(struct run_end){
		.code = code, .wanted = options->until.len ? options->until.item[0] : NULL,
		.is_scripted = options->steps.len && !options->until.len,
		.is_deadlock_told = run->log.file == stdout && run->log.format == EVENTLOG_TEXT &&
				    run->log.mask >> EVENT_DEADLOCK & 1,
	});
	return code;
}

/* ---- around it ---- */

static bool save_schedule(const struct run *run, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool ok;

	if (!run->options->save_sched)
		return true;
	sched_save(machine_sched(session_machine(run->session)), &text);
	ok = file_write(run->options->save_sched, strbuf_text(&text), text.len, err);
	strbuf_free(&text);
	return ok;
}

static void print_notes(const struct loaded *loaded)
{
	for (size_t i = 0; i < loaded->notes.len; i++)
		fprintf(stderr, "smptutor: %s: %s\n", loaded_note_word(&loaded->notes.item[i]),
			loaded->notes.item[i].text);
}

/* With the machine there, and the outputs open. */
static int run_session(struct run *run)
{
	struct error err = ERROR_NONE;
	double start = ticker_seconds();
	int code;

	print_notes(session_loaded(run->session));
	ticker_start(&run->ticker, run->session, run->uart != stdout && (run->log.file != stdout || !run->log.mask));
	interrupted = run->session;
	signal(SIGINT, on_interrupt);
	code = boot(run);
	signal(SIGINT, SIG_DFL);
	if (code == EXIT_USAGE) {
		discard_outputs(run);
		return code;
	}
	if (!save_schedule(run, &err))
		code = subcommand_fail(&err, EXIT_USAGE);
	if (run->options->wants_stats)
		run_report_stats(run->session, ticker_seconds() - start);
	if (!close_outputs(run, &err))
		code = subcommand_fail(&err, EXIT_USAGE);
	if (run->options->wants_hash)
		printf("hash 0x%016" PRIx64 "\n", machine_hash(session_machine(run->session)));
	if (!recorded_end(run->session, run->options->record, &err))
		code = subcommand_fail(&err, EXIT_USAGE);
	return code;
}

static int run_with(struct machine_options *machine, const struct run_options *options)
{
	struct run run = { .options = options, .until = CONDITION_LIST_INIT };
	struct error err = ERROR_NONE;
	int code;

	machine->config.record_sched = options->save_sched;
	machine->config.keep_history = options->steps.len > 0 || options->record;
	run.session = session_new(&machine->config, &err);
	if (!run.session)
		return subcommand_fail(&err, EXIT_USAGE);
	if (check_outputs(options, &err) && parse_conditions(&run, &err) && prepare_steps(&run, &err) &&
	    recorded_begin(run.session, options->record, &err) && open_outputs(&run, &err))
		code = run_session(&run);
	else
		code = subcommand_fail(&err, EXIT_USAGE);
	condition_list_free(&run.until);
	session_free(run.session);
	return code;
}

static int parse_and_run(struct machine_options *machine, struct run_options *options, int argc, char **argv)
{
	const struct option_target targets[] = {
		{ &machine_option_table, machine }, { &run_option_table, options }, { NULL, NULL },
	};
	struct error err = ERROR_NONE;
	int rest, code;

	if (!subcommand_begin(&subcommand_run, argc, argv, targets, &rest, &code))
		return code;
	if (rest) {
		error_set(&err, "run: '%s' is no option; files are given with -k, -f, -d, -i", argv[1]);
		return subcommand_fail(&err, EXIT_USAGE);
	}
	if (machine->wants_board_list)
		return machine_options_print_boards(machine);
	return run_with(machine, options);
}

static int run_main(const struct program *program, int argc, char **argv)
{
	struct run_options options = { .budget = RUN_DEFAULT_BUDGET, .mask = eventlog_default_mask() };
	struct machine_options machine;
	struct error err = ERROR_NONE;
	int code;

	(void)program;
	if (!machine_options_init(&machine, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	code = parse_and_run(&machine, &options, argc, argv);
	machine_options_free(&machine);
	vec_free(&options.until);
	for (size_t i = 0; i < options.steps.len; i++)
		free(options.steps.item[i].script);
	vec_free(&options.steps);
	return code;
}

static const struct option_table *const tables[] = { &machine_option_table, &run_option_table, NULL };

const struct subcommand subcommand_run = {
	"run", "[MACHINE] [RUN]", "boot without a screen, print what happens, stop",
	"The event log goes to stdout; notes on what was found in files, and errors, go to stderr.\n"
	"Exit code 0: a condition of --until was reached, or the machine went idle or\n"
	"powered itself off and none was asked for; 1: an expect failed; 2: a mistake in options or files;\n"
	"3: the guest faulted; 4: the budget ran out, or every CPU waits for ever.\n",
	tables, run_main,
};
