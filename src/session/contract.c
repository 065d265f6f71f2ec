/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/contract.c: noting how CPUs come to the kernel, and saying what is wrong with it.
 */
#include "session/contract.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/le.h"
#include "base/vec.h"
#include "device/psci_name.h"
#include "machine/sysreg.h"
#include "service/dtb.h"
#include "service/loader.h"
#include "session/contract_rules.h"
#include "session/groups.h"
#include "session/names.h"
#include "session/tables.h"

#define CNTVOFF_EL2	SYSREG(3, 4, 14, 0, 3)

enum { HEADER_SIZE = 64 };	/* of an Image */

static const char document[] = "Linux Documentation/arch/arm64/booting.rst";

/* `doors` are where secondaries may come in.  They only ever grow: no other CPU has business there. */
struct contract {
	struct machine *machine;
	const struct loaded *loaded;
	struct contract_entry cpus[CPU_MAX];
	VEC(gpa_t) doors;
};

struct contract *contract_new(struct machine *machine, const struct loaded *loaded)
{
	struct contract *contract = xzalloc(sizeof(*contract));

	contract->machine = machine;
	contract->loaded = loaded;
	if (loaded->kernel.present)
		machine_set_mark(machine, loaded->kernel.entry, MARK_NOTE);
	return contract;
}

void contract_free(struct contract *contract)
{
	if (!contract)
		return;
	vec_free(&contract->doors);
	free(contract);
}

/* ---- what is found at the door ---- */

static uint64_t peek_sysreg(const struct contract *contract, unsigned cpu, uint32_t reg)
{
	uint64_t value = 0;

	machine_peek_sysreg(contract->machine, cpu, reg, &value);
	return value;
}

static void note_registers(const struct contract *contract, const struct cpu *cpu, struct contract_entry *entry)
{
	static const uint32_t sctlr[] = { SCTLR_EL1, SCTLR_EL1, SCTLR_EL2, SCTLR_EL3 };
	unsigned n = cpu_index(cpu);

	for (int i = 0; i < 4; i++)
		entry->x[i] = cpu_get_reg(cpu, i);
	entry->t = machine_time(contract->machine);
	entry->el = cpu_el(cpu);
	entry->pstate = cpu_get_reg(cpu, CPU_PSTATE);
	entry->sctlr = peek_sysreg(contract, n, sctlr[entry->el]);
	entry->scr = peek_sysreg(contract, n, SCR_EL3);
	entry->cntfrq = peek_sysreg(contract, n, CNTFRQ_EL0);
	entry->cntvoff = peek_sysreg(contract, n, CNTVOFF_EL2);
	entry->cnthctl = peek_sysreg(contract, n, CNTHCTL_EL2);
}

static uint32_t big_endian(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Is it a tree all through?  It is read whole: a header alone says little. */
static void check_blob(const struct contract *contract, struct contract_entry *entry, size_t size)
{
	struct error err = ERROR_NONE;
	uint8_t *blob = xzalloc(size);
	struct dtb *dtb = NULL;

	if (machine_peek(contract->machine, entry->x[0], blob, size))
		dtb = dtb_from_memory(blob, size, "x0", &err);
	else
		error_set(&err, "x0: its %zu bytes reach beyond memory", size);
	if (dtb)
		entry->tree_size = size;
	snprintf(entry->tree_problem, sizeof(entry->tree_problem), "%s", err.text);
	dtb_free(dtb);
	free(blob);
}

/* Devicetree Specification 5.2: magic and totalsize, both big-endian. */
static void note_tree(const struct contract *contract, struct contract_entry *entry)
{
	uint8_t head[8] = { 0 };
	bool is_there = machine_peek(contract->machine, entry->x[0], head, sizeof(head));

	if (!is_there || big_endian(head) != 0xd00dfeed)
		snprintf(entry->tree_problem, sizeof(entry->tree_problem),
			 is_there ? "the word at x0 is 0x%08" PRIx32 ", not 0xd00dfeed" : "nothing lies at x0",
			 big_endian(head));
	else if (big_endian(head + 4) > DTB_SIZE_MAX)
		snprintf(entry->tree_problem, sizeof(entry->tree_problem), "it has %" PRIu32 " bytes",
			 big_endian(head + 4));
	else
		check_blob(contract, entry, big_endian(head + 4));
}

/* booting.rst 4: kernels before 3.17 have no image_size, and then text_offset is 0x80000 whatever it says. */
static void note_image(const struct contract *contract, struct contract_entry *entry)
{
	uint8_t header[HEADER_SIZE];

	entry->has_header = machine_peek(contract->machine, entry->at, header, sizeof(header)) &&
			    !memcmp(header + 56, "ARM\x64", 4);
	if (!entry->has_header)
		return;
	entry->text_offset = le_get64(header + 8);
	entry->image_size = le_get64(header + 16);
	if (!entry->image_size)
		entry->text_offset = 0x80000;
}

/* ---- rules ---- */

static struct contract_case case_of(const struct contract *contract, const struct contract_entry *entry)
{
	return (struct contract_case){ contract->loaded, entry, &contract->cpus[contract->loaded->boot_cpu] };
}

static void emit_broken(const struct contract *contract, int cpu, const struct contract_rule *rule, const char *found)
{
	struct event event = { .kind = EVENT_FAULT };
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s, but %s (booting.rst, %s)", found, rule->text, rule->where);
	event.u.text.reason = CONTRACT_REASON;
	event.u.text.detail = strbuf_text(&text);
	machine_emit(contract->machine, cpu, &event);
	strbuf_free(&text);
}

static void judge(const struct contract *contract, unsigned cpu)
{
	struct contract_case c = case_of(contract, &contract->cpus[cpu]);

	for (size_t i = 0; i < contract_rules_count(); i++) {
		const struct contract_rule *rule = contract_rules_at(i);
		struct strbuf found = STRBUF_INIT;

		if (contract_rules_apply(rule, &c) && !rule->holds(&c, &found))
			emit_broken(contract, (int)cpu, rule, strbuf_text(&found));
		strbuf_free(&found);
	}
}

/* ---- coming and going ---- */

static bool is_primary_seen(const struct contract *contract)
{
	for (unsigned n = 0; n < contract->loaded->cpu_count; n++)
		if (contract->cpus[n].is_seen && contract->cpus[n].is_primary)
			return true;
	return false;
}

static bool is_door(const struct contract *contract, gpa_t pa)
{
	for (size_t i = 0; i < contract->doors.len; i++)
		if (contract->doors.item[i] == pa)
			return true;
	return false;
}

void contract_see(struct contract *contract, const struct cpu *cpu, gpa_t pa)
{
	struct contract_entry *entry = &contract->cpus[cpu_index(cpu)];
	bool is_primary = contract->loaded->kernel.present && pa == contract->loaded->kernel.entry;

	if (entry->is_seen || (!is_primary && !is_door(contract, pa)))
		return;
	entry->is_second = is_primary && is_primary_seen(contract);
	entry->is_seen = true;
	entry->is_primary = is_primary;
	entry->at = pa;
	note_registers(contract, cpu, entry);
	if (is_primary) {
		note_tree(contract, entry);
		note_image(contract, entry);
	}
	judge(contract, cpu_index(cpu));
}

static void add_door(struct contract *contract, gpa_t pa)
{
	if (is_door(contract, pa) || !machine_is_memory(contract->machine, pa, 4))
		return;
	vec_add(&contract->doors, pa);
	machine_set_mark(contract->machine, pa, MARK_NOTE);
}

/* A CPU that is off comes in anew; one that is on is left alone: its CPU_ON will be refused. */
static void see_call(struct contract *contract, const struct event *event)
{
	const char *name = psci_fn_name(event->u.psci_call.fn);
	int target;

	if (name && !strcmp(name, "CPU_OFF") && event->cpu >= 0)
		contract->cpus[event->cpu] = (struct contract_entry){ .is_seen = false };
	if (!name || strcmp(name, "CPU_ON"))
		return;
	add_door(contract, event->u.psci_call.args[1]);
	target = machine_find_mpidr(contract->machine, event->u.psci_call.args[0]);
	if (target >= 0 && !contract->cpus[target].is_seen)
		contract->cpus[target].context = event->u.psci_call.args[2];
}

void contract_see_event(struct contract *contract, const struct event *event)
{
	if (!contract->loaded->kernel.present)
		return;
	if (event->kind == EVENT_PSCI_CALL)
		see_call(contract, event);
	else if (event->kind == EVENT_TABLE && !strcmp(event->u.table.table, TABLE_RELEASE) && event->u.table.value)
		add_door(contract, event->u.table.value);
}

/* ---- asking ---- */

const struct contract_entry *contract_entry(const struct contract *contract, unsigned cpu)
{
	return contract->cpus[cpu].is_seen ? &contract->cpus[cpu] : NULL;
}

static void report_rule(const struct contract_rule *rule, const struct contract_case *c, struct strbuf *out)
{
	struct strbuf found = STRBUF_INIT;

	if (rule->holds(c, &found))
		strbuf_printf(out, "  ok      %s\n", rule->text);
	else
		strbuf_printf(out, "  broken  %s: %s (%s)\n", rule->text, strbuf_text(&found), rule->where);
	strbuf_free(&found);
}

static void report_cpu(const struct contract *contract, unsigned n, struct strbuf *out)
{
	const struct contract_entry *entry = &contract->cpus[n];
	struct contract_case c = case_of(contract, entry);

	if (!entry->is_seen) {
		strbuf_printf(out, "CPU%u has not entered the kernel\n", n);
		return;
	}
	strbuf_printf(out, "CPU%u entered the kernel at ", n);
	names_format(contract->loaded, entry->at, out);
	strbuf_printf(out, " in EL%d, t=%" PRIu64 "\n", entry->el, entry->t);
	for (size_t i = 0; i < contract_rules_count(); i++)
		if (contract_rules_apply(contract_rules_at(i), &c))
			report_rule(contract_rules_at(i), &c, out);
}

void contract_report(const struct contract *contract, struct strbuf *out)
{
	if (!contract->loaded->kernel.present) {
		strbuf_puts(out, "No kernel was loaded as a file of its own, so where one is entered is not known.\n");
		return;
	}
	strbuf_printf(out, "What %s asks:\n", document);
	for (unsigned n = 0; n < contract->loaded->cpu_count; n++)
		report_cpu(contract, n, out);
}

/* The CPUs that broke RULE; what was found with the first of them goes to FOUND. */
static uint64_t find_breakers(const struct contract *contract, const struct contract_rule *rule, struct strbuf *found)
{
	uint64_t cpus = 0;

	for (unsigned n = 0; n < contract->loaded->cpu_count; n++) {
		struct contract_case c = case_of(contract, &contract->cpus[n]);
		struct strbuf text = STRBUF_INIT;

		if (c.entry->is_seen && contract_rules_apply(rule, &c) && !rule->holds(&c, &text)) {
			if (!cpus)
				strbuf_puts(found, strbuf_text(&text));
			cpus |= UINT64_C(1) << n;
		}
		strbuf_free(&text);
	}
	return cpus;
}

void contract_describe_broken(const struct contract *contract, struct strbuf *out)
{
	for (size_t i = 0; i < contract_rules_count(); i++) {
		const struct contract_rule *rule = contract_rules_at(i);
		struct strbuf found = STRBUF_INIT;
		uint64_t cpus = find_breakers(contract, rule, &found);

		if (cpus) {
			strbuf_puts(out, "boot protocol, at the kernel's door: ");
			groups_put_cpus(cpus, out);
			strbuf_printf(out, ": %s, but %s\n", strbuf_text(&found), rule->text);
		}
		strbuf_free(&found);
	}
}

size_t contract_size(const struct contract *contract)
{
	return contract->loaded->cpu_count * sizeof(contract->cpus[0]);
}

void contract_get(const struct contract *contract, void *state)
{
	memcpy(state, contract->cpus, contract_size(contract));
}

void contract_set(struct contract *contract, const void *state)
{
	memcpy(contract->cpus, state, contract_size(contract));
}
