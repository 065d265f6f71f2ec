/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/cpu.h: one CPU as the rest of the program sees it: asking costs nothing and changes nothing.
 */
#ifndef MACHINE_CPU_H
#define MACHINE_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/types.h"

struct cpu;

enum cpu_model { CPU_CORTEX_A53, CPU_CORTEX_A57, CPU_CORTEX_A72, CPU_MAX_MODEL };

/* What a CPU is doing. */
enum cpu_state {
	CPU_OFF,		/* powered off, or not yet out of reset */
	CPU_RUNNING,
	CPU_WFE,		/* asleep, waiting for its event register */
	CPU_WFI,		/* asleep, waiting for an interrupt */
	CPU_FAULTED,		/* stopped for good by something that nothing handles */
};

/* Registers by number for cpu_get_reg(): 0 to 30 are X0 to X30. */
enum cpu_reg { CPU_X0 = 0, CPU_X30 = 30, CPU_SP = 31, CPU_PC = 32, CPU_PSTATE = 33, CPU_REG_COUNT };

/* A reservation of the exclusive monitor. */
struct reservation {
	bool valid;
	gpa_t addr;		/* physical address of the load-exclusive */
	unsigned size;		/* bytes, 1 to 16 */
};

/* Logical number in the machine, affinity fields of MPIDR_EL1. */
unsigned cpu_index(const struct cpu *cpu);
/* Affinity fields of MPIDR_EL1. */
uint64_t cpu_mpidr(const struct cpu *cpu);

/* What it is doing, at which exception level (0 to 3), whether the MMU of that level's regime is on. */
enum cpu_state cpu_state(const struct cpu *cpu);
/* Exception level, 0 to 3. */
int cpu_el(const struct cpu *cpu);
/* Is the MMU of the present translation regime on? */
bool cpu_is_mmu_on(const struct cpu *cpu);

/* A register (enum cpu_reg).  PSTATE has SPSR's layout. */
uint64_t cpu_get_reg(const struct cpu *cpu, int reg);
/* Write a register; X31 is SP. */
void cpu_set_reg(struct cpu *cpu, int reg, uint64_t value);

/* SIMD register N (0 to 31) as two 64-bit halves, low first. */
void cpu_get_simd(const struct cpu *cpu, unsigned n, uint64_t half[2]);

/* A system register by its SYSREG() number (machine/device.h) as the core keeps it; false when it has none. */
bool cpu_get_sysreg(const struct cpu *cpu, uint32_t reg, uint64_t *value);
/* Write one, with the effects that an MSR has (TLB, MMU, interrupt lines); false when there is none. */
bool cpu_set_sysreg(struct cpu *cpu, uint32_t reg, uint64_t value);

/* The event register. */
bool cpu_event_register(const struct cpu *cpu);

/* The exclusive monitor's entry for this CPU. */
struct reservation cpu_reservation(const struct cpu *cpu);

/* Instructions this CPU has run, and the time (of the machine) at which it fell asleep when it sleeps. */
uint64_t cpu_instructions(const struct cpu *cpu);
/* Machine time when it fell asleep; 0 when it does not sleep. */
uint64_t cpu_asleep_since(const struct cpu *cpu);

#endif /* MACHINE_CPU_H */
