/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/cpu.c: answering questions about one CPU.
 */
#include "machine/cpu.h"

#include <string.h>

#include "machine/core.h"
#include "machine/sysreg.h"

unsigned cpu_index(const struct cpu *cpu)
{
	return cpu->index;
}

uint64_t cpu_mpidr(const struct cpu *cpu)
{
	return cpu->mpidr;
}

enum cpu_state cpu_state(const struct cpu *cpu)
{
	return cpu->state;
}

int cpu_el(const struct cpu *cpu)
{
	return cpu->engine ? (int)(engine_get(cpu->engine, CPU_PSTATE) >> 2 & 3) : 3;
}

bool cpu_is_mmu_on(const struct cpu *cpu)
{
	static const uint32_t sctlr[] = { SCTLR_EL1, SCTLR_EL1, SCTLR_EL2, SCTLR_EL3 };
	uint64_t value = 0;

	return cpu->engine && engine_get_sys(cpu->engine, sctlr[cpu_el(cpu)], &value) && value & 1;
}

uint64_t cpu_get_reg(const struct cpu *cpu, int reg)
{
	return cpu->engine ? engine_get(cpu->engine, reg) : 0;
}

void cpu_set_reg(struct cpu *cpu, int reg, uint64_t value)
{
	if (!cpu->engine)
		return;
	if (reg == CPU_PC)
		cpu->skip_mark = false;
	if (reg == CPU_PSTATE && (value >> 2 & 3) != (uint64_t)cpu_el(cpu)) {
		engine_set_level(cpu->engine, value, engine_get(cpu->engine, CPU_PC));
		cpu_refresh_el(cpu);
		cpu_new_generation(cpu);
		return;
	}
	engine_set(cpu->engine, reg, value);
}

void cpu_get_simd(const struct cpu *cpu, unsigned n, uint64_t half[2])
{
	half[0] = half[1] = 0;
	if (cpu->engine)
		engine_get_simd(cpu->engine, n, half);
}

/* The stack pointer that REG names, when it is the one in use and so not in its bank. */
static bool is_live_stack(const struct cpu *cpu, uint32_t reg)
{
	uint64_t pstate = engine_get(cpu->engine, CPU_PSTATE);
	unsigned selected = pstate & 1 ? pstate >> 2 & 3 : 0;

	return (reg == SP_EL0 && selected == 0) || (reg == SP_EL1 && selected == 1) || (reg == SP_EL2 && selected == 2);
}

bool cpu_get_sysreg(const struct cpu *cpu, uint32_t reg, uint64_t *value)
{
	if (!cpu->engine)
		return false;
	if (reg == HCR_EL2) {
		*value = cpu->hcr;
		return true;
	}
	if (reg == MPIDR_EL1) {
		*value = cpu->mpidr | 1u << 31;
		return true;
	}
	if (is_live_stack(cpu, reg)) {
		*value = engine_get(cpu->engine, CPU_SP);
		return true;
	}
	if (!engine_get_sys(cpu->engine, reg, value))
		return false;
	*value = sysreg_shown(cpu, reg, *value);
	return true;
}

bool cpu_set_sysreg(struct cpu *cpu, uint32_t reg, uint64_t value)
{
	bool ok;

	if (!cpu->engine)
		return false;
	if (is_live_stack(cpu, reg)) {
		engine_set(cpu->engine, CPU_SP, value);
		return true;
	}
	/* The core keeps these two as well. */
	if (sysreg_write_attached(cpu, reg, value) && reg != CNTKCTL_EL1 && reg != CNTHCTL_EL2)
		return true;
	if (reg == HCR_EL2) {
		cpu->hcr = sysreg_kept(reg, value);
		sysreg_update_hcr(cpu);
		ok = true;
	} else {
		ok = engine_set_sys(cpu->engine, reg, sysreg_kept(reg, value));
	}
	/* It routes interrupts, too. */
	if (reg == SCR_EL3)
		sysreg_update_hcr(cpu);
	if (reg == VBAR_EL1 || reg == VBAR_EL2 || reg == VBAR_EL3)
		cpu->vbar_set |= 1u << (reg == VBAR_EL1 ? 1 : reg == VBAR_EL2 ? 2 : 3);
	engine_refresh(cpu->engine);
	engine_flush_tlb(cpu->engine);
	cpu->core.differs |= cpu->core.is_open;
	cpu_new_generation(cpu);
	return ok;
}

bool cpu_event_register(const struct cpu *cpu)
{
	return cpu->event_register;
}

struct reservation cpu_reservation(const struct cpu *cpu)
{
	return cpu->machine->monitor.entry[cpu->index];
}

uint64_t cpu_instructions(const struct cpu *cpu)
{
	return cpu->instructions;
}

uint64_t cpu_asleep_since(const struct cpu *cpu)
{
	return cpu->asleep_since;
}
