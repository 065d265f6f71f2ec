/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_session.c: commands about the session itself: focus, schedule, expectations, files, help.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "service/file.h"
#include "session/command_sets.h"
#include "session/console.h"
#include "session/drive.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/expr.h"
#include "session/help.h"
#include "session/info.h"

#define SCRIPT_SIZE_MAX	((size_t)1 << 20)

/* ---- focus, schedule ---- */

static bool do_cpu(struct command_call *call)
{
	unsigned count = machine_cpu_count(session_machine(call->session));
	uint64_t n = session_focus(call->session);

	if (*call->args && !expr_value(call->session, call->args, &n, call->err))
		return false;
	if (n >= count)
		return error_set(call->err, "cpu: no CPU %" PRIu64 "; there are CPUs 0 to %u", n, count - 1);
	session_set_focus(call->session, (unsigned)n);
	info_cpu_sentence(call->session, (unsigned)n, call->out);
	strbuf_putc(call->out, '\n');
	return true;
}

static bool do_sched(struct command_call *call)
{
	if (*call->args)
		return drive_set_sched(call->session, call->args, call->err);
	strbuf_printf(call->out, "%s\n", sched_name(machine_sched(session_machine(call->session))));
	return true;
}

static const struct { const char *word; enum injection what; bool has_count; } injections[] = {
	{ "stxr-fail", INJECT_STXR_FAIL, false }, { "spurious-wake", INJECT_SPURIOUS_WAKE, false },
	{ "drop-sev", INJECT_DROP_SEV, false }, { "freeze", INJECT_FREEZE, true },
};

/* A number at the start of *ARGS, stepped over. */
static bool take_number(struct command_call *call, const char **args, const char *what, uint64_t *n)
{
	char *end;

	*n = strtoull(*args, &end, 0);
	if (!isdigit((unsigned char)**args))
		return error_set(call->err, "%s: how many? %s N", call->name, what);
	*args = end + strspn(end, " \t");
	return true;
}

static bool inject_irq(struct command_call *call, const char *args)
{
	unsigned cpu = session_focus(call->session);
	uint64_t intid;

	if (!take_number(call, &args, "irq", &intid) || !command_take_cpu(call, &args, &cpu))
		return false;
	if (!drive_interrupt(call->session, cpu, (unsigned)intid))
		return error_set(call->err, "inject: this board has no interrupt %" PRIu64, intid);
	strbuf_printf(call->out, "interrupt %" PRIu64 " is pending\n", intid);
	return true;
}

/* What will come of it; WAS says how the CPU was. */
static void tell_injection(struct command_call *call, enum injection what, unsigned cpu, uint64_t n, enum cpu_state was)
{
	switch (what) {
	case INJECT_STXR_FAIL:
		strbuf_printf(call->out, "the next store-exclusive of CPU%u will fail\n", cpu);
		break;
	case INJECT_SPURIOUS_WAKE:
		strbuf_printf(call->out, was == CPU_WFE || was == CPU_WFI ? "CPU%u wakes for no reason\n" :
			      "CPU%u is not asleep: there is nothing to wake\n", cpu);
		break;
	case INJECT_DROP_SEV:
		strbuf_printf(call->out, "the next sev will not reach CPU%u\n", cpu);
		break;
	case INJECT_FREEZE:
		strbuf_printf(call->out, "CPU%u stands still while the others run %" PRIu64 " instructions\n", cpu, n);
		break;
	}
}

static bool do_inject(struct command_call *call)
{
	unsigned cpu = session_focus(call->session);
	const char *args = call->args;
	enum cpu_state was;
	uint64_t n = 0;

	if (command_take_word(&args, "irq"))
		return inject_irq(call, args);
	for (size_t i = 0; i < sizeof(injections) / sizeof(injections[0]); i++) {
		if (!command_take_word(&args, injections[i].word))
			continue;
		if (injections[i].has_count && !take_number(call, &args, injections[i].word, &n))
			return false;
		if (!command_take_cpu(call, &args, &cpu))
			return false;
		if (*args)
			return error_set(call->err, "inject: '%s' is too much", args);
		was = cpu_state(machine_cpu(session_machine(call->session), cpu));
		drive_inject(call->session, injections[i].what, cpu, n);
		tell_injection(call, injections[i].what, cpu, n, was);
		return true;
	}
	return error_set(call->err, "inject: stxr-fail, spurious-wake, drop-sev, freeze N or irq N, not '%s'",
			 call->args);
}

/* ---- expectations ---- */

/* A comparison that is false is told with both its sides. */
static bool do_expect(struct command_call *call)
{
	struct session *session = call->session;
	struct expr *e = *call->args ? expr_parse(session, call->args, call->err) : NULL;
	uint64_t value = 0;
	bool ok = e && expr_eval(e, session, &value, call->err);

	if (!*call->args)
		error_set(call->err, "%s: what? an expression that shall be true", call->name);
	if (ok && !value) {
		struct strbuf sides = STRBUF_INIT;

		expr_explain(e, session, &sides);
		error_set(call->err, "%s %s: false%s%s", call->name, call->args, sides.len ? ": " : "",
			  strbuf_text(&sides));
		strbuf_free(&sides);
		call->failed = true;
		ok = false;
	}
	expr_free(e);
	return ok;
}

/* ---- files ---- */

static bool is_allowed(struct command_call *call)
{
	if (!session_config(call->session)->is_confined)
		return true;
	return error_set(call->err, "%s: a lesson may not use files", call->name);
}

static bool do_source(struct command_call *call)
{
	struct command_result result;
	char *text;

	if (!*call->args)
		return error_set(call->err, "source: which file?");
	text = is_allowed(call) ? file_read_text(call->args, SCRIPT_SIZE_MAX, call->err) : NULL;
	if (!text)
		return false;
	result = command_execute_text(call->session, call->args, text, call->out);
	free(text);
	call->ran = result.ran;
	call->failed = result.status == COMMAND_FAILED;
	call->quit = result.status == COMMAND_QUIT;
	if (result.status == COMMAND_OK || result.status == COMMAND_QUIT)
		return true;
	return error_set(call->err, "%s", result.error.text);
}

static void put_events(const struct session *session, bool is_json, struct strbuf *out)
{
	const struct eventring *ring = session_events(session);

	if (is_json)
		eventlog_json_header("", out);
	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++)
		(is_json ? eventlog_format_json : eventlog_format_text)(session_loaded(session), eventring_at(ring, n),
									out);
}

/* The screen is the front end's, where there is one: its command writes it. */
static bool dump_screen(struct command_call *call, const char *file)
{
	struct strbuf line = STRBUF_INIT;
	struct command_result result;

	if (!command_find(call->session, "dump-screen", NULL))
		return error_set(call->err, "dump: there is no screen here");
	strbuf_printf(&line, "dump-screen %s", file);
	result = command_execute(call->session, strbuf_text(&line), call->out);
	strbuf_free(&line);
	return result.status == COMMAND_OK || error_set(call->err, "%s", result.error.text);
}

static bool do_dump(struct command_call *call)
{
	struct strbuf text = STRBUF_INIT;
	const char *args = call->args;
	bool is_events = command_take_word(&args, "events"), ok;
	size_t len = strlen(args);

	if (command_take_word(&args, "screen"))
		return dump_screen(call, args);
	if (!is_events && !command_take_word(&args, "console"))
		return error_set(call->err, "dump: events FILE, console FILE or screen FILE, not '%s'", call->args);
	if (!*args)
		return error_set(call->err, "dump: to which file?");
	if (!is_allowed(call))
		return false;
	if (is_events)
		put_events(call->session, len > 5 && !strcmp(args + len - 5, ".json"), &text);
	else
		strbuf_puts(&text, console_text(session_console(call->session), NULL));
	ok = file_write(args, strbuf_text(&text), text.len, call->err);
	strbuf_free(&text);
	return ok;
}

/* ---- help, quit ---- */

static bool do_help(struct command_call *call)
{
	return help_print(call->session, call->args, call->out, call->err);
}

static bool do_quit(struct command_call *call)
{
	call->quit = true;
	return command_no_args(call);
}

static bool do_echo(struct command_call *call)
{
	strbuf_printf(call->out, "%s\n", call->args);
	return true;
}

static const struct command items[] = {
	{ "cpu", "[N]", "look at CPU N: put it in focus", NULL, COMPLETE_CPU, NULL, do_cpu, NULL },
	{ "sched", "[SPEC]", "change the schedule: rr[:N] or random[:SEED]",
	  "rr:N gives each CPU N instructions in turn, random draws CPU and burst from its seed.\n"
	  "Alone it says which it is.",
	  COMPLETE_WORD, "rr random", do_sched, NULL },
	{ "inject", "stxr-fail|spurious-wake|drop-sev|freeze N|irq N [cpu N]",
	  "make something go wrong that may go wrong",
	  "stxr-fail: the next store-exclusive fails for no reason.\n"
	  "spurious-wake: a sleeping CPU wakes for no reason.\n"
	  "drop-sev: the next SEV does not reach the CPU.\n"
	  "freeze N: the CPU stands still for N instructions of the others.\n"
	  "irq N: interrupt N becomes pending.  The CPU in focus is meant, or CPU N.",
	  COMPLETE_WORD, "stxr-fail spurious-wake drop-sev freeze irq", do_inject, NULL },
	{ "expect", "EXPR", "fail when EXPR is 0", "A script or a case ends here with exit code 1.", COMPLETE_EXPR,
	  NULL,
	  do_expect, NULL },
	{ "goal", "EXPR", "is EXPR true? what a lesson's step wants", NULL, COMPLETE_EXPR, NULL, do_expect, NULL },
	{ "source", "FILE", "run the commands of a file, one a line", "Lines that start with # are comments.",
	  COMPLETE_FILE,
	  NULL, do_source, NULL },
	{ "dump", "events|console|screen FILE", "write the events kept, the guest's console or the screen to a file",
	  "Events are JSON when FILE ends in .json.", COMPLETE_WORD, "events console screen", do_dump, NULL },
	{ "echo", "TEXT", "print TEXT", NULL, COMPLETE_NONE, NULL, do_echo, NULL },
	{ "help", "[TOPIC|COMMAND]", "this list, or help on one thing", NULL, COMPLETE_COMMAND, NULL, do_help, "h" },
	{ "quit", "", "leave", NULL, COMPLETE_NONE, NULL, do_quit, "q" },
};

const struct command_set commands_session = { "Session", items, sizeof(items) / sizeof(items[0]) };
