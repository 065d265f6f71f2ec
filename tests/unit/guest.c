/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/guest.c: a small machine for tests.
 */
#include "guest.h"

#include <check.h>

enum {
	VECTOR_SIZE = 0x80, VECTORS = 16,
	TABLE_ENTRIES = 512,
	BLOCK_1G_RW = 0x701,		/* AF, inner shareable, EL1 read and write, block */
	TABLE = 3,
};

const char *const guest_profiles[PROFILE_COUNT] = { "rr:1000", "rr:1" };

/* Every vector holds a branch to itself, so that the PC tells which one was taken. */
static void write_vectors(struct machine *machine)
{
	const uint32_t stay = I_STAY;

	for (int el = 1; el <= 3; el++)
		for (int i = 0; i < VECTORS; i++)
			machine_poke(machine, guest_vectors(el) + i * VECTOR_SIZE, &stay, sizeof(stay));
}

struct machine *guest_new(unsigned cpus, const char *sched, enum cpu_model model)
{
	struct machine_config config = { .cpu_count = cpus, .model = model };
	struct error err = ERROR_NONE;
	struct machine *machine;

	for (unsigned i = 0; i < cpus; i++)
		config.mpidr[i] = i;
	machine = machine_new(&config, &err);
	ck_assert_msg(machine, "%s", err.text);
	ck_assert(machine_add_memory(machine, GUEST_ROM, GUEST_ROM_SIZE, MEMORY_ROM, &err));
	ck_assert(machine_add_memory(machine, GUEST_RAM, GUEST_RAM_SIZE, MEMORY_RAM, &err));
	ck_assert_msg(sched_set(machine_sched(machine), sched, &err), "%s", err.text);
	write_vectors(machine);
	return machine;
}

gpa_t guest_code_of(unsigned cpu)
{
	return GUEST_CODE + (gpa_t)cpu * PAGE_SIZE;
}

gpa_t guest_vectors(int el)
{
	return GUEST_VECTORS + (gpa_t)(el - 1) * PAGE_SIZE;
}

void guest_start(struct machine *machine, unsigned cpu, int el, const uint32_t *code, size_t count)
{
	static const uint32_t vbar[] = { VBAR_EL1, VBAR_EL2, VBAR_EL3 };
	struct error err = ERROR_NONE;

	ck_assert(machine_poke(machine, guest_code_of(cpu), code, count * sizeof(*code)));
	ck_assert_msg(machine_power_up_cpu(machine, cpu, &err), "%s", err.text);
	machine_start_cpu(machine, cpu, guest_code_of(cpu), el ? el : 1, 0, false);
	for (int i = 0; i < 3; i++)
		guest_set_sysreg(machine, cpu, vbar[i], guest_vectors(i + 1));
	if (el == 0)
		cpu_set_reg(machine_cpu(machine, cpu), CPU_PSTATE, 0x3c0);
}

uint64_t guest_reg(struct machine *machine, unsigned cpu, int reg)
{
	return cpu_get_reg(machine_cpu(machine, cpu), reg);
}

uint64_t guest_sysreg(struct machine *machine, unsigned cpu, uint32_t reg)
{
	uint64_t value = 0;

	ck_assert(cpu_get_sysreg(machine_cpu(machine, cpu), reg, &value));
	return value;
}

void guest_set_sysreg(struct machine *machine, unsigned cpu, uint32_t reg, uint64_t value)
{
	ck_assert(cpu_set_sysreg(machine_cpu(machine, cpu), reg, value));
}

uint64_t guest_read(struct machine *machine, gpa_t addr)
{
	uint64_t value = 0;

	ck_assert(machine_peek(machine, addr, &value, sizeof(value)));
	return value;
}

void guest_write(struct machine *machine, gpa_t addr, uint64_t value)
{
	ck_assert(machine_poke(machine, addr, &value, sizeof(value)));
}

/* ---- translation tables: level 1 at GUEST_TABLES, then a level 2 and a level 3 table for each GiB that is split ---- */

static gpa_t level2_of(gva_t va)
{
	return GUEST_TABLES + (1 + (va >> 30 & 1)) * PAGE_SIZE;
}

static gpa_t level3_of(gva_t va)
{
	return GUEST_TABLES + (3 + (va >> 30 & 1)) * PAGE_SIZE;
}

void guest_map_identity(struct machine *machine, unsigned cpu)
{
	for (uint64_t i = 0; i < TABLE_ENTRIES; i++)
		guest_write(machine, GUEST_TABLES + i * 8, i << 30 | BLOCK_1G_RW);
	guest_set_sysreg(machine, cpu, TTBR0_EL1, GUEST_TABLES);
	guest_set_sysreg(machine, cpu, TCR_EL1, GUEST_TCR);
	guest_set_sysreg(machine, cpu, MAIR_EL1, 0xff);
}

/* The rest of the GiB stays an identity map, of 2 MiB blocks, and that of the 2 MiB, of pages. */
static void split(struct machine *machine, gva_t va)
{
	gva_t base = va & ~((1ull << 30) - 1), low = va & ~((1ull << 21) - 1);

	for (uint64_t i = 0; i < TABLE_ENTRIES; i++) {
		guest_write(machine, level2_of(va) + i * 8, base | i << 21 | BLOCK_1G_RW);
		guest_write(machine, level3_of(va) + i * 8, low | i << 12 | GUEST_PAGE_RW);
	}
	guest_write(machine, level2_of(va) + (va >> 21 & 0x1ff) * 8, level3_of(va) | TABLE);
	guest_write(machine, GUEST_TABLES + (va >> 30) * 8, level2_of(va) | TABLE);
}

void guest_map_page(struct machine *machine, gva_t va, gpa_t pa, uint64_t attributes)
{
	ck_assert_uint_lt(va, 2ull << 30);
	if ((guest_read(machine, GUEST_TABLES + (va >> 30) * 8) & TABLE) != TABLE)
		split(machine, va);
	guest_write(machine, level3_of(va) + (va >> 12 & 0x1ff) * 8, pa | attributes);
}
