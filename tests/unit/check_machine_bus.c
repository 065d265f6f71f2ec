/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The physical map: what is found where, what may not overlap; and the machine's own view of memory.
 */
#include "machine/bus.h"

#include <string.h>

#include "guest.h"
#include "unit.h"

static uint64_t read_offset(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	(void)dev, (void)cpu, (void)size;
	return offset;
}

static uint64_t peek_offset(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	(void)dev, (void)cpu, (void)size;
	return 0x11223300 | offset;
}

static const struct device_ops offset_ops = { .name = "offset", .read = read_offset, .peek = peek_offset };

static const struct {
	const char *name;
	gpa_t base;
	uint64_t size;
	bool ok;
} additions[] = {
	{ "below", 0x40000000 - 0x1000, 0x1000, true }, { "above", 0x40100000, 0x1000, true },
	{ "the same", 0x40000000, 0x100000, false }, { "inside", 0x40001000, 0x1000, false },
	{ "around", 0x3ffff000, 0x200000, false }, { "over the start", 0x3ffff000, 0x2000, false },
	{ "over the end", 0x400ff000, 0x2000, false }, { "empty", 0x50000000, 0, false },
	{ "odd base", 0x50000800, 0x1000, false }, { "odd size", 0x50000000, 0x1800, false },
	{ "round the end of the address space", 0xfffffffffffff000, 0x2000, false },
};

START_TEST(addition)
{
	struct error err = ERROR_NONE;
	struct bus bus = { 0 };
	bool ok;

	ck_assert(bus_add_memory(&bus, 0x40000000, 0x100000, REGION_RAM, &err));
	ok = bus_add_device(&bus, additions[_i].base, additions[_i].size, &offset_ops, NULL, &err);
	ck_assert_msg(ok == additions[_i].ok, "%s", additions[_i].name);
	ck_assert_msg(ok != error_is_set(&err), "%s", additions[_i].name);
	bus_free(&bus);
}
END_TEST

START_TEST(finds_regions_in_any_order_of_addition)
{
	static const gpa_t bases[] = { 0x5000, 0x1000, 0x9000, 0x3000, 0x7000 };
	struct error err = ERROR_NONE;
	struct bus bus = { 0 };

	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		ck_assert(bus_add_device(&bus, bases[i], 0x1000, &offset_ops, NULL, &err));
	for (gpa_t pa = 0; pa < 0xc000; pa += 0x800) {
		const struct region *region = bus_find(&bus, pa);
		bool want = pa < 0xa000 && (pa >> 12) % 2;

		ck_assert_msg(!!region == want, "0x%lx", (unsigned long)pa);
		ck_assert(!region || region->base == (pa & ~0xfffull));
	}
	bus_free(&bus);
}
END_TEST

START_TEST(words)
{
	struct error err = ERROR_NONE;
	struct bus bus = { 0 };
	const uint32_t insn = I_NOP;
	uint64_t value;

	ck_assert(bus_add_memory(&bus, 0x1000, 0x1000, REGION_ROM, &err));
	memcpy(bus_host(&bus, 0x1ff8), &insn, sizeof(insn));
	ck_assert_uint_eq(bus_insn(&bus, 0x1ff8), I_NOP);
	ck_assert_uint_eq(bus_insn(&bus, 0x2000), 0);
	ck_assert(bus_read64(&bus, 0x1ff8, &value));
	ck_assert_uint_eq(value, I_NOP);
	ck_assert(!bus_read64(&bus, 0x1ffc, &value));
	ck_assert(!bus_read64(&bus, 0x2000, &value));
	bus_free(&bus);
}
END_TEST

START_TEST(peek_and_poke)
{
	struct machine *machine = guest_new(1, "rr", CPU_CORTEX_A72);
	struct error err = ERROR_NONE;
	uint8_t bytes[16];
	uint64_t value = 0x1234;

	ck_assert(machine_add_device(machine, 0x9000000, 0x1000, &offset_ops, NULL, &err));
	ck_assert(machine_poke(machine, GUEST_ROM + 8, &value, sizeof(value)));
	ck_assert(machine_is_rom(machine, GUEST_ROM + 8) && !machine_is_rom(machine, GUEST_RAM));
	ck_assert_uint_eq(guest_read(machine, GUEST_ROM + 8), 0x1234);
	ck_assert(!machine_poke(machine, 0x9000000, &value, sizeof(value)));
	ck_assert(!machine_poke(machine, GUEST_RAM + GUEST_RAM_SIZE - 4, &value, sizeof(value)));
	ck_assert(machine_peek(machine, 0x9000004, bytes, 4));
	ck_assert_uint_eq(bytes[0], 4);
	ck_assert_uint_eq(bytes[3], 0x11);
	memset(bytes, 0xff, sizeof(bytes));
	ck_assert(!machine_peek(machine, GUEST_RAM + GUEST_RAM_SIZE - 4, bytes, 8));
	ck_assert_uint_eq(bytes[7], 0);
	ck_assert(!machine_is_memory(machine, GUEST_RAM + GUEST_RAM_SIZE - 4, 8));
	ck_assert(machine_is_memory(machine, GUEST_RAM, GUEST_RAM_SIZE));
	machine_free(machine);
}
END_TEST

/* What the guest does to a device: address, size, value and time are exact inside a block. */
static struct {
	uint64_t offset, value, t;
	unsigned size, count;
} wrote;
static struct machine *wrote_machine;

static void note_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	(void)dev, (void)cpu;
	wrote.offset = offset;
	wrote.size = size;
	wrote.value = value;
	wrote.t = machine_time(wrote_machine);
	wrote.count++;
}

static const struct device_ops note_ops = { .name = "note", .read = read_offset, .write = note_write };

START_TEST(device_access)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	struct error err = ERROR_NONE;

	wrote_machine = machine;
	ck_assert(machine_add_device(machine, 0x9000000, 0x1000, &note_ops, NULL, &err));
	GUEST_START(machine, 0, 3, I_MOVZ_16(0, 0x900), I_MOVZ(1, 0x4142), I_NOP, I_STRH(1, 0, 6), I_LDRW(2, 0, 0x18),
		I_NOP,
		    I_WFI);
	ck_assert_int_eq(machine_run(machine, 1000).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(wrote.count, 1);
	ck_assert_uint_eq(wrote.offset, 6);
	ck_assert_uint_eq(wrote.size, 2);
	ck_assert_uint_eq(wrote.value & 0xffff, 0x4142);
	ck_assert_uint_eq(wrote.t, 3);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 0x18);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/bus");
	TCase *tcase = tcase_create("bus");

	tcase_add_loop_test(tcase, addition, 0, sizeof(additions) / sizeof(additions[0]));
	tcase_add_test(tcase, finds_regions_in_any_order_of_addition);
	tcase_add_test(tcase, words);
	tcase_add_test(tcase, peek_and_poke);
	tcase_add_loop_test(tcase, device_access, 0, PROFILE_COUNT);
	suite_add_tcase(suite, tcase);
	return suite;
}
