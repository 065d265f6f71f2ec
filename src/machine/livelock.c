/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/livelock.c: the watchdog for CPUs that run and get nowhere.
 *
 * Changes are counted: a store of another value, an access to a device, a system register written, time read, an
 * exception.  A CPU that has run so many instructions since the last change of anybody's, and whose slices ended in few
 * places, spins.  While one CPU that runs does not spin yet it may still end the others' spinning, so only all together
 * are a livelock.  It sees where slices end, so it is the same however a run is cut up.
 */
#include <inttypes.h>
#include <stdio.h>

#include "machine/core.h"

void machine_set_livelock(struct machine *machine, uint64_t n)
{
	machine->livelock = n;
	livelock_changed(machine);
}

void livelock_changed(struct machine *machine)
{
	machine->changes++;
}

static void begin(struct cpu *cpu)
{
	cpu->spin = (struct spin){ .changes = cpu->machine->changes, .since = cpu->instructions };
}

/* Keep in mind where the CPU is.  False when it has been in too many places to call it spinning. */
static bool note_place(struct cpu *cpu)
{
	gva_t place = engine_get(cpu->engine, CPU_PC) / SPIN_PLACE_SIZE;
	struct spin *spin = &cpu->spin;

	for (unsigned i = 0; i < spin->places; i++)
		if (spin->place[i] == place)
			return true;
	if (spin->places == SPIN_PLACES)
		return false;
	spin->place[spin->places++] = place;
	return true;
}

static bool is_spinning(const struct cpu *cpu)
{
	return cpu->spin.changes == cpu->machine->changes &&
	       cpu->instructions - cpu->spin.since >= cpu->machine->livelock;
}

static bool all_spin(const struct machine *machine)
{
	for (unsigned i = 0; i < machine->config.cpu_count; i++)
		if (sleep_can_run(machine->cpu[i]) && !is_spinning(machine->cpu[i]))
			return false;
	return true;
}

static void describe(struct machine *machine)
{
	size_t used = 0;

	machine->text[0] = '\0';
	for (unsigned i = 0; i < machine->config.cpu_count && used < sizeof(machine->text); i++) {
		const struct cpu *cpu = machine->cpu[i];

		if (!sleep_can_run(cpu))
			continue;
		used += snprintf(machine->text + used, sizeof(machine->text) - used,
				 "%sCPU%u: spins around 0x%" PRIx64 ", %" PRIu64 " instructions and nothing changed",
				 used ? "\n" : "", i, engine_get(cpu->engine, CPU_PC),
				 cpu->instructions - cpu->spin.since);
	}
}

bool livelock_check(struct machine *machine, struct cpu *cpu, struct stop *stop)
{
	if (!machine->livelock || !cpu->engine || !sleep_can_run(cpu))
		return false;
	if (cpu->spin.changes != machine->changes || !note_place(cpu))
		begin(cpu);
	if (!is_spinning(cpu) || !all_spin(machine))
		return false;
	describe(machine);
	/* Whoever goes on all the same wants to be told anew. */
	livelock_changed(machine);
	*stop = (struct stop){
		.reason = STOP_LIVELOCK,
		.cpu = cpu->index,
		.pc = engine_get(cpu->engine, CPU_PC),
		.text = machine->text,
	};
	return true;
}
