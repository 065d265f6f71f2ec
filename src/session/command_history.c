/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_history.c: commands that go back, and that ask the past.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/breakpoints.h"
#include "session/command_sets.h"
#include "session/condition.h"
#include "session/expr.h"
#include "session/history.h"
#include "session/marks.h"
#include "session/names.h"
#include "session/run.h"

enum {
	INSN_SIZE = 4,
	ADDRESS_SIZE = 8,	/* bytes looked at, at an address without a type */
};

static struct history *history_of(struct command_call *call)
{
	struct history *history = session_history(call->session);

	if (!history)
		error_set(call->err, "%s: no history is kept in this run; the TUI and scripts keep one", call->name);
	return history;
}

static uint64_t now(const struct command_call *call)
{
	return machine_time(session_machine(call->session));
}

static const struct cpu *focus_cpu(const struct command_call *call)
{
	return machine_cpu_const(session_machine(call->session), session_focus(call->session));
}

static bool describe_place(struct command_call *call)
{
	struct history *history = session_history(call->session);

	call->ran = true;
	run_describe_stop(call->session, call->out);
	strbuf_puts(call->out, history_is_past(history) ? "  (in the past" : "");
	if (history_is_past(history) && strcmp(history_future(history), HISTORY_FIRST_FUTURE))
		strbuf_printf(call->out, " of %s", history_future(history));
	strbuf_puts(call->out, history_is_past(history) ? ")\n" : "\n");
	return true;
}

/* The machine went somewhere: say where it stands. */
static bool went(struct command_call *call)
{
	run_arrived(call->session);
	return describe_place(call);
}

static bool go(struct command_call *call, uint64_t t)
{
	return history_go(history_of(call), t, call->err) && went(call);
}

static bool do_back(struct command_call *call)
{
	struct history *history = history_of(call);
	const char *args = call->args;
	bool all = command_take_word(&args, "all");
	uint64_t count;

	call->args = args;
	if (!history || !command_count(call, &count))
		return false;
	if (all && count > now(call))
		return error_set(call->err, "back: the beginning of history is %" PRIu64 " instructions ago",
				 now(call));
	if (all)
		return go(call, now(call) - count);
	return history_back(history, session_focus(call->session), count, call->err) && went(call);
}

static bool do_goto(struct command_call *call)
{
	struct history *history = history_of(call);
	uint64_t t;

	if (!history)
		return false;
	if (!*call->args)
		return error_set(call->err, "goto: to what time? 0 to %" PRIu64, history_end(history));
	return expr_value(call->session, call->args, &t, call->err) && go(call, t);
}

/* ---- to where a CPU was at an instruction before ---- */

/* What is looked for. */
struct visit {
	unsigned cpu;
	gva_t pc;
	uint64_t sp;
	bool sp_or_above;	/* a stack pointer above that one will do */
};

static bool is_visit(void *ctx, struct session *session, const struct stop *stop)
{
	const struct visit *visit = ctx;
	uint64_t sp;

	if (stop->reason != STOP_MARK || stop->cpu != (int)visit->cpu || stop->pc != visit->pc)
		return false;
	sp = cpu_get_reg(machine_cpu_const(session_machine(session), visit->cpu), CPU_SP);
	return visit->sp_or_above ? sp >= visit->sp : sp == visit->sp;
}

/* Go to the last time before now that VISIT describes. */
static bool go_to_visit(struct command_call *call, struct visit *visit)
{
	struct marks *marks = session_marks(call->session);
	uint64_t t;
	gpa_t pa;
	struct history_look look = { is_visit, visit, false };
	bool ok;

	if (!names_physical(session_loaded(call->session), visit->cpu, visit->pc, &pa))
		return error_set(call->err, "%s: 0x%" PRIx64 " is not in memory", call->name, visit->pc);
	marks_add(marks, pa);
	ok = history_find_last(history_of(call), &look, &t, call->err);
	marks_remove(marks, pa);
	if (ok && t == UINT64_MAX)
		return error_set(call->err, "%s: CPU%u was not at 0x%" PRIx64 " with this stack before", call->name,
				 visit->cpu, visit->pc);
	return ok && history_go(history_of(call), t, call->err);
}

static bool do_rfinish(struct command_call *call)
{
	struct visit visit = { .cpu = session_focus(call->session), .sp_or_above = true };
	const struct cpu *cpu = focus_cpu(call);
	struct name name;
	uint64_t offset;

	if (!history_of(call) || !command_no_args(call))
		return false;
	if (!names_at(session_loaded(call->session), cpu_get_reg(cpu, CPU_PC), &name, &offset))
		return error_set(call->err, "rfinish: CPU%u is in no function that has a name", visit.cpu);
	visit.pc = cpu_get_reg(cpu, CPU_PC) - offset;
	visit.sp = cpu_get_reg(cpu, CPU_SP);
	if (offset && !go_to_visit(call, &visit))
		return false;
	/* From the first instruction of the function to the call. */
	return history_back(history_of(call), visit.cpu, 1, call->err) && went(call);
}

/* The word at PC as CPU sees it, 0 when it cannot be read. */
static uint32_t word_at(const struct command_call *call, unsigned cpu, gva_t pc)
{
	uint32_t word = 0;
	gpa_t pa;

	if (names_physical(session_loaded(call->session), cpu, pc, &pa))
		machine_peek(session_machine(call->session), pa, &word, sizeof(word));
	return word;
}

/* RET and ERET: going back over one of these is going into what was called. */
static bool is_return(uint32_t word)
{
	return (word & 0xfffffc1f) == 0xd65f0000 || (word & 0xfffff3ff) == 0xd69f03e0;
}

static bool do_rnext(struct command_call *call)
{
	struct visit visit = { .cpu = session_focus(call->session) };
	uint64_t count;

	if (!history_of(call) || !command_count(call, &count))
		return false;
	while (count--) {
		const struct cpu *cpu = focus_cpu(call);

		visit.pc = cpu_get_reg(cpu, CPU_PC) - INSN_SIZE;
		visit.sp = cpu_get_reg(cpu, CPU_SP);
		if (!history_back(history_of(call), visit.cpu, 1, call->err))
			return false;
		if (is_return(word_at(call, visit.cpu, cpu_get_reg(cpu, CPU_PC))) && !go_to_visit(call, &visit))
			return false;
	}
	return went(call);
}

/* ---- to the last breakpoint, or the last time that something came true ---- */

static bool is_breakpoint(void *ctx, struct session *session, const struct stop *stop)
{
	struct stop *last = ctx;

	if ((stop->reason != STOP_MARK && stop->reason != STOP_WATCH) ||
	    !breakpoints_would_hit(session_breakpoints(session), session, stop))
		return false;
	*last = *stop;
	return true;
}

/* Stand at time T where STOP was, as if the machine had just been run to there. */
static bool go_to_stop(struct command_call *call, uint64_t t, const struct stop *stop)
{
	struct history *history = history_of(call);

	if (!history_go(history, t, call->err))
		return false;
	/* Come to the mark, so that going on goes past it; it stops there before anything is run.  So does what a device
	 * stores, which comes before the instruction of that time. */
	if ((stop->reason == STOP_MARK || stop->cpu == EVENT_NO_CPU) &&
	    history_run(history, 1).reason != stop->reason && !history_go(history, t, call->err))
		return false;
	run_arrived_at(call->session, stop);
	return describe_place(call);
}

static bool to_the_beginning(struct command_call *call, const char *what)
{
	if (now(call) == 0)
		return error_set(call->err, "rcontinue: this is the beginning of history");
	if (!history_go(history_of(call), 0, call->err))
		return false;
	run_arrived(call->session);
	call->ran = true;
	strbuf_printf(call->out, "t=0  %s before: this is the beginning of history\n", what);
	return true;
}

static bool continue_to_breakpoint(struct command_call *call)
{
	struct stop last = { .reason = STOP_LIMIT };
	struct history_look look = { is_breakpoint, &last, false };
	uint64_t t = UINT64_MAX;

	/* Without any the whole past need not be run to see that none was hit. */
	if (breakpoints_count(session_breakpoints(call->session)) &&
	    !history_find_last(history_of(call), &look, &t, call->err))
		return false;
	if (t == UINT64_MAX)
		return to_the_beginning(call, "No breakpoint or watch was hit");
	return go_to_stop(call, t, &last);
}

/* When the condition in the arguments came true last; UINT64_MAX: never before now. */
static bool find_when(struct command_call *call, uint64_t *t)
{
	struct condition_list list = CONDITION_LIST_INIT;
	bool ok = condition_parse(&list, call->session, call->args, call->err);

	if (ok && (list.items.item[0].kind == CONDITION_IDLE || list.items.item[0].kind == CONDITION_OFF))
		ok = error_set(call->err, "%s: '%s' is how a run ends, and not looked for in the past", call->name,
			       call->args);
	ok = ok && history_when(history_of(call), &list, t, call->err);
	condition_list_free(&list);
	return ok;
}

static bool do_rcontinue(struct command_call *call)
{
	uint64_t t;

	if (!history_of(call))
		return false;
	if (!*call->args)
		return continue_to_breakpoint(call);
	if (!find_when(call, &t))
		return false;
	return t == UINT64_MAX ? to_the_beginning(call, "That did not come about") : go(call, t);
}

/* ---- questions ---- */

static void describe_store(const struct command_call *call, const struct history_store *store)
{
	const struct loaded *loaded = session_loaded(call->session);

	strbuf_printf(call->out, "t=%" PRIu64 " ", store->t);
	if (store->cpu == EVENT_NO_CPU) {
		strbuf_puts(call->out, store->by_device ? "by a device" : "by hand (set)");
	} else {
		strbuf_printf(call->out, "CPU%d at ", store->cpu);
		names_format(loaded, store->pc, call->out);
	}
	strbuf_printf(call->out, ": %s was 0x%" PRIx64, call->args, store->old);
	names_format_after(loaded, store->old, call->out);
	strbuf_printf(call->out, ", became 0x%" PRIx64, store->value);
	names_format_after(loaded, store->value, call->out);
	strbuf_putc(call->out, '\n');
}

/* The memory that EXPR names; what names none is an address. */
static bool locate(struct command_call *call, const struct expr *expr, gpa_t *pa, unsigned *size)
{
	uint64_t addr;

	if (expr_location(expr, call->session, pa, size, NULL))
		return machine_is_memory(session_machine(call->session), *pa, *size) ||
		       error_set(call->err, "%s: at 0x%" PRIx64 " is no memory: stores to devices are not kept",
				 call->name, *pa);
	*size = ADDRESS_SIZE;
	if (!expr_eval(expr, call->session, &addr, call->err))
		return false;
	if (names_physical(session_loaded(call->session), session_focus(call->session), addr, pa) &&
	    machine_is_memory(session_machine(call->session), *pa, *size))
		return true;
	return error_set(call->err, "%s: 0x%" PRIx64 " is not in memory, as CPU%u sees it", call->name, addr,
			 session_focus(call->session));
}

static bool do_who(struct command_call *call)
{
	struct history *history = history_of(call);
	struct history_store store;
	struct expr *expr;
	unsigned size = ADDRESS_SIZE;
	gpa_t pa;
	bool ok;

	if (!history)
		return false;
	if (!*call->args)
		return error_set(call->err, "who: stored where? a symbol or an address, like branch_table[1]");
	expr = expr_parse(call->session, call->args, call->err);
	if (!expr)
		return false;
	ok = locate(call, expr, &pa, &size) && history_who(history, pa, size, &store, call->err);
	expr_free(expr);
	if (ok)
		describe_store(call, &store);
	return ok;
}

static bool do_when(struct command_call *call)
{
	uint64_t t;

	if (!history_of(call) || !find_when(call, &t))
		return false;
	if (t == UINT64_MAX)
		return error_set(call->err, "when: '%s' has not come true before now", call->args);
	strbuf_printf(call->out, "t=%" PRIu64 ": '%s' came true last ('goto %" PRIu64 "' goes there)\n", t, call->args,
		      t);
	return true;
}

/* ---- settings ---- */

#define HISTORY_MEMORY	"history.memory"

bool command_is_setting(const char *args)
{
	size_t len = strlen(HISTORY_MEMORY);

	return !strncmp(args, HISTORY_MEMORY, len) && (!args[len] || strchr(" \t=", args[len]));
}

/* "64M", "1G"; false when it is not a size. */
static bool parse_size(const char *text, uint64_t *bytes)
{
	static const char units[] = "kmg";
	const char *unit;
	char *end;

	*bytes = strtoull(text, &end, 0);
	if (!isdigit((unsigned char)*text))
		return false;
	unit = *end ? strchr(units, tolower((unsigned char)*end)) : NULL;
	if (!unit)
		return !*end;
	if (end[1] || *bytes >> 32)
		return false;
	*bytes <<= 10 * (unit - units + 1);
	return true;
}

bool command_set_setting(struct command_call *call)
{
	const char *value = call->args + strlen(HISTORY_MEMORY);
	uint64_t bytes;

	value += strspn(value, " \t=");
	if (!parse_size(value, &bytes))
		return error_set(call->err, "set " HISTORY_MEMORY ": a size like 64M or 1G, not '%s'", value);
	if (!session_set_history_memory(call->session, bytes, call->err))
		return false;
	if (session_history(call->session) && history_bytes(session_history(call->session)) > bytes)
		strbuf_puts(call->out, "the first and the last snapshot take more than that, and are kept all the same\n");
	return true;
}

/* ---- moments with a name ---- */

static bool do_snapshot(struct command_call *call)
{
	struct history *history = history_of(call);

	if (!history)
		return false;
	if (!*call->args) {
		history_list(history, call->out);
		return true;
	}
	if (strpbrk(call->args, " \t"))
		return error_set(call->err, "snapshot: a name is one word, not '%s'", call->args);
	if (!history_name(history, call->args, call->err))
		return false;
	strbuf_printf(call->out, "%s is t=%" PRIu64 "\n", call->args, now(call));
	return true;
}

static bool do_restore(struct command_call *call)
{
	struct history *history = history_of(call);

	if (!history)
		return false;
	if (!*call->args)
		return error_set(call->err, "restore: which moment? 'snapshot' lists them");
	return history_restore(history, call->args, call->err) && went(call);
}

static const struct command items[] = {
	{ "back", "[all] [N]", "go back before the last N instructions of the CPU in focus",
	  "All CPUs, devices and monitors go back together.  'back all N' counts the instructions of all CPUs.",
	  COMPLETE_NONE, NULL, do_back, NULL },
	{ "rnext", "[N]", "like back, but a call or an SMC counts as one instruction", NULL, COMPLETE_NONE, NULL,
	  do_rnext, NULL },
	{ "rfinish", "", "go back to where the present function was called", NULL, COMPLETE_NONE, NULL, do_rfinish,
	  NULL },
	{ "rcontinue", "[COND]",
	  "go back to the last time that a breakpoint or a watch was hit, or that COND came true",
	  "Where that never was it goes to the beginning of history, as gdb does.\n"
	  "COND is what 'until' takes: milestone:NAME, cpuN:SYMBOL, online:N, event:NAME,\n"
	  "uart:TEXT or an expression.",
	  COMPLETE_CONDITION, NULL, do_rcontinue, NULL },
	{ "goto", "T", "go to the moment when T instructions had been run", NULL, COMPLETE_EXPR, NULL, do_goto, NULL },
	{ "who", "SYM|ADDR", "who stored there last, and when", "For example 'who branch_table[1]'.", COMPLETE_EXPR,
	  NULL, do_who, NULL },
	{ "when", "COND", "the last moment at which something came true",
	  "COND is what 'until' takes.  Registers are looked at after each instruction, which takes its time.",
	  COMPLETE_CONDITION, NULL, do_when, NULL },
	{ "snapshot", "[NAME]", "give this moment a name; without one, list the names",
	  "What is done in the past begins another future; the one that was there gets a name of its own.",
	  COMPLETE_NONE, NULL, do_snapshot, NULL },
	{ "restore", "NAME", "go to the moment, or to the end of the future, called NAME", NULL, COMPLETE_NONE, NULL,
	  do_restore, NULL },
};

const struct command_set commands_history = { "Going back", items, sizeof(items) / sizeof(items[0]) };
