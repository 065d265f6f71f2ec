/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What devices do to RAM: a store by nobody, which monitors, watches, snapshots and CPUs see; and their storage.
 */
#include <string.h>

#include "guest.h"
#include "unit.h"

enum { BUDGET = 20000, NEW = 0x2222, RESULT = 2 };

static struct {
	int lost, by, notes;
	enum wake_by woke;
	struct cpu *cpu;
	gpa_t addr;
	unsigned size;
	uint64_t old, value;
} seen;

static void observe(void *ctx, const struct event *event)
{
	(void)ctx;
	if (event->kind == EVENT_MONITOR_LOST) {
		seen.lost++;
		seen.by = event->u.lost.by;
	}
	if (event->kind == EVENT_WFE_WAKE)
		seen.woke = event->u.wake.by;
}

static void note(void *ctx, struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size, uint64_t old, uint64_t value)
{
	(void)ctx;
	(void)pc;
	seen.notes++;
	seen.cpu = cpu;
	seen.addr = addr;
	seen.size = size;
	seen.old = old;
	seen.value = value;
}

static struct machine *new_machine(int profile)
{
	struct machine *machine = guest_new(1, guest_profiles[profile], CPU_CORTEX_A72);

	memset(&seen, 0, sizeof(seen));
	machine_set_observer(machine, observe, NULL);
	machine_set_watch_handler(machine, note, NULL);
	return machine;
}

/* Bytes from the granule of GUEST_DATA, and whether they touch it. */
static const struct { int offset; unsigned len; bool clears; } stores[] = {
	{ 0, 8, true }, { 63, 1, true }, { -1, 2, true }, { -4096, 8192, true }, { 64, 8, false }, { -8, 8, false },
};

enum { STORES = sizeof(stores) / sizeof(stores[0]) };

/* A CPU holds a reservation and sleeps in WFE; the device's store takes it away and wakes the CPU. */
START_TEST(opens_monitors)
{
	struct machine *machine = new_machine(_i % PROFILE_COUNT);
	static const uint8_t zeroes[8192];
	bool clears = stores[_i / PROFILE_COUNT].clears;

	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ(3, NEW), I_MOVZ(RESULT, 7), I_LDXR(1, 0),
		    I_WFE, I_STXR(RESULT, 3, 0), I_WFI, I_STAY);
	machine_run(machine, 5);
	ck_assert_int_eq(cpu_state(machine_cpu(machine, 0)), CPU_WFE);
	ck_assert(machine_dma_write(machine, (gpa_t)((int64_t)GUEST_DATA + stores[_i / PROFILE_COUNT].offset), zeroes,
				    stores[_i / PROFILE_COUNT].len));
	ck_assert_int_eq(seen.lost, clears);
	ck_assert_int_eq(cpu_state(machine_cpu(machine, 0)), clears ? CPU_RUNNING : CPU_WFE);
	if (!clears)
		machine_inject(machine, INJECT_SPURIOUS_WAKE, 0, 0);
	else
		ck_assert(seen.by == EVENT_NO_CPU && seen.woke == WAKE_MONITOR);
	machine_run(machine, BUDGET);
	/* The same value as before, and yet it was lost. */
	ck_assert_uint_eq(guest_reg(machine, 0, RESULT), clears);
	ck_assert_uint_eq(guest_read(machine, GUEST_DATA), clears ? 0 : NEW);
	machine_free(machine);
}
END_TEST

START_TEST(watches_see_it)
{
	struct machine *machine = new_machine(0);
	const uint64_t words[] = { 0x11, 0x22, 0x33, 0x44 };
	struct stop stop;
	int id;

	GUEST_START(machine, 0, 3, I_STAY);
	machine_add_watch(machine, GUEST_DATA + 8, 8, WATCH_NOTE);
	ck_assert(machine_dma_write(machine, GUEST_DATA, words, sizeof(words)));
	ck_assert_int_eq(seen.notes, 1);
	ck_assert_ptr_null(seen.cpu);
	ck_assert(seen.addr == GUEST_DATA + 8 && seen.size == 8 && seen.old == 0 && seen.value == 0x22);
	id = machine_add_watch(machine, GUEST_DATA + 30, 1, WATCH_STOP);
	ck_assert(machine_dma_write(machine, GUEST_DATA + 1, words, 27));
	ck_assert_int_eq(machine_run(machine, 10).reason, STOP_LIMIT);
	ck_assert(machine_dma_write(machine, GUEST_DATA + 1, words, 31));
	stop = machine_run(machine, 10);
	ck_assert_int_eq(stop.reason, STOP_WATCH);
	ck_assert_int_eq(stop.cpu, EVENT_NO_CPU);
	ck_assert(stop.addr == GUEST_DATA + 24);
	/* Said once. */
	ck_assert_int_eq(machine_run(machine, 10).reason, STOP_LIMIT);
	machine_clear_watch(machine, id);
	machine_free(machine);
}
END_TEST

/* What is still to be told is part of the moment: going back to it tells it again. */
START_TEST(watch_is_told_again)
{
	struct machine *machine = new_machine(0);
	const uint64_t value = 0x55;
	struct snapshot *before, *after;

	GUEST_START(machine, 0, 3, I_STAY);
	machine_add_watch(machine, GUEST_DATA, 8, WATCH_STOP);
	before = machine_save(machine);
	ck_assert(machine_dma_write(machine, GUEST_DATA, &value, sizeof(value)));
	after = machine_save(machine);
	ck_assert_int_eq(machine_run(machine, 10).reason, STOP_WATCH);
	machine_restore(machine, after);
	ck_assert_int_eq(machine_run(machine, 10).reason, STOP_WATCH);
	machine_restore(machine, after);
	machine_restore(machine, before);
	ck_assert_int_eq(machine_run(machine, 10).reason, STOP_LIMIT);
	machine_snapshot_free(machine, before);
	machine_snapshot_free(machine, after);
	machine_free(machine);
}
END_TEST

/* The CPU's next load sees it, and code is as it was until the guest says IC. */
START_TEST(cpus_see_it)
{
	struct machine *machine = new_machine(_i);
	const uint64_t value = 0x1234;
	const uint32_t code = I_MOVZ(3, 2);

	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_LDR(1, 0, 0), I_MOVZ(3, 1), I_CBZ(4, -2), I_STAY);
	machine_run(machine, 10);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), 0);
	ck_assert(machine_dma_write(machine, GUEST_DATA, &value, sizeof(value)));
	ck_assert(machine_dma_write(machine, guest_code_of(0) + 8, &code, sizeof(code)));
	machine_run(machine, 10);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), value);
	machine_free(machine);
}
END_TEST

START_TEST(only_ram)
{
	struct machine *machine = new_machine(0);
	uint8_t bytes[16] = { 1 };

	ck_assert(!machine_dma_write(machine, GUEST_ROM, bytes, sizeof(bytes)));
	ck_assert(!machine_dma_write(machine, GUEST_HOLE, bytes, sizeof(bytes)));
	ck_assert(!machine_dma_write(machine, GUEST_RAM - 1, bytes, sizeof(bytes)));
	ck_assert(!machine_dma_write(machine, GUEST_RAM + GUEST_RAM_SIZE - 15, bytes, sizeof(bytes)));
	ck_assert(machine_dma_write(machine, GUEST_RAM + GUEST_RAM_SIZE - 16, bytes, sizeof(bytes)));
	ck_assert(!machine_is_ram(machine, GUEST_RAM, (uint64_t)GUEST_RAM_SIZE + 1));
	ck_assert(!machine_is_ram(machine, GUEST_RAM + 16, UINT64_MAX));
	ck_assert(!machine_dma_read(machine, GUEST_HOLE, bytes, sizeof(bytes)));
	ck_assert_uint_eq(bytes[0], 1);
	machine_free(machine);
}
END_TEST

/* Storage is kept by snapshots like RAM, and is at no address. */
START_TEST(storage)
{
	struct machine *machine = new_machine(0);
	struct snapshot *empty, *full;
	uint8_t bytes[PAGE_SIZE * 2], zero[PAGE_SIZE * 2] = { 0 }, out[PAGE_SIZE * 2];
	unsigned first, second;
	uint64_t hash;

	ck_assert(machine_add_storage(machine, 1, &first, NULL));
	ck_assert(machine_add_storage(machine, 10 * PAGE_SIZE, &second, NULL));
	memset(bytes, 0x77, sizeof(bytes));
	hash = machine_hash(machine);
	empty = machine_save(machine);
	machine_storage_write(machine, second, 100, bytes, sizeof(bytes));
	machine_storage_read(machine, second, 100, out, sizeof(out));
	ck_assert(!memcmp(out, bytes, sizeof(out)));
	ck_assert(machine_hash(machine) != hash);
	full = machine_save(machine);
	machine_restore(machine, empty);
	ck_assert(machine_hash(machine) == hash);
	machine_storage_read(machine, second, 100, out, sizeof(out));
	ck_assert(!memcmp(out, zero, sizeof(out)));
	machine_storage_write(machine, second, 0, bytes, 10);
	machine_restore(machine, full);
	machine_storage_read(machine, second, 100, out, sizeof(out));
	ck_assert(!memcmp(out, bytes, sizeof(out)));
	machine_storage_read(machine, second, 0, out, 10);
	ck_assert(!memcmp(out, zero, 10));
	ck_assert(!machine_peek(machine, UINT64_C(1) << 60, out, 1));
	machine_snapshot_free(machine, empty);
	machine_snapshot_free(machine, full);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/dma");
	TCase *tcase = tcase_create("dma");

	tcase_add_loop_test(tcase, opens_monitors, 0, STORES * PROFILE_COUNT);
	tcase_add_test(tcase, watches_see_it);
	tcase_add_test(tcase, watch_is_told_again);
	tcase_add_loop_test(tcase, cpus_see_it, 0, PROFILE_COUNT);
	tcase_add_test(tcase, only_ram);
	tcase_add_test(tcase, storage);
	suite_add_tcase(suite, tcase);
	return suite;
}
