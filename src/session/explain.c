/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/explain.c: the next instruction in words.
 *
 * A table of encodings (Arm ARM C4.1), each with a function that tells what the instruction will do now; the first that
 * fits tells.  What no row fits is told by the values of its registers.
 */
#include "session/explain.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "device/board.h"
#include "device/psci_name.h"
#include "machine/insn.h"
#include "service/disasm.h"
#include "service/sysreg.h"
#include "session/code.h"
#include "session/illegal.h"
#include "session/info.h"
#include "session/names.h"
#include "session/tables.h"

enum { XZR = 31, GRANULE = 64 };

#define NOP UINT32_C(0xd503201f)

/* An instruction being explained. */
struct explaining {
	struct session *session;
	const struct loaded *loaded;
	struct machine *machine;
	const struct cpu *cpu;
	unsigned n;			/* its number */
	struct code_line line;
	uint32_t word;
	struct strbuf *out;
};

/* ---- values ---- */

static uint64_t reg(const struct explaining *x, unsigned n)
{
	return n == XZR ? 0 : cpu_get_reg(x->cpu, (int)n);
}

/* As a base register 31 is SP. */
static uint64_t base_reg(const struct explaining *x, unsigned n)
{
	return cpu_get_reg(x->cpu, n == XZR ? CPU_SP : (int)n);
}

static void put_value(const struct explaining *x, uint64_t value)
{
	enum { SMALL = 0x100 };

	if (value < 10)
		strbuf_printf(x->out, "%" PRIu64, value);
	else if (value > UINT64_MAX - SMALL)
		strbuf_printf(x->out, "%" PRId64, (int64_t)value);
	else
		strbuf_printf(x->out, "0x%" PRIx64, value);
	names_format_after(x->loaded, value, x->out);
}

static void put_name(const struct explaining *x, uint64_t addr)
{
	names_format(x->loaded, addr, x->out);
}

static bool sysreg_value(const struct explaining *x, uint32_t number, uint64_t *value)
{
	return info_sysreg(x->session, x->n, number, value);
}

/* ---- branches ---- */

static void branch_conditional(struct explaining *x)
{
	int tested = disasm_branch_register(x->word);
	unsigned nzcv = cpu_get_reg(x->cpu, CPU_PSTATE) >> 28 & 0xf;
	uint64_t value = tested >= 0 ? reg(x, (unsigned)tested) : 0;
	bool taken = disasm_is_taken(x->word, nzcv, value);

	strbuf_puts(x->out, taken ? "will be taken, to " : "will not be taken, would go to ");
	put_name(x, x->line.insn.target);
	if (tested >= 0) {
		strbuf_printf(x->out, "; x%d is ", tested);
		put_value(x, value);
	} else {
		strbuf_printf(x->out, "; flags %c%c%c%c", nzcv & 8 ? 'N' : '-', nzcv & 4 ? 'Z' : '-',
			      nzcv & 2 ? 'C' : '-',
			      nzcv & 1 ? 'V' : '-');
	}
}

static void branch_direct(struct explaining *x)
{
	bool is_call = x->word >> 31;

	strbuf_puts(x->out, is_call ? "calls " : "goes to ");
	put_name(x, x->line.insn.target);
	if (is_call) {
		strbuf_puts(x->out, ", which returns to ");
		put_name(x, x->line.addr + 4);
	}
}

static void branch_register(struct explaining *x)
{
	unsigned kind = x->word >> 21 & 3, n = x->word >> 5 & 31;

	strbuf_puts(x->out, kind == 2 ? "returns to " : kind == 1 ? "calls " : "goes to ");
	put_name(x, reg(x, n));
}

/* ELR_ELx and SPSR_ELx of the present level: the encodings differ in op1 alone (0, 4, 6). */
static uint32_t level_sysreg(const struct explaining *x, unsigned op2)
{
	static const unsigned op1[] = { 0, 0, 4, 6 };

	return SYSREG(3, op1[cpu_el(x->cpu) & 3], 4, 0, op2);
}

static void eret(struct explaining *x)
{
	uint64_t elr = 0, spsr = 0;
	const char *why;

	sysreg_value(x, level_sysreg(x, 1), &elr);
	sysreg_value(x, level_sysreg(x, 0), &spsr);
	strbuf_printf(x->out, "returns from EL%d to ", cpu_el(x->cpu));
	put_name(x, elr);
	strbuf_puts(x->out, " as ");
	sysreg_describe_pstate(spsr, x->out);
	why = illegal_return(x->session, x->n, spsr);
	if (why)
		strbuf_printf(x->out, "; an illegal return, for %s: an exception comes of it", why);
}

/* ---- calls to a higher level ---- */

static void call_up(struct explaining *x)
{
	static const char *const names[] = { "", "SVC", "HVC", "SMC" };
	unsigned level = x->word & 3;
	uint32_t fn = (uint32_t)reg(x, 0);
	const char *name = level > 1 ? psci_fn_name(fn) : NULL;

	strbuf_printf(x->out, "%s ", names[level]);
	if (name) {
		strbuf_printf(x->out, "PSCI %s, x1 ", name);
		put_value(x, reg(x, 1));
		strbuf_puts(x->out, ", x2 ");
		put_value(x, reg(x, 2));
		strbuf_puts(x->out, ", x3 ");
		put_value(x, reg(x, 3));
	} else {
		strbuf_puts(x->out, "with x0 = ");
		put_value(x, reg(x, 0));
	}
	strbuf_puts(x->out, board_psci(session_board(x->session)) && level > 1 ? "; the emulator answers" : "");
	if (!board_psci(session_board(x->session)) || level == 1)
		strbuf_printf(x->out, "; taken to EL%u", level);
}

/* ---- sleeping and waking ---- */

static void wfe(struct explaining *x)
{
	if (cpu_event_register(x->cpu))
		strbuf_puts(x->out, "goes on at once, for the event register is set, and clears it");
	else
		strbuf_puts(x->out, "will sleep: the event register is clear; a sev of any CPU ends it");
}

static void wfi(struct explaining *x)
{
	strbuf_puts(x->out, "sleeps until an interrupt is pending, masked or not");
}

static void sev(struct explaining *x)
{
	unsigned count = 0;

	strbuf_puts(x->out, "sets the event register of every CPU; ");
	for (unsigned n = 0; n < machine_cpu_count(x->machine); n++)
		if (cpu_state(machine_cpu_const(x->machine, n)) == CPU_WFE)
			strbuf_printf(x->out, count++ ? ", CPU%u" : "wakes CPU%u", n);
	if (!count)
		strbuf_puts(x->out, "nobody sleeps in wfe");
}

static void sevl(struct explaining *x)
{
	strbuf_puts(x->out, "sets this CPU's own event register");
}

/* ---- system registers ---- */

static uint32_t encoded_sysreg(uint32_t word)
{
	return word >> 5 & 0xffff;
}

static void put_sysreg_name(const struct explaining *x, uint32_t number)
{
	const struct sysreg *sysreg = sysreg_find_number(number);

	if (sysreg)
		strbuf_printf(x->out, "%s (%s)", sysreg->name, sysreg->brief);
	else
		strbuf_puts(x->out, "a system register");
}

static void put_fields(const struct explaining *x, uint32_t number, uint64_t value)
{
	const struct sysreg *sysreg = sysreg_find_number(number);
	struct strbuf fields = STRBUF_INIT;

	put_value(x, value);
	if (sysreg)
		sysreg_describe(sysreg, value, &fields);
	if (fields.len)
		strbuf_printf(x->out, ": %s", fields.text);
	strbuf_free(&fields);
}

static void mrs(struct explaining *x)
{
	uint32_t number = encoded_sysreg(x->word);
	uint64_t value;

	strbuf_puts(x->out, "reads ");
	put_sysreg_name(x, number);
	if (!sysreg_value(x, number, &value))
		return;
	strbuf_puts(x->out, ", ");
	put_fields(x, number, value);
}

static void msr(struct explaining *x)
{
	uint32_t number = encoded_sysreg(x->word);
	uint64_t old, value = reg(x, x->word & 31);

	strbuf_puts(x->out, "writes ");
	put_sysreg_name(x, number);
	strbuf_puts(x->out, ", ");
	put_fields(x, number, value);
	if (sysreg_value(x, number, &old) && old != value) {
		strbuf_puts(x->out, "; was ");
		put_value(x, old);
	}
}

static void barrier(struct explaining *x)
{
	static const char *const texts[] = {
		"", "", "", "", "waits until all memory accesses before it are done, and seen",
		"orders the memory accesses before it and behind it",
		"fetches what follows anew, so that changes of system registers hold",
	};
	unsigned op2 = x->word >> 5 & 7;

	strbuf_puts(x->out, op2 < 7 ? texts[op2] : "");
}

/* ---- memory ---- */

static bool peek(const struct explaining *x, uint64_t addr, unsigned size, gpa_t *pa, uint64_t *value)
{
	*value = 0;
	return machine_translate(x->machine, x->n, addr, pa) &&
		machine_peek(x->machine, *pa, value, size > 8 ? 8 : size);
}

/* A word that CPUs wait for is called by its slot, and told who wrote it. */
static void put_place(const struct explaining *x, uint64_t addr, gpa_t pa)
{
	const struct table_slot *slot = tables_find(session_tables(x->session), pa);

	if (slot)
		strbuf_printf(x->out, "%s[%u]", slot->table, slot->slot);
	else
		put_name(x, addr);
}

static void put_writer(const struct explaining *x, gpa_t pa)
{
	const struct table_slot *slot = tables_find(session_tables(x->session), pa);

	if (slot)
		tables_put_writer(x->loaded, slot, "; last written ", x->out);
}

/* STP and its kin: bits 29:27 are 101, bit 25 is 0 (Arm ARM C4.1, "Loads and Stores"). */
static bool is_pair(uint32_t word)
{
	return (word & 0x3a000000) == 0x28000000;
}

/* One of two values: by its name alone when it has one, for two take room. */
static void put_short(struct explaining *x, uint64_t value)
{
	struct strbuf name = STRBUF_INIT;

	names_format_after(x->loaded, value, &name);
	if (name.len)
		put_name(x, value);
	else
		put_value(x, value);
	strbuf_free(&name);
}

/* What a store puts there. */
static void put_stored(struct explaining *x, const struct insn_access *access)
{
	if (is_pair(x->word)) {
		put_short(x, reg(x, access->rt));
		strbuf_puts(x->out, " and ");
		put_short(x, reg(x, x->word >> 10 & 31));
	} else {
		put_value(x, reg(x, access->rt));
	}
	strbuf_puts(x->out, " to ");
}

static void put_access(struct explaining *x, const struct insn_access *access, uint64_t addr)
{
	uint64_t value;
	gpa_t pa;

	strbuf_puts(x->out, access->is_store ? "stores " : "reads ");
	if (access->is_store && !access->is_simd)
		put_stored(x, access);
	if (!peek(x, addr, access->size, &pa, &value)) {
		strbuf_printf(x->out, "0x%" PRIx64 ", which is mapped nowhere: it will fault", addr);
		return;
	}
	put_place(x, addr, pa);
	strbuf_puts(x->out, access->is_store ? ", which holds " : ", now ");
	put_value(x, value);
	put_writer(x, pa);
}

static uint64_t extended(uint64_t value, unsigned extend)
{
	return extend == 2 ? (uint32_t)value : extend == 6 ? (uint64_t)(int32_t)value : value;
}

static void load_store(struct explaining *x)
{
	struct insn_access access;
	uint64_t addr;

	insn_decode_access(x->word, &access);
	addr = base_reg(x, access.rn) + (uint64_t)access.offset;
	if (access.has_index)
		addr += extended(reg(x, access.rm), access.extend) << access.shift;
	put_access(x, &access, addr);
}

/* LDR (literal): 19 bits of words from here. */
static void load_literal(struct explaining *x)
{
	int64_t offset = (int64_t)((int32_t)(x->word << 8) >> 13) * 4;
	uint64_t value;
	gpa_t pa;

	strbuf_puts(x->out, "loads a constant, ");
	if (peek(x, x->line.addr + (uint64_t)offset, x->word >> 30 & 1 ? 8 : 4, &pa, &value))
		put_value(x, value);
}

static void load_exclusive(struct explaining *x)
{
	struct insn_exclusive exclusive = insn_decode_exclusive(x->word);
	uint64_t value, addr = base_reg(x, exclusive.rn);
	gpa_t pa;

	strbuf_puts(x->out, "reads ");
	if (!peek(x, addr, exclusive.size, &pa, &value)) {
		strbuf_printf(x->out, "0x%" PRIx64 ", which is mapped nowhere: it will fault", addr);
		return;
	}
	put_place(x, addr, pa);
	strbuf_puts(x->out, ", now ");
	put_value(x, value);
	strbuf_printf(x->out, ", and reserves its %d bytes", GRANULE);
}

static void store_exclusive(struct explaining *x)
{
	struct insn_exclusive exclusive = insn_decode_exclusive(x->word);
	struct reservation r = cpu_reservation(x->cpu);
	uint64_t value, addr = base_reg(x, exclusive.rn);
	gpa_t pa = 0;

	if (!peek(x, addr, exclusive.size, &pa, &value))
		strbuf_printf(x->out, "0x%" PRIx64 " is mapped nowhere: it will fault", addr);
	else if (!r.valid)
		strbuf_printf(x->out, "will fail, w%u = 1: the monitor is open, the reservation was lost",
			      exclusive.rs);
	else if (r.addr != pa || r.size != exclusive.size)
		strbuf_printf(x->out, "will fail, w%u = 1: the reservation is for another address or size",
			      exclusive.rs);
	else {
		strbuf_printf(x->out, "will store ");
		put_value(x, reg(x, exclusive.rt));
		strbuf_puts(x->out, " to ");
		put_place(x, addr, pa);
		strbuf_printf(x->out, ", w%u = 0: the reservation holds", exclusive.rs);
	}
}

/* ---- the rest ---- */

/* Is the stack pointer among OPERANDS? */
static bool names_sp(const char *operands)
{
	const char *at = strstr(operands, "sp");

	return at && (at == operands || at[-1] == ' ') && (!at[2] || at[2] == ',');
}

/* The values of the registers that the operands name, each once. */
static void plain(struct explaining *x)
{
	uint32_t seen = 0;
	bool is_first = !names_sp(x->line.insn.operands);

	if (!is_first) {
		strbuf_puts(x->out, "sp is ");
		put_value(x, cpu_get_reg(x->cpu, CPU_SP));
	}
	for (const char *at = x->line.insn.operands; *at; at++) {
		char *end;
		unsigned long n;

		if ((*at != 'x' && *at != 'w') || (at > x->line.insn.operands && at[-1] != ' ' && at[-1] != '['))
			continue;
		n = strtoul(at + 1, &end, 10);
		if (end == at + 1 || n > 30 || seen >> n & 1)
			continue;
		seen |= 1u << n;
		strbuf_printf(x->out, is_first ? "x%lu is " : ", x%lu is ", n);
		put_value(x, reg(x, (unsigned)n));
		is_first = false;
	}
}

static bool is_hint(uint32_t word)
{
	return disasm_hint_meaning(word);
}

static void hint(struct explaining *x)
{
	strbuf_puts(x->out, disasm_hint_meaning(x->word));
	if (x->word != NOP)
		strbuf_puts(x->out, "; a nop to a CPU that does not know it");
}

static bool is_access(uint32_t word)
{
	struct insn_access access;

	return insn_decode_access(word, &access);
}

static bool is_load_exclusive(uint32_t word)
{
	return insn_classify(word) == INSN_LDXR;
}

static bool is_store_exclusive(uint32_t word)
{
	return insn_classify(word) == INSN_STXR;
}

/* (word & mask) == value, or `is` when it is not NULL. */
static const struct {
	uint32_t mask, value;
	bool (*is)(uint32_t word);
	void (*tell)(struct explaining *x);
} rows[] = {
	{ 0xff000010, 0x54000000, NULL, branch_conditional },
	{ 0x7c000000, 0x34000000, NULL, branch_conditional },
	{ 0x7c000000, 0x14000000, NULL, branch_direct },
	{ 0xffffffff, 0xd69f03e0, NULL, eret },
	{ 0xff9ffc1f, 0xd61f0000, NULL, branch_register },
	{ 0xffe0001f, 0xd4000001, NULL, call_up },
	{ 0xffe0001f, 0xd4000002, NULL, call_up },
	{ 0xffe0001f, 0xd4000003, NULL, call_up },
	{ 0xffffffff, 0xd503205f, NULL, wfe },
	{ 0xffffffff, 0xd503207f, NULL, wfi },
	{ 0xffffffff, 0xd503209f, NULL, sev },
	{ 0xffffffff, 0xd50320bf, NULL, sevl },
	{ 0, 1, is_hint, hint },
	{ 0xfff00000, 0xd5300000, NULL, mrs },
	{ 0xfff00000, 0xd5100000, NULL, msr },
	{ 0xfffff0ff, 0xd503309f, NULL, barrier },
	{ 0xfffff0ff, 0xd50330bf, NULL, barrier },
	{ 0xfffff0ff, 0xd50330df, NULL, barrier },
	{ 0, 1, is_load_exclusive, load_exclusive },
	{ 0, 1, is_store_exclusive, store_exclusive },
	{ 0xbf000000, 0x18000000, NULL, load_literal },
	{ 0, 1, is_access, load_store },
	{ 0, 0, NULL, plain },
};

static void tell(struct explaining *x)
{
	size_t row = 0;

	while (rows[row].is ? !rows[row].is(x->word) : (x->word & rows[row].mask) != rows[row].value)
		row++;
	rows[row].tell(x);
}

void explain_next(struct session *session, unsigned n, struct strbuf *out)
{
	struct machine *machine = session_machine(session);
	struct explaining x = { .session = session, .loaded = session_loaded(session), .machine = machine, .n = n,
	  .out = out };
	unsigned focus = session_focus(session);
	size_t start;
	bool found;

	x.cpu = machine_cpu_const(machine, n);
	if (cpu_state(x.cpu) != CPU_RUNNING) {
		info_cpu_sentence(session, n, out);
		return;
	}
	/* Code is read as the CPU that is meant sees memory. */
	session_set_focus(session, n);
	found = code_at(session, cpu_get_reg(x.cpu, CPU_PC), &x.line);
	session_set_focus(session, focus);
	if (!found) {
		strbuf_puts(out, "nothing is mapped at its PC: the fetch will fault");
		return;
	}
	x.word = x.line.word;
	strbuf_printf(out, "%s%s%s: ", x.line.insn.mnemonic, x.line.insn.operands[0] ? " " : "", x.line.insn.operands);
	start = out->len;
	tell(&x);
	if (out->len == start)
		strbuf_puts(out, "no registers");
}
