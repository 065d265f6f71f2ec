/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running: limits, steps, marks and watches are exact in both profiles; CPUs see each other's code and tables change;
 * two machines in one process do not meet.
 */
#include "machine/machine.h"

#include <string.h>

#include "guest.h"
#include "unit.h"

enum { BUDGET = 20000 };

/* A loop of nine instructions with a store and a load: X1 counts rounds, the doubleword at GUEST_DATA does as well. */
enum { LOOP_STORE = 2, LOOP_LENGTH = 8, LOOP_START = 1 };

static void start_loop(struct machine *machine, unsigned cpu)
{
	GUEST_START(machine, cpu, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_ADDI(1, 1, 1), I_STR(1, 0, 0), I_LDR(2, 0, 0),
		    I_ADD(3, 3, 2), I_EOR(4, 4, 3), I_ADDI(5, 5, 3), I_NOP, I_B(-7));
}

static gva_t loop_pc(unsigned index)
{
	return GUEST_CODE + index * 4;
}

/* ---- limits ---- */

START_TEST(limit_is_exact)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	uint64_t sum = 0;

	start_loop(machine, 0);
	for (uint64_t n = 1; n < 300; n += n < 40 ? 1 : 37) {
		ck_assert_int_eq(machine_run(machine, n).reason, STOP_LIMIT);
		sum += n;
		ck_assert_uint_eq(machine_time(machine), sum);
		ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 0)), sum);
		ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), loop_pc(1 + (sum - 1) % LOOP_LENGTH));
	}
	machine_free(machine);
}
END_TEST

/* A board that turned itself off runs no further, until one goes back to before that. */
START_TEST(off_is_off)
{
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);
	struct snapshot *on, *off;
	uint64_t end;

	start_loop(machine, 0);
	start_loop(machine, 1);
	machine_run(machine, 500);
	on = machine_save(machine);
	machine_request_power(machine, POWER_SYSTEM_OFF);
	ck_assert_int_eq(machine_run(machine, 500).reason, STOP_POWER_OFF);
	end = machine_time(machine);
	off = machine_save(machine);
	ck_assert_int_eq(machine_run(machine, 500).reason, STOP_POWER_OFF);
	ck_assert_int_eq(machine_step_cpu(machine, 1, 3).reason, STOP_POWER_OFF);
	ck_assert_uint_eq(machine_time(machine), end);
	machine_restore(machine, on);
	ck_assert_int_eq(machine_run(machine, 500).reason, STOP_LIMIT);
	ck_assert_uint_eq(machine_time(machine), 1000);
	machine_restore(machine, off);
	ck_assert_int_eq(machine_run(machine, 500).reason, STOP_POWER_OFF);
	ck_assert_uint_eq(machine_time(machine), end);
	machine_snapshot_free(machine, on);
	machine_snapshot_free(machine, off);
	machine_free(machine);
}
END_TEST

START_TEST(step_runs_one_cpu)
{
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);

	start_loop(machine, 0);
	start_loop(machine, 1);
	machine_run(machine, 777);
	for (unsigned i = 1; i <= 20; i++) {
		uint64_t before = cpu_instructions(machine_cpu(machine, 1)),
			other = cpu_instructions(machine_cpu(machine, 0));

		ck_assert_int_eq(machine_step_cpu(machine, 1, i).reason, STOP_LIMIT);
		ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 1)), before + i);
		ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 0)), other);
	}
	machine_free(machine);
}
END_TEST

START_TEST(step_of_a_sleeper_runs_nothing)
{
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);
	struct stop stop;

	start_loop(machine, 0);
	GUEST_START(machine, 1, 3, I_WFE);
	machine_run(machine, BUDGET);
	stop = machine_step_cpu(machine, 1, 5);
	ck_assert_int_eq(stop.reason, STOP_LIMIT);
	ck_assert_uint_eq(machine_time(machine), BUDGET);
	machine_free(machine);
}
END_TEST

START_TEST(run_to_a_count_of_one_cpu)
{
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);
	struct stop stop;

	start_loop(machine, 0);
	start_loop(machine, 1);
	stop = machine_run_cpu_to(machine, BUDGET, 1, 1234);
	ck_assert_int_eq(stop.reason, STOP_LIMIT);
	ck_assert_int_eq(stop.cpu, 1);
	ck_assert_uint_eq(cpu_instructions(machine_cpu(machine, 1)), 1234);
	machine_free(machine);
}
END_TEST

/* ---- marks ---- */

static struct {
	unsigned count;
	uint64_t x1, t;
	gva_t pc;
} noted;

static void note_mark(void *ctx, struct cpu *cpu, gva_t pc, gpa_t pa)
{
	ck_assert_uint_eq(pc, pa);
	noted.count++;
	noted.x1 = cpu_get_reg(cpu, 1);
	noted.t = machine_time(ctx);
	noted.pc = pc;
}

/* Each instruction of the loop in turn: the stop is before it, again in each round, and nothing is run twice. */
START_TEST(mark_stops_before)
{
	unsigned index = 1 + _i / PROFILE_COUNT;
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);

	start_loop(machine, 0);
	machine_run(machine, 100);
	machine_set_mark(machine, loop_pc(index), MARK_STOP);
	for (unsigned round = 0; round < 5; round++) {
		struct stop stop = machine_run(machine, BUDGET);

		ck_assert_int_eq(stop.reason, STOP_MARK);
		ck_assert_uint_eq(stop.pc, loop_pc(index));
		ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), loop_pc(index));
		ck_assert_uint_eq((machine_time(machine) - 1) % LOOP_LENGTH, index - 1);
	}
	machine_clear_mark(machine, loop_pc(index), MARK_STOP);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_LIMIT);
	ck_assert_uint_eq(guest_reg(machine, 0, 1), guest_read(machine, GUEST_DATA) + (index == 1 ? 0 :
			  guest_reg(machine, 0, CPU_PC) == loop_pc(LOOP_STORE)));
	machine_free(machine);
}
END_TEST

START_TEST(mark_notes_every_round)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	noted.count = 0;
	start_loop(machine, 0);
	machine_set_mark(machine, loop_pc(5), MARK_NOTE);
	machine_set_mark_handler(machine, note_mark, machine);
	machine_run(machine, 1 + 10 * LOOP_LENGTH);
	ck_assert_uint_eq(noted.count, 10);
	ck_assert_uint_eq(noted.x1, 10);
	ck_assert_uint_eq(noted.pc, loop_pc(5));
	ck_assert_uint_eq(noted.t, 1 + 9 * LOOP_LENGTH + 4);
	machine_free(machine);
}
END_TEST

static void stop_at_third(void *ctx, struct cpu *cpu, gva_t pc, gpa_t pa)
{
	(void)cpu, (void)pc, (void)pa;
	if (++noted.count == 3)
		machine_stop_here(ctx);
}

START_TEST(handler_of_a_mark_may_stop)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	struct stop stop;

	noted.count = 0;
	start_loop(machine, 0);
	machine_set_mark(machine, loop_pc(4), MARK_NOTE);
	machine_set_mark_handler(machine, stop_at_third, machine);
	stop = machine_run(machine, BUDGET);
	ck_assert(stop.reason == STOP_WISH || stop.reason == STOP_MARK);
	ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), loop_pc(4));
	ck_assert_uint_eq(guest_reg(machine, 0, 1), 3);
	ck_assert_uint_eq(machine_time(machine), 1 + 2 * LOOP_LENGTH + 3);
	machine_run(machine, LOOP_LENGTH + 1);
	ck_assert_uint_eq(noted.count, 4);
	machine_free(machine);
}
END_TEST

/* ---- watches ---- */

static struct {
	unsigned count, size;
	gva_t pc;
	gpa_t addr;
	uint64_t old, value, t;
} watched;

static void note_watch(void *ctx, struct cpu *cpu, gva_t pc, gpa_t addr, unsigned size, uint64_t old, uint64_t value)
{
	(void)cpu;
	watched.count++;
	watched.size = size;
	watched.pc = pc;
	watched.addr = addr;
	watched.old = old;
	watched.value = value;
	watched.t = machine_time(ctx);
}

START_TEST(watch_notes_exactly)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);
	int id;

	watched.count = 0;
	start_loop(machine, 0);
	machine_set_watch_handler(machine, note_watch, machine);
	id = machine_add_watch(machine, GUEST_DATA + 4, 4, WATCH_NOTE);
	machine_add_watch(machine, GUEST_DATA + 8, 8, WATCH_NOTE);
	machine_run(machine, 1 + 10 * LOOP_LENGTH);
	ck_assert_uint_eq(watched.count, 10);
	ck_assert_uint_eq(watched.pc, loop_pc(LOOP_STORE));
	ck_assert_uint_eq(watched.addr, GUEST_DATA);
	ck_assert_uint_eq(watched.size, 8);
	ck_assert_uint_eq(watched.old, 9);
	ck_assert_uint_eq(watched.value, 10);
	ck_assert_uint_eq(watched.t, 1 + 9 * LOOP_LENGTH + 1);
	machine_clear_watch(machine, id);
	machine_run(machine, 10 * LOOP_LENGTH);
	ck_assert_uint_eq(watched.count, 10);
	machine_free(machine);
}
END_TEST

/* Ranges may be longer than all memory, and end with the address space. */
START_TEST(watch_of_everything)
{
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT], CPU_CORTEX_A72);
	gpa_t from = _i < PROFILE_COUNT ? 0 : GUEST_DATA;

	watched.count = 0;
	start_loop(machine, 0);
	machine_set_watch_handler(machine, note_watch, machine);
	machine_add_watch(machine, from, UINT64_MAX, WATCH_NOTE);
	machine_run(machine, 1 + 10 * LOOP_LENGTH);
	ck_assert_uint_eq(watched.count, 10);
	ck_assert_uint_eq(watched.pc, loop_pc(LOOP_STORE));
	machine_free(machine);
}
END_TEST

START_TEST(watch_stops_after_the_store)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	start_loop(machine, 0);
	machine_run(machine, 1 + 3 * LOOP_LENGTH);
	machine_add_watch(machine, GUEST_DATA, 1, WATCH_STOP);
	for (unsigned round = 4; round < 8; round++) {
		struct stop stop = machine_run(machine, BUDGET);

		ck_assert_int_eq(stop.reason, STOP_WATCH);
		ck_assert_int_eq(stop.cpu, 0);
		ck_assert_uint_eq(stop.pc, loop_pc(LOOP_STORE));
		ck_assert_uint_eq(stop.addr, GUEST_DATA);
		ck_assert_uint_eq(stop.old, round - 1);
		ck_assert_uint_eq(stop.value, round);
		ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), loop_pc(LOOP_STORE + 1));
		ck_assert_uint_eq(machine_time(machine), 1 + (round - 1) * LOOP_LENGTH + 2);
	}
	machine_free(machine);
}
END_TEST

/* Each way to store is seen, with the bytes before and after. */
static const struct {
	const char *name;
	uint32_t insn;			/* X0 = GUEST_DATA, X1 = 0x1122334455667788, X2 = 8 */
	unsigned stores;		/* calls */
	unsigned size;			/* of the last */
	gpa_t addr;
	uint64_t value;
	bool needs_lse;
} stores[] = {
	{ "str x", I_STR(1, 0, 0), 1, 8, GUEST_DATA, 0x1122334455667788, false },
	{ "str w", I_STRW(1, 0, 4), 1, 4, GUEST_DATA + 4, 0x55667788, false },
	{ "strh", I_STRH(1, 0, 2), 1, 2, GUEST_DATA + 2, 0x7788, false },
	{ "strb", I_STRB(1, 0, 3), 1, 1, GUEST_DATA + 3, 0x88, false },
	{ "str reg", I_STR_REG(1, 0, 2), 1, 8, GUEST_DATA + 8, 0x1122334455667788, false },
	{ "stur unaligned", I_STUR(1, 0, 1), 1, 8, GUEST_DATA + 1, 0x1122334455667788, false },
	{ "str w unaligned", I_STRW_UN(1, 0, 3), 1, 4, GUEST_DATA + 3, 0x55667788, false },
	{ "stp", I_STP(2, 1, 0, 0), 2, 8, GUEST_DATA + 8, 0x1122334455667788, false },
	{ "str q", I_STRQ(0, 0, 0), 2, 8, GUEST_DATA + 8, 0, false },
	{ "stlr", I_STLR(1, 0), 1, 8, GUEST_DATA, 0x1122334455667788, false },
	{ "dc zva", I_SYS(DC_ZVA, 0), 8, 8, GUEST_DATA + 56, 0, false },
	{ "swp", I_SWP(1, 3, 0), 1, 8, GUEST_DATA, 0x1122334455667788, true },
	{ "ldadd", I_LDADD(2, 3, 0), 1, 8, GUEST_DATA, 8, true },
};

START_TEST(watch_sees_every_kind_of_store)
{
	unsigned row = _i / PROFILE_COUNT;
	struct machine *machine = guest_new(1, guest_profiles[_i % PROFILE_COUNT],
					    stores[row].needs_lse ? CPU_MAX_MODEL : CPU_CORTEX_A72);

	watched.count = 0;
	machine_set_watch_handler(machine, note_watch, machine);
	machine_add_watch(machine, GUEST_DATA, 64, WATCH_NOTE);
	GUEST_START(machine, 0, 3, I_MOVZ_16(0, GUEST_DATA >> 16), I_MOVZ_48(1, 0x1122), I_MOVK(1, 0x7788),
		    I_MOVK_16(1, 0x5566), I_MOVK_32(1, 0x3344), I_MOVZ(2, 8), stores[row].insn, I_NOP, I_WFI);
	machine_run(machine, BUDGET);
	ck_assert_msg(watched.count == stores[row].stores, "%s: %u stores", stores[row].name, watched.count);
	ck_assert_msg(watched.size == stores[row].size && watched.addr == stores[row].addr, "%s: %u at 0x%lx",
		      stores[row].name, watched.size, (unsigned long)watched.addr);
	ck_assert_msg(watched.value == stores[row].value, "%s: 0x%lx", stores[row].name, (unsigned long)watched.value);
	ck_assert_msg(watched.pc == GUEST_CODE + 24, "%s: pc 0x%lx", stores[row].name, (unsigned long)watched.pc);
	ck_assert_msg(watched.t == 6, "%s: t %lu", stores[row].name, (unsigned long)watched.t);
	machine_free(machine);
}
END_TEST

/* ---- code and tables that change under other CPUs ---- */

/* CPU 1 calls a function again and again; CPU 0 writes another body for it, cleans, invalidates. */
START_TEST(code_written_by_another_cpu)
{
	enum { FUNCTION = GUEST_RAM + 0x20000 };
	static const uint32_t body[] = { I_MOVZ(2, 1), I_RET };
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);

	ck_assert(machine_poke(machine, FUNCTION, body, sizeof(body)));
	guest_write(machine, GUEST_DATA, I_MOVZ(2, 2));
	GUEST_START(machine, 0, 3, I_MOVZ_16(0, FUNCTION >> 16), I_MOVZ_16(1, GUEST_DATA >> 16), I_MOVZ(9, 2000),
		    I_SUBSI(9, 9, 1), I_BCOND(COND_NE, -1), I_LDRW(3, 1, 0), I_STRW(3, 0, 0),
		    I_SYS(SYSREG(1, 3, 7, 11, 1), 0), I_DSB, I_SYS(IC_IVAU, 0), I_DSB, I_ISB, I_WFI);
	GUEST_START(machine, 1, 3, I_MOVZ_16(0, FUNCTION >> 16), I_BLR(0), I_SUBSI(3, 2, 2), I_CBNZ(3, -2), I_WFI);
	ck_assert_int_eq(machine_run(machine, 100000).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 1, 2), 2);
	machine_free(machine);
}
END_TEST

START_TEST(code_written_by_the_cpu_itself)
{
	struct machine *machine = guest_new(1, guest_profiles[_i], CPU_CORTEX_A72);

	guest_write(machine, GUEST_DATA, I_MOVZ(2, 2));
	GUEST_START(machine, 0, 3, I_MOVZ_16(1, GUEST_DATA >> 16), I_LDRW(3, 1, 0), I_MOVZ(5, 3), I_ADR(0, 28),
		    I_STRW(3, 0, 0), I_SYS(IC_IVAU, 0), I_ISB, I_SUBSI(5, 5, 1), I_BCOND(COND_EQ, 4), I_B(1),
		    I_MOVZ(2, 1), I_B(-7), I_WFI);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, 2), 2);
	machine_free(machine);
}
END_TEST

/* CPU 1 reads one virtual page; CPU 0 points it elsewhere and broadcasts. */
START_TEST(tlbi_is_broadcast)
{
	enum { VA = 0x10000000, ENTRY = GUEST_TABLES + 3 * PAGE_SIZE };
	struct machine *machine = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);

	guest_write(machine, GUEST_DATA, 1);
	guest_write(machine, GUEST_DATA + PAGE_SIZE, 2);
	GUEST_START(machine, 0, 1, I_MOVZ_16(0, ENTRY >> 16), I_MOVK(0, ENTRY & 0xffff), I_MOVZ(9, 2000),
		    I_SUBSI(9, 9, 1), I_BCOND(COND_NE, -1), I_LDR(1, 0, 0), I_ADDI(1, 1, 0) | 1 << 22, I_ADDI(1, 1, 1) |
		    	1 << 22,
		    I_STR(1, 0, 0), I_DSB, I_MOVZ_16(2, 1), I_SYS(SYSREG(1, 0, 8, 3, 1), 2), I_DSB, I_ISB, I_WFI);
	GUEST_START(machine, 1, 1, I_MOVZ_16(0, VA >> 16), I_LDR(2, 0, 0), I_SUBSI(3, 2, 2), I_CBNZ(3, -2), I_WFI);
	for (unsigned cpu = 0; cpu < 2; cpu++) {
		guest_map_identity(machine, cpu);
		guest_map_page(machine, VA, GUEST_DATA, GUEST_PAGE_RW);
		guest_set_sysreg(machine, cpu, SCTLR_EL1, 1);
	}
	ck_assert_int_eq(machine_run(machine, 100000).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 1, 2), 2);
	machine_free(machine);
}
END_TEST

/* ---- two machines ---- */

START_TEST(two_machines_do_not_meet)
{
	struct machine *alone = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);
	struct machine *one = guest_new(2, guest_profiles[_i], CPU_CORTEX_A72);
	struct machine *other = guest_new(1, "rr:7", CPU_MAX_MODEL);

	for (unsigned cpu = 0; cpu < 2; cpu++) {
		start_loop(alone, cpu);
		start_loop(one, cpu);
	}
	start_loop(other, 0);
	machine_run(alone, 5000);
	for (unsigned i = 0; i < 50; i++) {
		machine_run(one, 100);
		machine_run(other, 33);
	}
	ck_assert_uint_eq(machine_hash(alone), machine_hash(one));
	ck_assert_uint_ne(machine_hash(other), machine_hash(one));
	machine_free(other);
	machine_run(one, 100);
	machine_run(alone, 100);
	ck_assert_uint_eq(machine_hash(alone), machine_hash(one));
	machine_free(one);
	machine_free(alone);
}
END_TEST

/* ---- the hash ---- */

/* Some of what a guest at EL1 can read, from every place where it is kept. */
static const uint32_t hashed[] = {
	SP_EL0, SP_EL1, SP_EL2, SYSREG(3, 3, 4, 4, 0), SYSREG(3, 3, 4, 4, 1), SYSREG(3, 0, 7, 4, 0), SYSREG(2, 0, 0, 0, 5), VBAR_EL1,
	SYSREG(3, 4, 10, 2, 0), VPIDR_EL2, HCR_EL2, TPIDR_EL3,
};

START_TEST(hash_sees_registers)
{
	struct machine *machine = guest_new(1, guest_profiles[0], CPU_CORTEX_A72);
	uint64_t before, value;

	GUEST_START(machine, 0, 1, I_STAY);
	before = machine_hash(machine);
	value = guest_sysreg(machine, 0, hashed[_i]);
	guest_set_sysreg(machine, 0, hashed[_i], value ^ 3 << 26);
	ck_assert_uint_ne(machine_hash(machine), before);
	guest_set_sysreg(machine, 0, hashed[_i], value);
	ck_assert_uint_eq(machine_hash(machine), before);
	machine_free(machine);
}
END_TEST

START_TEST(hash_sees_lines)
{
	struct machine *machine = guest_new(1, guest_profiles[0], CPU_CORTEX_A72);
	uint64_t before;

	GUEST_START(machine, 0, 1, I_STAY);
	before = machine_hash(machine);
	machine_set_line(machine, 0, _i ? LINE_FIQ : LINE_IRQ, true);
	ck_assert_uint_ne(machine_hash(machine), before);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/run");
	TCase *tcase = tcase_create("run");

	tcase_add_loop_test(tcase, limit_is_exact, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, off_is_off, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, step_runs_one_cpu, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, step_of_a_sleeper_runs_nothing, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, run_to_a_count_of_one_cpu, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, mark_stops_before, 0, LOOP_LENGTH * PROFILE_COUNT);
	tcase_add_loop_test(tcase, mark_notes_every_round, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, handler_of_a_mark_may_stop, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, watch_notes_exactly, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, watch_of_everything, 0, 2 * PROFILE_COUNT);
	tcase_add_loop_test(tcase, watch_stops_after_the_store, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, watch_sees_every_kind_of_store, 0,
		sizeof(stores) / sizeof(stores[0]) * PROFILE_COUNT);
	tcase_add_loop_test(tcase, code_written_by_another_cpu, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, code_written_by_the_cpu_itself, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, tlbi_is_broadcast, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, two_machines_do_not_meet, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, hash_sees_registers, 0, sizeof(hashed) / sizeof(hashed[0]));
	tcase_add_loop_test(tcase, hash_sees_lines, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}
