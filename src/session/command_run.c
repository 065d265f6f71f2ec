/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_run.c: commands that run the machine.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "machine/machine.h"
#include "session/command_sets.h"
#include "session/expr.h"
#include "session/run.h"

bool command_no_args(struct command_call *call)
{
	if (!*call->args)
		return true;
	return error_set(call->err, "%s takes no arguments, but there is '%s'", call->name, call->args);
}

bool command_count(struct command_call *call, uint64_t *count)
{
	*count = 1;
	if (!*call->args)
		return true;
	if (!expr_value(call->session, call->args, count, call->err))
		return false;
	return *count || error_set(call->err, "%s: how often? 0 is never", call->name);
}

bool command_take_word(const char **args, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*args, word, len) || ((*args)[len] && !isspace((unsigned char)(*args)[len])))
		return false;
	*args += len + strspn(*args + len, " \t");
	return true;
}

bool command_take_cpu(struct command_call *call, const char **args, unsigned *cpu)
{
	unsigned count = machine_cpu_count(session_machine(call->session));
	unsigned long n;
	char *end;

	if (!command_take_word(args, "cpu"))
		return true;
	n = strtoul(*args, &end, 10);
	if (!isdigit((unsigned char)**args) || n >= count)
		return error_set(call->err, "%s: no CPU '%.*s'; there are CPUs 0 to %u", call->name,
				 (int)strcspn(*args, " \t"), *args, count - 1);
	*cpu = (unsigned)n;
	*args = end + strspn(end, " \t");
	return true;
}

/* The machine was run: say where it stands. */
static bool ran(struct command_call *call)
{
	call->ran = true;
	run_describe_stop(call->session, call->out);
	strbuf_putc(call->out, '\n');
	return true;
}

static bool do_step(struct command_call *call)
{
	uint64_t count;

	if (!command_count(call, &count))
		return false;
	run_step(call->session, session_focus(call->session), count);
	return ran(call);
}

static bool do_next(struct command_call *call)
{
	uint64_t count;

	if (!command_count(call, &count))
		return false;
	run_next(call->session, session_focus(call->session), count);
	return ran(call);
}

static bool do_finish(struct command_call *call)
{
	if (!command_no_args(call))
		return false;
	run_finish(call->session, session_focus(call->session));
	return ran(call);
}

static bool do_continue(struct command_call *call)
{
	uint64_t budget = RUN_DEFAULT_BUDGET;

	if (*call->args && !command_count(call, &budget))
		return false;
	run_continue(call->session, budget);
	return ran(call);
}

static bool do_until(struct command_call *call)
{
	struct condition_list list = CONDITION_LIST_INIT;
	bool ok = condition_parse(&list, call->session, call->args, call->err);

	if (ok)
		run_until(call->session, &list, RUN_DEFAULT_BUDGET);
	condition_list_free(&list);
	return ok && ran(call);
}

static bool do_round(struct command_call *call)
{
	uint64_t count;

	if (!command_count(call, &count))
		return false;
	run_round(call->session, count);
	return ran(call);
}

static bool do_run_others(struct command_call *call)
{
	uint64_t count;

	if (!command_count(call, &count))
		return false;
	run_others(call->session, session_focus(call->session), count);
	return ran(call);
}

static bool do_reset(struct command_call *call)
{
	if (!command_no_args(call) || !session_reset(call->session, call->err))
		return false;
	return ran(call);
}

static const struct command items[] = {
	{ "step", "[N]", "run N instructions of the CPU in focus, the others stand still",
	  "A CPU that sleeps or is off runs nothing.  One instruction when N is not given.",
	  COMPLETE_NONE, NULL, do_step, "s" },
	{ "next", "[N]", "like step, but a call, an SMC or a sleep counts as one instruction",
	  "While the call or the sleep lasts, all CPUs run by the schedule.",
	  COMPLETE_NONE, NULL, do_next, "n" },
	{ "finish", "", "run until the CPU in focus has returned from its function or handler",
	  "All CPUs run by the schedule meanwhile.", COMPLETE_NONE, NULL, do_finish, "f" },
	{ "continue", "[N]", "run all CPUs by the schedule",
	  "Until a breakpoint, a watch or the end; N is a budget of instructions over all CPUs.",
	  COMPLETE_NONE, NULL, do_continue, "c" },
	{ "until", "COND", "run until something is true or happens",
	  "COND is milestone:NAME, cpuN:SYMBOL, online:N, event:NAME, uart:TEXT, idle, off, or an expression,\n"
	  "like 'until cpu1.state == wfe'.  What is true already ends it at once; milestone, event and\n"
	  "uart wait for the next time.",
	  COMPLETE_CONDITION, NULL, do_until, "u" },
	{ "round", "[N]", "run one instruction of every CPU that is awake, N times", NULL, COMPLETE_NONE, NULL,
	  do_round, NULL },
	{ "run-others", "[N]", "run one instruction of every CPU but the one in focus, N times", NULL,
	  COMPLETE_NONE, NULL, do_run_others, NULL },
	{ "reset", "", "start again from the first instruction",
	  "The files are read anew; breakpoints and watches stay.",
	  COMPLETE_NONE, NULL, do_reset, NULL },
};

const struct command_set commands_run = { "Running", items, sizeof(items) / sizeof(items[0]) };
