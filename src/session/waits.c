/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/waits.c: what a sleeping CPU waits for.
 *
 * The code after the wfe is followed, not run: along straight lines and unconditional branches, up to the first load
 * from an address that is known.  Back at the wfe without one, the loop looks at nothing.
 */
#include "session/waits.h"

#include <inttypes.h>
#include <string.h>

#include "session/eventring.h"
#include "session/groups.h"
#include "session/idle.h"
#include "session/info.h"
#include "session/names.h"
#include "session/tables.h"

enum { FOLLOWED_MAX = 24 };

/* Where the following stands. */
struct follow {
	const struct session *session;
	unsigned n;
	const struct cpu *cpu;
	gva_t pc;
	uint64_t changed;	/* bit r: Xr is not what it is now any more */
	bool has_access;	/* something was loaded or stored on the way */
	bool is_blind;		/* it came back to the wfe without */
};

/* ---- the loop ---- */

static bool fetch(const struct follow *f, uint32_t *word)
{
	struct machine *machine = session_machine(f->session);
	gpa_t pa;

	return machine_translate(machine, f->n, f->pc, &pa) && machine_peek(machine, pa, word, sizeof(*word));
}

static bool is_known(const struct follow *f, unsigned reg)
{
	return !(f->changed >> reg & 1);
}

/* Arm ARM C4.1.88: LDXR, LDAXR and LDAR; LDR, LDRH and LDRB with an unsigned offset; the same with a register. */
static bool decode_load(const struct follow *f, uint32_t word, gva_t *va, unsigned *size)
{
	unsigned scale = word >> 30, base = word >> 5 & 31, index = word >> 16 & 31;

	if (!is_known(f, base))
		return false;
	*size = 1u << scale;
	*va = cpu_get_reg(f->cpu, base == 31 ? CPU_SP : (int)base);
	if ((word & 0x3f7f7c00) == 0x085f7c00)
		return true;
	if ((word & 0x3f400000) == 0x39400000) {
		*va += (word >> 10 & 0xfff) << scale;
		return true;
	}
	if ((word & 0x3fe0ec00) != 0x38606800 || index == 31 || !is_known(f, index))
		return false;
	*va += cpu_get_reg(f->cpu, (int)index) << (word >> 12 & 1 ? scale : 0);
	return true;
}

/* Go past WORD; false when it leads who knows where.  Conditional branches are those that leave the loop. */
static bool pass(struct follow *f, uint32_t word)
{
	bool is_branch = (word & 0x1c000000) == 0x14000000;

	if ((word & 0xfc000000) == 0x14000000) {
		f->pc += (uint64_t)((int64_t)((uint64_t)word << 38) >> 36);
		return true;
	}
	if ((word & 0xfc000000) == 0x94000000 || (word & 0xfe000000) == 0xd6000000)
		return false;
	/* Everything else may write the register in its low bits; hints, barriers and branches have none there. */
	if (!is_branch && (word & 31) != 31)
		f->changed |= 1ull << (word & 31);
	f->has_access |= (word & 0x0a000000) == 0x08000000;
	f->pc += 4;
	return true;
}

static bool follow(struct follow *f, gva_t *va, unsigned *size)
{
	gva_t wfe = f->pc - 4;
	uint32_t word;

	for (int i = 0; i < FOLLOWED_MAX && fetch(f, &word); i++) {
		if (decode_load(f, word, va, size))
			return true;
		if (!pass(f, word))
			return false;
		if (f->pc == wfe) {
			f->is_blind = !f->has_access;
			return false;
		}
	}
	return false;
}

/* Several CPUs may share a release address: the slot of CPU is meant, when there is one. */
static const struct table_slot *slot_at(const struct session *session, unsigned cpu, gpa_t addr)
{
	const struct tables *tables = session_tables(session);
	const struct table_slot *found = tables_find(tables, addr);

	for (size_t i = 0; found && i < tables_count(tables); i++)
		if (tables_at(tables, i)->addr == found->addr && tables_at(tables, i)->cpu == (int)cpu)
			return tables_at(tables, i);
	return found;
}

static bool find(struct follow *f, struct wait *wait)
{
	struct machine *machine = session_machine(f->session);
	gva_t va;

	*wait = (struct wait){ .slot = NULL };
	if (!follow(f, &va, &wait->size) || !machine_translate(machine, f->n, va, &wait->addr) ||
	    !machine_peek(machine, wait->addr, &wait->value, wait->size))
		return false;
	wait->slot = slot_at(f->session, f->n, wait->addr);
	return true;
}

static struct follow start(const struct session *session, unsigned cpu)
{
	const struct cpu *c = machine_cpu_const(session_machine(session), cpu);

	return (struct follow){ .session = session, .n = cpu, .cpu = c, .pc = cpu_get_reg(c, CPU_PC) };
}

bool waits_find(const struct session *session, unsigned cpu, struct wait *wait)
{
	struct follow f = start(session, cpu);

	return find(&f, wait);
}

/* ---- in words ---- */

static bool is_symbol(const struct session *session, uint64_t value)
{
	struct name name;
	uint64_t offset;

	return value && names_at(session_loaded(session), value, &name, &offset) && !offset;
}

/* A number as a person sees it: small ones and negative ones are no addresses, unless a function begins there, as in a
 * firmware at 0. */
static void put_value(const struct session *session, uint64_t value, unsigned size, struct strbuf *out)
{
	enum { SMALL = 0x1000 };

	if (size == 8 && is_symbol(session, value))
		names_format(session_loaded(session), value, out);
	else if (size == 8 && value > UINT64_MAX - SMALL)
		strbuf_printf(out, "%" PRId64, (int64_t)value);
	else if (value < SMALL || size < 4)
		strbuf_printf(out, "%" PRIu64, value);
	else
		names_format(session_loaded(session), value, out);
}

/* What a slot holds is an address, however low: the firmware lies at 0. */
static void put_slot_value(const struct session *session, uint64_t value, struct strbuf *out)
{
	bool is_address = value && value < UINT64_MAX - 1;

	if (is_address)
		names_format(session_loaded(session), value, out);
	else
		strbuf_printf(out, "%" PRId64, (int64_t)value);
}

static void put_writer(const struct session *session, const struct table_slot *slot, struct strbuf *out)
{
	if (slot->writer == EVENT_NO_CPU)
		strbuf_puts(out, ", as it was at reset");
	tables_put_writer(session_loaded(session), slot, ", written ", out);
}

/* The first sev after T, or NULL. */
static const struct event *sev_since(const struct session *session, uint64_t t)
{
	const struct eventring *ring = session_events(session);

	for (uint64_t n = eventring_find_time(ring, t); n < eventring_next(ring); n++)
		if (eventring_at(ring, n)->kind == EVENT_SEV)
			return eventring_at(ring, n);
	return NULL;
}

static void put_way_out(const struct session *session, unsigned cpu, const struct table_slot *slot, struct strbuf *out)
{
	uint64_t mpidr = cpu_mpidr(machine_cpu_const(session_machine(session), cpu));

	if (slot->cpu != (int)cpu)
		strbuf_printf(out, "; that slot is CPU%d's", slot->cpu);
	else if (!strcmp(slot->table, TABLE_BRANCH))
		strbuf_printf(out, "; a CPU_ON for MPIDR 0x%" PRIx64 " would store an address and send a sev", mpidr);
	else
		strbuf_puts(out, "; the kernel would store an address and send a sev");
}

static void describe_slot(const struct session *session, unsigned cpu, const struct wait *wait, struct strbuf *out)
{
	const struct table_slot *slot = wait->slot;
	const struct event *sev = sev_since(session, slot->changed);

	strbuf_printf(out, "waiting for %s[%u] (now ", slot->table, slot->slot);
	put_slot_value(session, wait->value, out);
	put_writer(session, slot, out);
	if (!wait->value || wait->value == TABLE_INVALID)
		put_way_out(session, cpu, slot, out);
	else if (sev)
		strbuf_printf(out, ", and the sev of CPU%d at t=%" PRIu64 " did not wake it", sev->cpu, sev->t);
	else
		strbuf_puts(out, ", but no sev came since");
	strbuf_putc(out, ')');
}

static void describe_word(const struct session *session, unsigned cpu, const struct wait *wait, struct strbuf *out)
{
	struct name name;
	uint64_t offset;
	bool is_pen = names_at(session_loaded(session), wait->addr, &name, &offset) &&
		      !strcmp(name.text, "secondary_holding_pen_release");

	uint64_t mpidr = cpu_mpidr(machine_cpu_const(session_machine(session), cpu));

	strbuf_puts(out, "waiting for ");
	names_format(session_loaded(session), wait->addr, out);
	if (is_pen)
		strbuf_printf(out, " to be its MPIDR 0x%" PRIx64, mpidr);
	strbuf_puts(out, " (now ");
	put_value(session, wait->value, wait->size, out);
	if (is_pen && wait->value == mpidr)
		strbuf_puts(out, ", but no sev has woken it since)");
	else if (wait->value)
		strbuf_puts(out, "; a sev would wake it and let it look again)");
	else
		strbuf_puts(out, "; a store there and a sev would wake it)");
}

static void describe_wfe(const struct session *session, unsigned cpu, struct strbuf *out)
{
	struct follow f = start(session, cpu);
	struct wait wait;
	bool is_found = find(&f, &wait);

	if (is_found && wait.slot)
		describe_slot(session, cpu, &wait, out);
	else if (is_found)
		describe_word(session, cpu, &wait, out);
	else if (f.is_blind)
		strbuf_puts(out, "in a loop that looks at nothing: no sev lets it out");
	else
		strbuf_puts(out, "waiting for a sev");
}

void waits_describe(const struct session *session, unsigned cpu, struct strbuf *out)
{
	bool is_wfe = cpu_state(machine_cpu_const(session_machine(session), cpu)) == CPU_WFE;

	if (idle_is_idling(session, cpu))
		strbuf_printf(out, "idle, waiting for %s", is_wfe ? "a sev or an interrupt" : "an interrupt");
	else if (is_wfe)
		describe_wfe(session, cpu, out);
	else
		strbuf_puts(out, "waiting for an interrupt, and none is on its way");
}

void waits_describe_cpu(const struct session *session, unsigned cpu, struct strbuf *out)
{
	enum cpu_state state = cpu_state(machine_cpu_const(session_machine(session), cpu));

	info_cpu_sentence(session, cpu, out);
	if (state != CPU_WFE && state != CPU_WFI)
		return;
	strbuf_puts(out, ", ");
	waits_describe(session, cpu, out);
}

void waits_describe_lines(const struct session *session, struct strbuf *out)
{
	uint64_t cpus = 0;

	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++)
		if (cpu_state(machine_cpu_const(session_machine(session), n)) != CPU_OFF)
			cpus |= UINT64_C(1) << n;
	groups_describe(session, cpus, waits_describe_cpu, out);
}

void waits_describe_all(const struct session *session, struct strbuf *out)
{
	size_t start = out->len;

	for (unsigned n = 0; n < machine_cpu_count(session_machine(session)); n++) {
		if (cpu_state(machine_cpu_const(session_machine(session), n)) == CPU_OFF)
			continue;
		strbuf_puts(out, out->len > start ? "; " : "");
		waits_describe_cpu(session, n, out);
	}
}
