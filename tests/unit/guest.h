/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/guest.h: a small machine for tests: some RAM, ROM, vectors that stay where they are entered, and short ways to
 * fill, start and ask it.
 */
#ifndef UNIT_GUEST_H
#define UNIT_GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "a64.h"
#include "machine/machine.h"

/* Physical map.  Nothing answers at GUEST_HOLE. */
enum {
	GUEST_ROM = 0x0, GUEST_ROM_SIZE = 0x10000,
	GUEST_HOLE = 0x20000000,
	GUEST_RAM = 0x40000000, GUEST_RAM_SIZE = 0x400000,
	GUEST_CODE = GUEST_RAM + 0x10000,	/* where CPU 0 starts; 4 KiB more a CPU */
	GUEST_DATA = GUEST_RAM + 0x100000,
	GUEST_VECTORS = GUEST_RAM + 0x200000,	/* of EL1; 4 KiB more for EL2, EL3 */
	GUEST_TABLES = GUEST_RAM + 0x300000,	/* for translation tables */
};

/* Schedules that end in the fast profile of the engine, and in the exact one. */
enum { PROFILE_COUNT = 2 };
extern const char *const guest_profiles[PROFILE_COUNT];

/* A machine of CPUS CPUs of MODEL under the schedule SCHED, none started.  Free with machine_free(). */
struct machine *guest_new(unsigned cpus, const char *sched, enum cpu_model model);

/* Where the code of CPU starts. */
gpa_t guest_code_of(unsigned cpu);

/* Put COUNT words of CODE where CPU starts, and start it there at EL with all vectors set. */
void guest_start(struct machine *machine, unsigned cpu, int el, const uint32_t *code, size_t count);
#define GUEST_START(machine, cpu, el, ...) \
	guest_start(machine, cpu, el, (const uint32_t[]){ __VA_ARGS__ }, \
		    sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* Where VBAR_ELn points in a CPU that guest_start() started. */
gpa_t guest_vectors(int el);

/* General register REG of CPU. */
uint64_t guest_reg(struct machine *machine, unsigned cpu, int reg);

/* System register REG of CPU. */
uint64_t guest_sysreg(struct machine *machine, unsigned cpu, uint32_t reg);
/* Set it. */
void guest_set_sysreg(struct machine *machine, unsigned cpu, uint32_t reg, uint64_t value);

/* The doubleword of memory at ADDR. */
uint64_t guest_read(struct machine *machine, gpa_t addr);
/* Set it. */
void guest_write(struct machine *machine, gpa_t addr, uint64_t value);

/* Identity-map the first 512 GiB with 1 GiB blocks that EL1 may read, write and run, from the table at GUEST_TABLES, and
 * give CPU the registers of EL1&0 for it, but leave its MMU off. */
void guest_map_identity(struct machine *machine, unsigned cpu);

/* Map the page VA of the first 1 GiB or of the second to PA, with the attributes of a page descriptor, instead. */
void guest_map_page(struct machine *machine, gva_t va, gpa_t pa, uint64_t attributes);

enum { GUEST_TCR = 0x19 };		/* T0SZ 25: 39 bits, 4 KiB granules; TTBR1 likewise disabled by nothing */
#define GUEST_PAGE_RW	0x703ull	/* AF, inner shareable, EL1 read and write, page */

#endif /* UNIT_GUEST_H */
