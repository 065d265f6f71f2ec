/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_stops.c: commands for breakpoints and watches.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/breakpoints.h"
#include "session/command_sets.h"
#include "session/expr.h"
#include "session/names.h"

/* The text from START to END without blanks at its end. */
static char *copy_range(const char *start, const char *end)
{
	while (end > start && isspace((unsigned char)end[-1]))
		end--;
	return xstrndup(start, (size_t)(end - start));
}

/* "cpu N" and "if EXPR" behind what a breakpoint is on. */
static bool parse_limits(struct command_call *call, const char *args, struct breakpoint *b)
{
	unsigned cpu = CPU_MAX;

	if (!command_take_cpu(call, &args, &cpu))
		return false;
	b->cpu = cpu == CPU_MAX ? EVENT_NO_CPU : (int)cpu;
	if (command_take_word(&args, "if")) {
		b->condition = expr_parse(call->session, args, call->err);
		if (!b->condition)
			return error_prefix(call->err, "if");
		b->condition_text = xstrdup(args);
		return true;
	}
	return !*args || error_set(call->err, "%s: '%s' is neither 'cpu N' nor 'if EXPR'", call->name, args);
}

static void describe_limits(const struct breakpoint *b, struct strbuf *out)
{
	if (b->cpu != EVENT_NO_CPU)
		strbuf_printf(out, " cpu %d", b->cpu);
	if (b->condition_text)
		strbuf_printf(out, " if %s", b->condition_text);
}

/* Where the machine shall stop: an expression that is an address of code. */
static bool parse_place(struct command_call *call, struct breakpoint *b, const char **rest)
{
	struct session *session = call->session;
	struct expr *where = expr_parse_prefix(session, call->args, rest, call->err);
	bool ok = where && expr_eval(where, session, &b->va, call->err);

	expr_free(where);
	if (!ok)
		return false;
	if (!names_physical(session_loaded(session), session_focus(session), b->va, &b->pa))
		return error_set(call->err, "%s: nothing is mapped at 0x%" PRIx64, call->name, b->va);
	b->what = copy_range(call->args, *rest);
	return true;
}

static void release(struct breakpoint *b)
{
	free(b->what);
	free(b->condition_text);
	expr_free(b->condition);
}

static bool add_break(struct command_call *call, bool temporary)
{
	struct breakpoint b = { .kind = BREAKPOINT_CODE, .temporary = temporary };
	const struct breakpoint *added;
	const char *rest;

	if (!*call->args)
		return error_set(call->err, "%s: where? a symbol or an address", call->name);
	if (!parse_place(call, &b, &rest) || !parse_limits(call, rest, &b)) {
		release(&b);
		return false;
	}
	added = breakpoints_add(session_breakpoints(call->session), call->session, &b);
	strbuf_printf(call->out, "%s %u at 0x%" PRIx64, temporary ? "Temporary breakpoint" : "Breakpoint",
		      added->number,
		      added->va);
	names_format_after(session_loaded(call->session), added->va, call->out);
	describe_limits(added, call->out);
	strbuf_putc(call->out, '\n');
	return true;
}

static bool do_break(struct command_call *call)
{
	return add_break(call, false);
}

static bool do_tbreak(struct command_call *call)
{
	return add_break(call, true);
}

/* The whole object for a symbol that is an array, else what the expression reads. */
static bool parse_watched(struct command_call *call, struct breakpoint *b, const char **rest)
{
	struct session *session = call->session;
	struct expr *what = expr_parse_prefix(session, call->args, rest, call->err);
	struct name name;
	unsigned size;
	bool ok = what && expr_location(what, session, &b->pa, &size, call->err);

	expr_free(what);
	if (!ok)
		return false;
	if (!machine_is_memory(session_machine(session), b->pa, size))
		return error_set(call->err, "watch: at 0x%" PRIx64 " is no memory: stores to devices are not watched",
				 b->pa);
	b->what = copy_range(call->args, *rest);
	b->len = names_find(session_loaded(session), b->what, &name, NULL) && name.size ? name.size : size;
	return true;
}

static bool do_watch(struct command_call *call)
{
	struct breakpoint b = { .kind = BREAKPOINT_WATCH };
	const struct breakpoint *added;
	const char *rest;

	if (!*call->args)
		return error_set(call->err, "watch: what? a symbol, or memory like branch_table[1] or mem64[ADDR]");
	if (!parse_watched(call, &b, &rest) || !parse_limits(call, rest, &b)) {
		release(&b);
		return false;
	}
	added = breakpoints_add(session_breakpoints(call->session), call->session, &b);
	strbuf_printf(call->out, "Watch %u: %s, %" PRIu64 " bytes at 0x%" PRIx64, added->number, added->what,
		      added->len,
		      added->pa);
	describe_limits(added, call->out);
	strbuf_putc(call->out, '\n');
	return true;
}

/* Call FN for each number in the arguments. */
static bool for_each_number(struct command_call *call, bool (*fn)(struct command_call *call, unsigned number))
{
	const char *at = call->args;

	while (*at) {
		char *end;
		unsigned long n = strtoul(at, &end, 10);

		if (end == at || (*end && !isspace((unsigned char)*end)) || !n || n > UINT32_MAX)
			return error_set(call->err, "%s: '%s' is not the number of a breakpoint (info break)",
					 call->name, at);
		if (!fn(call, (unsigned)n))
			return error_set(call->err, "%s: no breakpoint or watch %lu (info break)", call->name, n);
		at = end + strspn(end, " \t");
	}
	return true;
}

static bool delete_one(struct command_call *call, unsigned number)
{
	return breakpoints_delete(session_breakpoints(call->session), call->session, number);
}

static bool do_delete(struct command_call *call)
{
	if (!*call->args)
		return delete_one(call, 0);
	return for_each_number(call, delete_one);
}

static bool enable_one(struct command_call *call, unsigned number)
{
	return breakpoints_enable(session_breakpoints(call->session), call->session, number, *call->name == 'e');
}

static bool do_enable(struct command_call *call)
{
	if (!*call->args)
		return error_set(call->err, "%s: which? numbers of 'info break'", call->name);
	return for_each_number(call, enable_one);
}

static const struct command items[] = {
	{ "break", "SYM|ADDR [cpu N] [if EXPR]", "stop before an instruction",
	  "On every CPU, or on CPU N alone; with a condition, only when EXPR is not 0\n"
	  "for the CPU that came there.",
	  COMPLETE_SYMBOL, NULL, do_break, "b" },
	{ "tbreak", "SYM|ADDR [cpu N] [if EXPR]", "like break, but once", NULL, COMPLETE_SYMBOL, NULL, do_tbreak,
	  NULL },
	{ "watch", "EXPR|SYM [cpu N] [if EXPR]", "stop after a store to memory",
	  "A symbol means all of it; branch_table[1] or mem32[ADDR] that word.  The value need not change.",
	  COMPLETE_EXPR, NULL, do_watch, "w" },
	{ "delete", "[N ...]", "delete breakpoints and watches, all when no number is given", NULL,
	  COMPLETE_NONE, NULL, do_delete, "d" },
	{ "enable", "N ...", "switch breakpoints and watches on", NULL, COMPLETE_NONE, NULL, do_enable, NULL },
	{ "disable", "N ...", "switch them off", NULL, COMPLETE_NONE, NULL, do_enable, NULL },
};

const struct command_set commands_stops = { "Breakpoints", items, sizeof(items) / sizeof(items[0]) };
