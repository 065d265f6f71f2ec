/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/command_info.c: `info`: what is known of the machine and of the session.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "device/board.h"
#include "service/board_desc.h"
#include "service/board_report.h"
#include "service/symbols.h"
#include "service/sysreg.h"
#include "session/arrival.h"
#include "session/breakpoints.h"
#include "session/command_sets.h"
#include "session/contract.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/history.h"
#include "session/explain.h"
#include "session/info.h"
#include "session/names.h"
#include "session/psci_state.h"
#include "session/reached.h"
#include "session/tables.h"
#include "session/why.h"

enum { EVENTS_SHOWN = 20 };

static struct machine *machine_of(const struct command_call *call)
{
	return session_machine(call->session);
}

/* ---- cpus ---- */

static bool print_cpus(struct command_call *call, const char *args)
{
	(void)args;
	info_cpus(call->session, call->out);
	return true;
}

/* ---- regs ---- */

/* System registers that say most about a CPU at each level. */
static const char *const level_regs[4][8] = {
	{ "tpidr_el0", "sctlr_el1", "ttbr0_el1", "tcr_el1" },
	{ "sctlr_el1", "ttbr0_el1", "ttbr1_el1", "tcr_el1", "vbar_el1", "esr_el1", "elr_el1", "spsr_el1" },
	{ "sctlr_el2", "hcr_el2", "vbar_el2", "esr_el2", "elr_el2", "spsr_el2" },
	{ "sctlr_el3", "scr_el3", "vbar_el3", "esr_el3", "elr_el3", "spsr_el3" },
};

static void put_reg(struct command_call *call, const char *name, uint64_t value, bool is_wide)
{
	const struct loaded *loaded = session_loaded(call->session);
	size_t start = call->out->len;

	strbuf_printf(call->out, "%-5s 0x%016" PRIx64, name, value);
	names_format_after(loaded, value, call->out);
	if (is_wide)
		strbuf_putc(call->out, '\n');
	else
		strbuf_pad(call->out, start + 60);
}

static void put_general(struct command_call *call, const struct cpu *cpu)
{
	char name[8];

	for (int i = 0; i <= CPU_X30; i++) {
		name[0] = 'x';
		name[1] = i < 10 ? (char)('0' + i) : (char)('0' + i / 10);
		name[2] = i < 10 ? '\0' : (char)('0' + i % 10);
		name[3] = '\0';
		put_reg(call, name, cpu_get_reg(cpu, i), true);
	}
	put_reg(call, "sp", cpu_get_reg(cpu, CPU_SP), true);
	put_reg(call, "pc", cpu_get_reg(cpu, CPU_PC), true);
	strbuf_puts(call->out, "state ");
	sysreg_describe_pstate(cpu_get_reg(cpu, CPU_PSTATE), call->out);
	strbuf_putc(call->out, '\n');
}

static void put_sysreg(struct command_call *call, unsigned cpu, const struct sysreg *reg)
{
	uint64_t value;

	if (!info_sysreg(call->session, cpu, reg->number, &value))
		return;
	strbuf_printf(call->out, "%-16s 0x%016" PRIx64, reg->name, value);
	if (reg->fields) {
		strbuf_puts(call->out, "  ");
		sysreg_describe(reg, value, call->out);
	} else {
		names_format_after(session_loaded(call->session), value, call->out);
	}
	strbuf_putc(call->out, '\n');
}

static bool put_named(struct command_call *call, unsigned cpu, const char *name)
{
	const struct sysreg *reg = sysreg_find(name);

	if (!reg)
		return error_set(call->err, "info regs: '%s' is no system register (print takes all registers)", name);
	put_sysreg(call, cpu, reg);
	return true;
}

static bool print_regs(struct command_call *call, const char *args)
{
	unsigned cpu = session_focus(call->session);
	const struct cpu *c;

	if (!command_take_cpu(call, &args, &cpu))
		return false;
	c = machine_cpu_const(machine_of(call), cpu);
	if (command_take_word(&args, "all")) {
		for (size_t i = 0; i < sysreg_count(); i++)
			put_sysreg(call, cpu, sysreg_at(i));
		return true;
	}
	if (*args)
		return put_named(call, cpu, args);
	put_general(call, c);
	for (size_t i = 0; i < 8 && level_regs[cpu_el(c)][i]; i++)
		put_named(call, cpu, level_regs[cpu_el(c)][i]);
	return true;
}

/* ---- monitors ---- */

static bool print_monitors(struct command_call *call, const char *args)
{
	(void)args;
	strbuf_puts(call->out, "CPU  monitor    address\n");
	for (unsigned n = 0; n < machine_cpu_count(machine_of(call)); n++) {
		struct reservation r = cpu_reservation(machine_cpu_const(machine_of(call), n));

		strbuf_printf(call->out, "%3u  %s", n, r.valid ? "exclusive  " : "open\n");
		if (!r.valid)
			continue;
		names_format(session_loaded(call->session), r.addr, call->out);
		strbuf_printf(call->out, " (0x%" PRIx64 ", %u bytes)\n", r.addr, r.size);
	}
	return true;
}

/* ---- events ---- */

static void print_counts(struct command_call *call, const struct eventring *ring)
{
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		if (eventring_count(ring, kind))
			strbuf_printf(call->out, "%10" PRIu64 "  %s\n", eventring_count(ring, kind),
				      eventlog_kind_name(kind));
}

static bool print_events(struct command_call *call, const char *args)
{
	const struct eventring *ring = session_events(call->session);
	uint64_t want = EVENTS_SHOWN, first = eventring_first(ring), next = eventring_next(ring);
	char *end;

	if (command_take_word(&args, "count")) {
		print_counts(call, ring);
		return true;
	}
	if (*args) {
		want = strtoull(args, &end, 10);
		if (*end)
			return error_set(call->err, "info events [N|count]: '%s' is neither", args);
	}
	for (uint64_t n = next - first > want ? next - want : first; n < next; n++)
		eventlog_format_text(session_loaded(call->session), eventring_at(ring, n), call->out);
	return true;
}

/* ---- branch_table ---- */

static void put_slot_value(struct command_call *call, uint64_t value)
{
	strbuf_printf(call->out, "%016" PRIx64 "  ", value);
	if (value == TABLE_INVALID)
		strbuf_puts(call->out, "(invalid)");
	else if (value)
		names_format(session_loaded(call->session), value, call->out);
	else
		strbuf_puts(call->out, "(zero)");
}

static bool print_tables(struct command_call *call, const char *args)
{
	const struct tables *tables = session_tables(call->session);

	(void)args;
	if (!tables_count(tables))
		return error_set(call->err, "neither a branch_table nor a cpu-release-addr on this machine");
	for (size_t i = 0; i < tables_count(tables); i++) {
		const struct table_slot *slot = tables_at(tables, i);

		strbuf_printf(call->out, "%s[%u] cpu%d  ", slot->table, slot->slot, slot->cpu);
		put_slot_value(call, tables_value(tables, slot));
		tables_put_writer(session_loaded(call->session), slot, "  ", call->out);
		strbuf_putc(call->out, '\n');
	}
	return true;
}

/* ---- milestones ---- */

static void put_milestone(struct command_call *call, const struct reached_state *state)
{
	strbuf_printf(call->out, "%s %-28s", state->times ? "*" : ".", state->milestone->name);
	if (!state->symbol)
		strbuf_puts(call->out, " not in these images, or inlined");
	else if (state->times)
		strbuf_printf(call->out, " cpu%d t=%-10" PRIu64, state->first_cpu, state->first_t);
	else
		strbuf_printf(call->out, " %-15s", "");
	if (state->times > 1)
		strbuf_printf(call->out, " %" PRIu64 " times by %d CPUs", state->times,
			      __builtin_popcountll(state->cpus));
	strbuf_putc(call->out, '\n');
}

static bool print_one_milestone(struct command_call *call, const char *name)
{
	const struct reached_state *state = reached_find(session_reached(call->session), name);

	if (!state)
		return error_set(call->err, "no milestone '%s'", name);
	put_milestone(call, state);
	strbuf_printf(call->out, "%s (%s)\n%s\n", state->milestone->title, milestones_row_title(state->milestone->row),
		      state->milestone->text);
	return true;
}

static bool print_milestones(struct command_call *call, const char *args)
{
	const struct reached *reached = session_reached(call->session);

	if (*args)
		return print_one_milestone(call, args);
	for (size_t i = 0; i < reached_count(reached); i++)
		put_milestone(call, reached_at(reached, i));
	return true;
}

/* ---- the tree, PSCI ---- */

static bool print_tree(struct command_call *call, const char *args)
{
	(void)args;
	board_report_text(session_loaded(call->session)->desc, call->out);
	return true;
}

static bool print_notes(struct command_call *call, const char *args)
{
	const struct loaded *loaded = session_loaded(call->session);

	(void)args;
	strbuf_puts(call->out, loaded->notes.len ? "When the machine was made this was noticed:\n" :
		    "Nothing was odd when the machine was made.\n");
	for (size_t i = 0; i < loaded->notes.len; i++)
		strbuf_printf(call->out, "%s: %s\n", loaded_note_word(&loaded->notes.item[i]), loaded->notes.item[i].text);
	return true;
}

static bool print_psci(struct command_call *call, const char *args)
{
	const struct board_psci *psci = &session_loaded(call->session)->desc->psci;
	struct psci *emulated = board_psci(session_board(call->session));

	(void)args;
	if (!psci->present)
		return error_set(call->err, "this board's tree has no PSCI");
	strbuf_printf(call->out, "PSCI %s by %s, answered by %s\n", psci->version,
		      psci->conduit == BOARD_CONDUIT_HVC ? "hvc" : "smc",
			emulated ? "the emulator" : "firmware in the guest");
	for (unsigned n = 0; n < machine_cpu_count(machine_of(call)); n++)
		strbuf_printf(call->out, "CPU %u: %s\n", n, psci_state_word(psci_state_of(call->session, n)));
	strbuf_printf(call->out, "%" PRIu64 " calls, %" PRIu64 " returns\n",
		      eventring_count(session_events(call->session), EVENT_PSCI_CALL),
		      eventring_count(session_events(call->session), EVENT_PSCI_RETURN));
	return true;
}

static bool print_boot(struct command_call *call, const char *args)
{
	(void)args;
	contract_report(session_contract(call->session), call->out);
	return true;
}

/* ---- breakpoints, symbols ---- */

static bool print_breakpoints(struct command_call *call, const char *args)
{
	const struct breakpoints *bp = session_breakpoints(call->session);

	(void)args;
	if (!breakpoints_count(bp))
		strbuf_puts(call->out, "No breakpoints or watches.\n");
	for (size_t i = 0; i < breakpoints_count(bp); i++) {
		const struct breakpoint *b = breakpoints_at(bp, i);
		uint64_t hits = breakpoint_hits(b, machine_time(machine_of(call)));

		strbuf_printf(call->out, "%-3u %-6s %s%s", b->number, b->kind == BREAKPOINT_CODE ? "break" : "watch",
			      b->what,
			      b->enabled ? "" : " (off)");
		if (b->cpu != EVENT_NO_CPU)
			strbuf_printf(call->out, " cpu %d", b->cpu);
		if (b->condition_text)
			strbuf_printf(call->out, " if %s", b->condition_text);
		strbuf_printf(call->out, "%s  %" PRIu64 " hit%s\n", b->temporary ? " once" : "", hits,
			      hits == 1 ? "" : "s");
	}
	return true;
}

/* ---- history ---- */

static bool print_history(struct command_call *call, const char *args)
{
	const struct history *history = session_history(call->session);
	const double mib = 1 << 20;

	(void)args;
	if (!history)
		return error_set(call->err, "no history is kept in this run; the TUI and scripts keep one");
	strbuf_printf(call->out, "t=%" PRIu64 " of %" PRIu64 " in %s; %zu thing%s done by hand before now\n",
		      machine_time(machine_of(call)), history_end(history), history_future(history),
		      history_entry_count(history), history_entry_count(history) == 1 ? " was" : "s were");
	strbuf_printf(call->out, "%zu snapshots take %.1f MiB of %.0f MiB (set history.memory)\n",
		      history_keep_count(history), (double)history_bytes(history) / mib,
		      (double)history_memory(history) / mib);
	history_list(history, call->out);
	return true;
}

static bool print_symbols(struct command_call *call, const char *args)
{
	enum { SHOWN = 200 };
	struct symbols *symbols = session_symbols(call->session);
	const struct symbol *symbol;
	size_t i;

	for (i = 0; i < SHOWN && (symbol = symbols_complete(symbols, args, i)); i++) {
		gva_t at[SYMBOLS_VIEW_MAX] = { symbol->addr };

		symbols_addresses(symbol, at);
		strbuf_printf(call->out, "0x%016" PRIx64 " %6" PRIu64 "  %-10s %s\n", at[0], symbol->size,
			      symbols_module_name(symbol->module), symbol->name);
	}
	if (!i)
		return error_set(call->err, "no symbol starts with '%s'", args);
	if (symbols_complete(symbols, args, i))
		strbuf_printf(call->out, "... and more; give more letters\n");
	return true;
}

/* ---- the command ---- */

static const struct command_info topics[] = {
	{ "cpus", "every CPU: level, state, where it is, what it did last", print_cpus },
	{ "regs", "[cpu N] [all|NAME]: registers with their fields by name", print_regs },
	{ "monitors", "the exclusive monitors", print_monitors },
	{ "events", "[N|count]: the last events, or how many of each kind", print_events },
	{ "branch_table", "the slots that secondary CPUs wait for", print_tables },
	{ "milestones", "[NAME]: the road from reset to idle, and how far it was gone", print_milestones },
	{ "dt", "the board as the device tree says it", print_tree },
	{ "notes", "what was odd when the machine was made of its tree and images", print_notes },
	{ "psci", "PSCI: conduit, version, power states", print_psci },
	{ "break", "breakpoints and watches", print_breakpoints },
	{ "history", "the past: how far it goes, what it takes, futures and named moments", print_history },
	{ "boot", "the boot protocol: did each CPU enter the kernel as booting.rst asks?", print_boot },
	{ "symbols", "[START]: symbols whose names start so", print_symbols },
};

enum { TOPIC_COUNT = sizeof(topics) / sizeof(topics[0]) };

static bool list_topics(struct command_call *call)
{
	for (size_t i = 0; i < TOPIC_COUNT; i++)
		strbuf_printf(call->out, "info %-14s %s\n", topics[i].name, topics[i].brief);
	return true;
}

/* Topics are abbreviated like commands; the first that fits is meant. */
static bool do_info(struct command_call *call)
{
	size_t len = strcspn(call->args, " \t");

	if (!len)
		return list_topics(call);
	for (size_t i = 0; i < TOPIC_COUNT; i++)
		if (!strncmp(topics[i].name, call->args, len))
			return topics[i].print(call, call->args + len + strspn(call->args + len, " \t"));
	return error_set(call->err, "info: nothing is called '%.*s' (info lists what there is)", (int)len, call->args);
}

static bool do_explain(struct command_call *call)
{
	unsigned cpu = CPU_MAX;
	const char *args = call->args;

	if (!command_take_cpu(call, &args, &cpu))
		return false;
	if (*args)
		return error_set(call->err, "explain [cpu N], not '%s'", call->args);
	if (cpu < CPU_MAX) {
		why_not_online(call->session, cpu, call->out);
		return true;
	}
	explain_next(call->session, session_focus(call->session), call->out);
	strbuf_putc(call->out, '\n');
	arrival_describe(call->session, call->out);
	return true;
}

static const struct command items[] = {
	{ "explain", "[cpu N]",
	  "what the next instruction will do; with cpu N why that CPU is not online, or who let it in",
	  "Alone it is about the CPU in focus.  With 'cpu N' it gives the chain of causes.", COMPLETE_NONE, NULL,
	  do_explain, "e" },
	{ "info", "WHAT", "show what is known",
	  "cpus, regs [cpu N] [all|NAME], monitors, events [N|count], branch_table, milestones [NAME], dt,\n"
	  "notes, psci, break, history, boot, symbols [START].", COMPLETE_WORD,
	  "cpus regs monitors events branch_table milestones dt notes psci break history boot symbols", do_info, "i" },
};

const struct command_set commands_info = { "Information", items, sizeof(items) / sizeof(items[0]) };
