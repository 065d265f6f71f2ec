/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/idle.c: rest, or stuck.
 *
 * The machine knows the instructions at which a CPU idles (MARK_IDLE), but not that a CPU in the firmware's pen is off for
 * PSCI: its slot of branch_table, or its cpu-release-addr, tells.
 */
#include "session/idle.h"

#include <string.h>

#include "service/milestones.h"
#include "session/names.h"
#include "session/tables.h"

bool idle_is_idling(const struct session *session, unsigned n)
{
	const struct cpu *cpu = machine_cpu_const(session_machine(session), n);
	struct name name;
	uint64_t offset;

	if (!names_at(session_loaded(session), cpu_get_reg(cpu, CPU_PC), &name, &offset))
		return false;
	for (size_t i = 0; milestones_idle_symbol(i); i++)
		if (!strcmp(name.text, milestones_idle_symbol(i)))
			return true;
	return false;
}

bool idle_is_known(const struct session *session)
{
	const struct loaded *loaded = session_loaded(session);
	struct name name;

	for (size_t i = 0; milestones_idle_symbol(i); i++)
		if (names_find(loaded, milestones_idle_symbol(i), &name, NULL))
			return true;
	return !loaded->kernel.present;
}

/* Does CPU wait in EL3 for a slot that nobody has written an address to? */
static bool is_in_pen(const struct session *session, const struct cpu *cpu)
{
	const struct tables *tables = session_tables(session);

	for (size_t i = 0; cpu_el(cpu) == 3 && i < tables_count(tables); i++) {
		const struct table_slot *slot = tables_at(tables, i);
		uint64_t value = tables_value(tables, slot);

		if (slot->cpu == (int)cpu_index(cpu) && (!value || value == TABLE_INVALID))
			return true;
	}
	return false;
}

bool idle_is_rest(const struct session *session)
{
	struct machine *machine = session_machine(session);
	unsigned idle = 0;

	for (unsigned n = 0; n < machine_cpu_count(machine); n++) {
		const struct cpu *cpu = machine_cpu_const(machine, n);

		if (cpu_state(cpu) == CPU_OFF)
			continue;
		if (idle_is_idling(session, n))
			idle++;
		else if (!is_in_pen(session, cpu))
			return false;
	}
	return idle;
}
