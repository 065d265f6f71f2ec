/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/changes.c: two copies of the CPUs' registers, "noted" and "before", that change places.
 *
 * System registers are copied for the CPU in focus alone: asking 64 CPUs for all of them would be felt while stepping.
 */
#include "ui/changes.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "service/sysreg.h"

enum { NO_CPU = -1 };

struct cpu_copy {
	uint64_t regs[CPU_REG_COUNT];
	enum cpu_state state;
	int el;
	bool mmu;
};

struct copy {
	bool is_valid;
	uint64_t t;
	unsigned cpu_count;
	struct cpu_copy cpus[CPU_MAX];
	int sysreg_cpu;			/* whose system registers these are */
	uint64_t *sysregs;		/* by index; 0 where there is none */
};

struct changes {
	struct copy copies[2];
	unsigned noted;			/* index of the newer copy; the other one is "before" */
};

struct changes *changes_new(void)
{
	struct changes *changes = xzalloc(sizeof(*changes));

	for (size_t i = 0; i < 2; i++)
		changes->copies[i].sysregs = xcalloc(sysreg_count(), sizeof(uint64_t));
	changes_forget(changes);
	return changes;
}

void changes_free(struct changes *changes)
{
	if (!changes)
		return;
	free(changes->copies[0].sysregs);
	free(changes->copies[1].sysregs);
	free(changes);
}

void changes_forget(struct changes *changes)
{
	for (size_t i = 0; i < 2; i++) {
		changes->copies[i].is_valid = false;
		changes->copies[i].sysreg_cpu = NO_CPU;
	}
}

static struct cpu_copy copy_cpu(const struct cpu *cpu)
{
	struct cpu_copy copy = { .state = cpu_state(cpu), .el = cpu_el(cpu), .mmu = cpu_is_mmu_on(cpu) };

	if (copy.state != CPU_OFF)
		for (int reg = 0; reg < CPU_REG_COUNT; reg++)
			copy.regs[reg] = cpu_get_reg(cpu, reg);
	return copy;
}

void changes_note(struct changes *changes, const struct session *session)
{
	struct copy *copy = &changes->copies[changes->noted];
	struct machine *machine = session_machine(session);
	unsigned focus = session_focus(session);

	copy->is_valid = true;
	copy->t = machine_time(machine);
	copy->cpu_count = machine_cpu_count(machine);
	for (unsigned n = 0; n < copy->cpu_count; n++)
		copy->cpus[n] = copy_cpu(machine_cpu_const(machine, n));
	copy->sysreg_cpu = (int)focus;
	for (size_t i = 0; i < sysreg_count(); i++)
		if (!machine_peek_sysreg(machine, focus, sysreg_at(i)->number, &copy->sysregs[i]))
			copy->sysregs[i] = 0;
}

void changes_keep(struct changes *changes)
{
	changes->noted ^= 1;
}

static const struct copy *before(const struct changes *changes)
{
	return &changes->copies[changes->noted ^ 1];
}

uint64_t changes_time(const struct changes *changes)
{
	return before(changes)->is_valid ? before(changes)->t : UINT64_MAX;
}

static const struct cpu_copy *cpu_before(const struct changes *changes, unsigned cpu)
{
	const struct copy *copy = before(changes);

	return copy->is_valid && cpu < copy->cpu_count ? &copy->cpus[cpu] : NULL;
}

bool changes_in_reg(const struct changes *changes, const struct session *session, unsigned cpu, int reg)
{
	const struct cpu_copy *copy = cpu_before(changes, cpu);
	const struct cpu *now = machine_cpu_const(session_machine(session), cpu);

	return copy && cpu_state(now) != CPU_OFF && copy->regs[reg] != cpu_get_reg(now, reg);
}

bool changes_in_sysreg(const struct changes *changes, const struct session *session, unsigned cpu, size_t index)
{
	const struct copy *copy = before(changes);
	uint64_t value;

	return copy->is_valid && copy->sysreg_cpu == (int)cpu &&
	       machine_peek_sysreg(session_machine(session), cpu, sysreg_at(index)->number, &value) &&
	       copy->sysregs[index] != value;
}

bool changes_in_state(const struct changes *changes, const struct session *session, unsigned cpu)
{
	const struct cpu_copy *copy = cpu_before(changes, cpu);
	const struct cpu *now = machine_cpu_const(session_machine(session), cpu);

	return copy && (copy->state != cpu_state(now) || copy->el != cpu_el(now) || copy->mmu != cpu_is_mmu_on(now));
}
