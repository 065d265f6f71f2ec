/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The emulator's PSCI: every row of the table decided and performed; conduits, 0.1 ids, suspend, names.
 */
#include "device/psci.h"

#include <stdlib.h>
#include <string.h>

#include "fake_machine.h"
#include "psci_table.h"
#include "unit.h"

#define CPU_ON_64	(PSCI_FAST | PSCI_SMC64 | PSCI_CPU_ON)

enum { EC_HVC = 0x16, EC_SMC = 0x17, UNTOUCHED = 0x5a5a };

static struct machine *machine;
static struct psci *psci;
static struct psci_config config;
static unsigned resets[CPU_MAX];

static void reset_cpu(void *ctx, unsigned cpu)
{
	ck_assert_ptr_eq(ctx, resets);
	resets[cpu]++;
}

static void setup(void)
{
	machine = fake_machine_new(PSCI_ROW_CPUS);
	for (unsigned i = 0; i < PSCI_ROW_CPUS; i++) {
		machine->cpu[i].mpidr = psci_row_mpidr[i];
		machine->cpu[i].state = i == 0 ? CPU_RUNNING : CPU_OFF;
	}
	config = (struct psci_config){
		.conduit = PSCI_CONDUIT_SMC, .entry_el = 2,
		.memory = { { PSCI_ROW_RAM, PSCI_ROW_RAM_SIZE } }, .memory_count = 1,
		.reset_cpu = reset_cpu, .reset_ctx = resets,
	};
	psci = psci_new(machine, &config);
}

static void teardown(void)
{
	psci_free(psci);
	free(machine);
}

/* CPU makes a call; every register but x0 to x3 holds a value of its own. */
static bool call_by(unsigned cpu, unsigned ec, uint64_t id, const uint64_t arg[3])
{
	struct cpu *caller = &machine->cpu[cpu];

	for (int i = 0; i <= CPU_PC; i++)
		caller->reg[i] = UNTOUCHED + (uint64_t)i;
	caller->reg[0] = id;
	for (int i = 0; i < 3; i++)
		caller->reg[1 + i] = arg[i];
	return machine->call_handler(machine->call_ctx, caller, ec);
}

static int64_t smc(uint64_t id, uint64_t arg0, uint64_t arg1, uint64_t arg2)
{
	const uint64_t arg[3] = { arg0, arg1, arg2 };

	ck_assert(call_by(0, EC_SMC, id, arg));
	return (int64_t)machine->cpu[0].reg[0];
}

static void set_power(unsigned cpu, char letter)
{
	machine->cpu[cpu].state = letter == '1' ? CPU_RUNNING : CPU_OFF;
	if (letter == 'p')
		ck_assert_int_eq(smc(CPU_ON_64, psci_row_mpidr[cpu], PSCI_ROW_ENTRY, cpu), PSCI_SUCCESS);
}

static void set_up_row(const struct psci_row *row)
{
	for (unsigned cpu = 0; cpu < PSCI_ROW_CPUS; cpu++)
		set_power(cpu, row->power[cpu]);
	fake_events_clear(machine);
	memset(resets, 0, sizeof(resets));
	for (unsigned cpu = 0; cpu < PSCI_ROW_CPUS; cpu++)
		machine->cpu[cpu].starts = 0;
}

static unsigned total_starts(void)
{
	unsigned starts = 0;

	for (unsigned cpu = 0; cpu < PSCI_ROW_CPUS; cpu++)
		starts += machine->cpu[cpu].starts;
	return starts;
}

/* What a 32-bit call hands on of ARG. */
static uint64_t width(uint32_t id, uint64_t arg)
{
	return id & PSCI_SMC64 ? arg : (uint32_t)arg;
}

static void check_started(const struct psci_row *row, unsigned target)
{
	const struct cpu *cpu = &machine->cpu[target];

	ck_assert_uint_eq(total_starts(), 1);
	ck_assert_uint_eq(cpu->starts, 1);
	ck_assert_uint_eq(cpu->start_pc, width(row->id, row->arg[1]));
	ck_assert_uint_eq(cpu->start_arg, width(row->id, row->arg[2]));
	ck_assert_int_eq(cpu->start_el, 2);
	/* What is to wake a suspended CPU stays as it is. */
	ck_assert_uint_eq(resets[target], row->full.action == PSCI_DO_CPU_ON);
}

static void check_action(const struct psci_row *row)
{
	switch (row->full.action) {
	case PSCI_DO_NOTHING:	/* a refused call has no effect at all */
		ck_assert_uint_eq(total_starts() + machine->power_requests + machine->cpu[0].sleeps, 0);
		break;
	case PSCI_DO_CPU_ON:
		check_started(row, (unsigned)machine_find_mpidr(machine, width(row->id, row->arg[0])));
		break;
	case PSCI_DO_CPU_OFF:
		ck_assert_int_eq(machine->cpu[0].state, CPU_OFF);
		break;
	case PSCI_DO_STANDBY:
		ck_assert_uint_eq(machine->cpu[0].sleeps, 1);
		ck_assert_uint_eq(total_starts(), 0);
		break;
	case PSCI_DO_SUSPEND:
		check_started(row, 0);
		ck_assert_uint_eq(machine->cpu[0].sleeps, 1);
		break;
	case PSCI_DO_SYSTEM_OFF:
		ck_assert_int_eq(machine->power, POWER_SYSTEM_OFF);
		break;
	case PSCI_DO_SYSTEM_RESET:
		ck_assert_int_eq(machine->power, POWER_SYSTEM_RESET);
		break;
	}
}

static bool returns(enum psci_action action)
{
	return action == PSCI_DO_NOTHING || action == PSCI_DO_CPU_ON || action == PSCI_DO_STANDBY;
}

START_TEST(row_is_decided)
{
	const struct psci_row *row = &psci_rows[_i];
	struct psci_range memory = { PSCI_ROW_RAM, PSCI_ROW_RAM_SIZE };
	struct psci_view view = { .cpu_count = PSCI_ROW_CPUS, .caller = 0, .memory = &memory, .memory_count = 1 };
	struct psci_call call = { row->id, { row->arg[0], row->arg[1], row->arg[2] } };
	struct psci_verdict verdict;

	for (unsigned cpu = 0; cpu < PSCI_ROW_CPUS; cpu++) {
		view.mpidr[cpu] = psci_row_mpidr[cpu];
		view.power[cpu] = row->power[cpu] == '1' ? PSCI_POWER_ON :
				  row->power[cpu] == 'p' ? PSCI_POWER_ON_PENDING : PSCI_POWER_OFF;
	}
	verdict = psci_decide(&view, &call);
	ck_assert_msg(verdict.action == row->full.action && verdict.value == row->full.value,
		      "%s: action %d, value %lld", row->what, verdict.action, (long long)verdict.value);
}
END_TEST

START_TEST(row_is_performed)
{
	const struct psci_row *row = &psci_rows[_i];
	const struct fake_event *event;

	set_up_row(row);
	ck_assert(call_by(0, EC_SMC, row->id, row->arg));
	check_action(row);
	event = fake_event(machine, 0, EVENT_PSCI_CALL);
	ck_assert_uint_eq(event->event.u.psci_call.fn, row->id);
	ck_assert_uint_eq(event->event.u.psci_call.args[0], row->arg[0]);
	if (!returns(row->full.action))
		return;
	event = fake_event(machine, 1, EVENT_PSCI_RETURN);
	ck_assert_int_eq(event->event.u.psci_return.value, row->full.value);
	ck_assert_msg((int64_t)machine->cpu[0].reg[0] == row->full.value, "%s: x0", row->what);
	ck_assert_uint_eq(machine->cpu[0].reg[1], row->arg[0]);
	for (int i = 4; i <= CPU_PC; i++)
		ck_assert_uint_eq(machine->cpu[0].reg[i], UNTOUCHED + (uint64_t)i);
}
END_TEST

/* A CPU that was turned on is pending until its first instruction, and a second call does not touch its entry. */
START_TEST(pending_ends_with_first_instruction)
{
	machine->cpu[1].instructions = 77;	/* of an earlier life */
	ck_assert_int_eq(smc(CPU_ON_64, 1, PSCI_ROW_ENTRY, 5), PSCI_SUCCESS);
	ck_assert_int_eq(psci_power(psci, 1), PSCI_POWER_ON_PENDING);
	ck_assert_int_eq(smc(CPU_ON_64, 1, PSCI_ROW_ENTRY + 64, 6), PSCI_ON_PENDING);
	ck_assert_uint_eq(machine->cpu[1].start_pc, PSCI_ROW_ENTRY);
	ck_assert_uint_eq(machine->cpu[1].start_arg, 5);
	ck_assert_uint_eq(machine->cpu[1].starts, 1);
	machine->cpu[1].instructions++;
	ck_assert_int_eq(psci_power(psci, 1), PSCI_POWER_ON);
	ck_assert_int_eq(smc(CPU_ON_64, 1, PSCI_ROW_ENTRY, 0), PSCI_ALREADY_ON);
}
END_TEST

START_TEST(off_and_on_again)
{
	const uint64_t none[3] = { 0, 0, 0 };

	machine->cpu[1].state = CPU_RUNNING;
	ck_assert(call_by(1, EC_SMC, PSCI_FAST | PSCI_CPU_OFF, none));
	ck_assert_int_eq(psci_power(psci, 1), PSCI_POWER_OFF);
	ck_assert_int_eq(smc(CPU_ON_64, 1, PSCI_ROW_ENTRY, 0), PSCI_SUCCESS);
	ck_assert_int_eq(machine->cpu[1].state, CPU_RUNNING);
}
END_TEST

/* Suspended is on; it says so with an event, and is over with the first instruction. */
START_TEST(suspended)
{
	smc(PSCI_FAST | PSCI_SMC64 | PSCI_CPU_SUSPEND, 1 << 16, PSCI_ROW_ENTRY, 9);
	ck_assert(psci_is_suspended(psci, 0));
	ck_assert_int_eq(psci_power(psci, 0), PSCI_POWER_ON);
	ck_assert_int_eq(fake_event(machine, 1, EVENT_POWER)->event.u.power.state, POWER_SUSPENDED);
	ck_assert_uint_eq(machine->cpu[0].reg[CPU_PC], PSCI_ROW_ENTRY);
	ck_assert_uint_eq(machine->cpu[0].reg[0], 9);
	machine->cpu[0].state = CPU_RUNNING;
	ck_assert(!psci_is_suspended(psci, 0));
}
END_TEST

/* Conduit, level at which kernels are entered, exception class, function: is it PSCI's? */
static const struct { enum psci_conduit conduit; int el; unsigned ec; uint32_t id; bool ours; } conduits[] = {
	{ PSCI_CONDUIT_SMC, 2, EC_SMC, 0x84000000, true }, { PSCI_CONDUIT_SMC, 2, EC_HVC, 0x84000000, false },
	{ PSCI_CONDUIT_SMC, 2, EC_SMC, 0, true }, { PSCI_CONDUIT_HVC, 1, EC_HVC, 0x84000000, true },
	{ PSCI_CONDUIT_HVC, 1, EC_SMC, 0x84000000, false }, { PSCI_CONDUIT_HVC, 1, EC_HVC, 1, true },
	{ PSCI_CONDUIT_HVC, 2, EC_HVC, 0x84000000, true },
	{ PSCI_CONDUIT_HVC, 2, EC_HVC, 1, false },	/* the kernel's own stub at EL2 */
	{ PSCI_CONDUIT_NONE, 2, EC_SMC, 0x84000000, false },
};

START_TEST(conduit)
{
	const uint64_t none[3] = { 0, 0, 0 };

	psci_free(psci);
	config.conduit = conduits[_i].conduit;
	config.entry_el = conduits[_i].el;
	psci = psci_new(machine, &config);
	ck_assert(call_by(0, conduits[_i].ec, conduits[_i].id, none) == conduits[_i].ours);
	ck_assert_uint_eq(machine->event_count, conduits[_i].ours ? 2 : 0);
}
END_TEST

/* PSCI 0.1: ids of the tree's own choice, reported as what they stand for. */
START_TEST(ids_of_version_0_1)
{
	psci_free(psci);
	config.ids = (struct psci_ids){ .cpu_suspend = 0x95c1ba5e, .cpu_off = 0x95c1ba5f, .cpu_on = 0x95c1ba60 };
	psci = psci_new(machine, &config);
	ck_assert_int_eq(smc(0x95c1ba60, 1, PSCI_ROW_ENTRY, UINT64_C(1) << 40), PSCI_SUCCESS);
	ck_assert_uint_eq(machine->cpu[1].start_arg, UINT64_C(1) << 40);
	ck_assert_uint_eq(fake_event(machine, 0, EVENT_PSCI_CALL)->event.u.psci_call.fn, 0xc4000003);
	ck_assert_int_eq(smc(0x95c1ba61, 1, 0, 0), PSCI_NOT_SUPPORTED);
	smc(0x95c1ba5f, 0, 0, 0);
	ck_assert_int_eq(machine->cpu[0].state, CPU_OFF);
}
END_TEST

START_TEST(save_and_load)
{
	struct strbuf saved = STRBUF_INIT;
	struct device_blob blob;

	smc(CPU_ON_64, 1, PSCI_ROW_ENTRY, 0);
	psci_device_ops.save(psci, &saved);
	psci_device_ops.reset(psci);
	ck_assert_int_eq(psci_power(psci, 1), PSCI_POWER_ON);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len, 0 };
	ck_assert(psci_device_ops.load(psci, &blob));
	ck_assert_int_eq(psci_power(psci, 1), PSCI_POWER_ON_PENDING);
	strbuf_free(&saved);
}
END_TEST

/* Function, value, their names. */
static const struct { uint32_t id; int64_t value; const char *fn, *name; } names[] = {
	{ 0xc4000003, 0, "CPU_ON", "SUCCESS" }, { 0x84000003, -4, "CPU_ON", "ALREADY_ON" },
	{ 0xc4000003, 0xfffffffb, "CPU_ON", "ON_PENDING" },	/* a 32-bit result in w0 */
	{ 0x84000000, 0x10001, "PSCI_VERSION", NULL }, { 0x84000006, 2, "MIGRATE_INFO_TYPE", NULL },
	{ 0xc4000004, 0, "AFFINITY_INFO", "ON" }, { 0xc4000004, 1, "AFFINITY_INFO", "OFF" },
	{ 0x84000004, 2, "AFFINITY_INFO", "ON_PENDING" }, { 0x84000004, -2, "AFFINITY_INFO", "INVALID_PARAMETERS" },
	{ 0x8400000a, 0, "PSCI_FEATURES", NULL }, { 0x8400000a, -1, "PSCI_FEATURES", "NOT_SUPPORTED" },
	{ 0x80000000, 0x10001, "SMCCC_VERSION", NULL }, { 0xc4000012, -9, "SYSTEM_RESET2", "INVALID_ADDRESS" },
	{ 0x84000001, -10, "CPU_SUSPEND", NULL }, { 0x04000003, 0, NULL, "SUCCESS" },
	{ 0x82000000, -1, NULL, "NOT_SUPPORTED" },
};

START_TEST(naming)
{
	ck_assert_pstr_eq(psci_fn_name(names[_i].id), names[_i].fn);
	ck_assert_pstr_eq(psci_value_name(names[_i].id, names[_i].value), names[_i].name);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/psci");
	TCase *tcase = tcase_create("psci");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, row_is_decided, 0, (int)psci_row_count);
	tcase_add_loop_test(tcase, row_is_performed, 0, (int)psci_row_count);
	tcase_add_test(tcase, pending_ends_with_first_instruction);
	tcase_add_test(tcase, off_and_on_again);
	tcase_add_test(tcase, suspended);
	tcase_add_loop_test(tcase, conduit, 0, sizeof(conduits) / sizeof(conduits[0]));
	tcase_add_test(tcase, ids_of_version_0_1);
	tcase_add_test(tcase, save_and_load);
	tcase_add_loop_test(tcase, naming, 0, sizeof(names) / sizeof(names[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
