/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The firmware's PSCI: every row of the table that the emulator is held to (check_device_psci.c), asked by a real SMC
 * of the bundled firmware, builtin and classic, from EL2 and from EL1.
 *
 * No kernel is loaded.  Instructions are given to one CPU at a time, so a CPU that was turned on stays pending for as
 * long as it is given none.
 */
#include "session/session.h"

#include <inttypes.h>

#include "a64.h"
#include "booted.h"
#include "psci_table.h"
#include "session/drive.h"
#include "unit.h"

#define CPU_ON_64	(PSCI_FAST | PSCI_SMC64 | PSCI_CPU_ON)

/* Guest code.  CPUs that the setup turns on stay at PARK + 4 * number, the others at what the row says. */
#define STUB		(PSCI_ROW_ENTRY + 0x10000)
#define DROP		(PSCI_ROW_ENTRY + 0x10100)
#define PARK		(PSCI_ROW_ENTRY + 0x20000)
#define RAM_END		(PSCI_ROW_RAM + PSCI_ROW_RAM_SIZE)

enum {
	UNTOUCHED = 0x5a5a,		/* plus its number: what a register holds that the call has no business with */
	ENOUGH = 20000,			/* instructions: a CPU that is turned on flushes its caches first */
	PSTATE_EL1H = 0x3c5,
	NO_CONTEXT = 0,			/* the classic firmware passes none on */
};

/* Which firmware, and where its caller is. */
static const struct variant { const char *firmware; bool is_classic; int el; } variants[] = {
	{ "builtin", false, 2 }, { "builtin", false, 1 }, { "builtin:classic", true, 2 }, { "builtin:classic", true, 1 },
};

enum { VARIANT_COUNT = sizeof(variants) / sizeof(variants[0]) };

static const struct variant *variant;
static const struct psci_row *row;
static struct psci_outcome expected;
static struct session *session;

static const struct cpu *cpu_at(unsigned cpu)
{
	return machine_cpu_const(session_machine(session), cpu);
}

static uint64_t reg_of(unsigned cpu, int reg)
{
	return cpu_get_reg(cpu_at(cpu), reg);
}

static void put(gpa_t addr, uint32_t insn)
{
	ck_assert(drive_set_memory(session, addr, 4, insn));
}

static bool is_at(unsigned cpu, gpa_t pc)
{
	return cpu_state(cpu_at(cpu)) == CPU_RUNNING && reg_of(cpu, CPU_PC) == pc && cpu_el(cpu_at(cpu)) < 3;
}

static bool is_asleep(unsigned cpu)
{
	return cpu_state(cpu_at(cpu)) == CPU_WFE || cpu_state(cpu_at(cpu)) == CPU_WFI;
}

/* Run CPU alone until it is about to run the instruction at PC below EL3, sleeps, or the board is switched. */
static enum stop_reason run_to(unsigned cpu, gpa_t pc)
{
	for (unsigned i = 0; i < ENOUGH && !is_at(cpu, pc) && !is_asleep(cpu); i++) {
		enum stop_reason reason = drive_step(session, cpu, 1).reason;

		if (reason != STOP_LIMIT)
			return reason;
	}
	return STOP_LIMIT;
}

/* Let a CPU that was turned on come to ENTRY with CONTEXT. */
static void arrives(unsigned cpu, gpa_t entry, uint64_t context)
{
	drive_step(session, cpu, 1);	/* it was asleep, and its event has come */
	run_to(cpu, entry);
	ck_assert_msg(is_at(cpu, entry), "%s: cpu%u is at %#" PRIx64, row->what, cpu, reg_of(cpu, CPU_PC));
	ck_assert_int_eq(cpu_el(cpu_at(cpu)), 2);
	ck_assert_uint_eq(reg_of(cpu, 0), variant->is_classic ? NO_CONTEXT : context);
}

/* CPU stands before an SMC; every register but x0 to x3 holds a value of its own. */
static enum stop_reason call_by(unsigned cpu, uint64_t id, const uint64_t arg[3])
{
	for (int i = 0; i <= CPU_SP; i++)
		drive_set_reg(session, cpu, i, UNTOUCHED + (uint64_t)i);
	drive_set_reg(session, cpu, 0, id);
	for (int i = 0; i < 3; i++)
		drive_set_reg(session, cpu, 1 + i, arg[i]);
	drive_set_reg(session, cpu, CPU_PC, STUB);
	return run_to(cpu, STUB + 4);
}

static void turn_on(unsigned caller, unsigned cpu, gpa_t entry, uint64_t context)
{
	const uint64_t arg[3] = { psci_row_mpidr[cpu], entry, context };

	call_by(caller, CPU_ON_64, arg);
	ck_assert(is_at(caller, STUB + 4));
	ck_assert_int_eq((int64_t)reg_of(caller, 0), PSCI_SUCCESS);
}

static gpa_t park(unsigned cpu)
{
	return PARK + cpu * UINT64_C(4);
}

static void set_power(unsigned cpu, char letter)
{
	if (letter != '0')
		turn_on(0, cpu, park(cpu), UNTOUCHED + cpu);
	if (letter == '1')
		arrives(cpu, park(cpu), UNTOUCHED + cpu);
}

/* CPU0 has come from EL2 to the level that the calls are made from. */
static void drop_caller(void)
{
	if (variant->el == 2)
		return;
	ck_assert(drive_set_sysreg(session, 0, ELR_EL2, STUB));
	ck_assert(drive_set_sysreg(session, 0, SPSR_EL2, PSTATE_EL1H));
	drive_set_reg(session, 0, CPU_PC, DROP);
	run_to(0, STUB);
	ck_assert_int_eq(cpu_el(cpu_at(0)), 1);
}

static void put_code(void)
{
	put(STUB, I_SMC(0));
	put(STUB + 4, I_STAY);
	put(DROP, I_ERET);
	put(PSCI_ROW_ENTRY, I_STAY);
	put(RAM_END - 4, I_STAY);
	for (unsigned cpu = 0; cpu < PSCI_ROW_CPUS; cpu++)
		put(park(cpu), I_STAY);
}

/* A machine whose CPU0 is through with the firmware, and whose other CPUs sleep in the pen. */
static void boot(void)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "big-little", .cpus = PSCI_ROW_CPUS, .kernel = "none",
			  .firmware = variant->firmware, .model = CPU_CORTEX_A72 },
	};
	struct error err = ERROR_NONE;

	session = session_new(&config, &err);
	ck_assert_msg(session != NULL, "%s", err.text);
	session_start(session);
	booted_ok(session, "until cpu0:no_kernel");
	for (unsigned cpu = 0; cpu < PSCI_ROW_CPUS; cpu++)
		ck_assert_uint_eq(cpu_mpidr(cpu_at(cpu)), psci_row_mpidr[cpu]);
	for (unsigned cpu = 1; cpu < PSCI_ROW_CPUS; cpu++) {
		run_to(cpu, 0);
		ck_assert_int_eq(cpu_state(cpu_at(cpu)), CPU_WFE);
	}
	put_code();
	drop_caller();
}

/* What a 32-bit call hands on of ARG. */
static uint64_t width(uint64_t arg)
{
	return row->id & PSCI_SMC64 ? arg : (uint32_t)arg;
}

/* The call came back with what it should, and took nothing with it. */
static void returned(void)
{
	int64_t value = row->id & PSCI_SMC64 ? (int64_t)reg_of(0, 0) : (int32_t)reg_of(0, 0);

	ck_assert_msg(is_at(0, STUB + 4), "%s: the call did not return", row->what);
	ck_assert_msg(value == expected.value, "%s: x0 is %" PRId64 ", not %" PRId64, row->what, value, expected.value);
	ck_assert_int_eq(cpu_el(cpu_at(0)), variant->el);
	for (int i = 1; i <= 3; i++)
		ck_assert_uint_eq(reg_of(0, i), row->arg[i - 1]);
	for (int i = 4; i <= CPU_SP; i++)
		ck_assert_msg(reg_of(0, i) == UNTOUCHED + (uint64_t)i, "%s: register %d", row->what, i);
}

/* The CPUs but EXCEPT are where the setup left them: a pending one comes up as it was told, one that is off stays. */
static void others_are_as_before(int except)
{
	for (unsigned cpu = 1; cpu < PSCI_ROW_CPUS; cpu++) {
		if ((int)cpu == except)
			continue;
		if (row->power[cpu] == 'p') {
			arrives(cpu, park(cpu), UNTOUCHED + cpu);
		} else if (row->power[cpu] == '1') {
			ck_assert(is_at(cpu, park(cpu)));
		} else {
			drive_step(session, cpu, 1);	/* somebody's sev may have woken it */
			run_to(cpu, 0);
			ck_assert_msg(cpu_state(cpu_at(cpu)) == CPU_WFE && cpu_el(cpu_at(cpu)) == 3,
				      "%s: cpu%u is on", row->what, cpu);
		}
	}
}

static void turned_on(void)
{
	int target = machine_find_mpidr(session_machine(session), width(row->arg[0]));

	returned();
	ck_assert_int_gt(target, 0);
	if (!variant->is_classic || !row->not_classic)
		arrives((unsigned)target, width(row->arg[1]), width(row->arg[2]));
	others_are_as_before(target);
}

/* CPU0 is back in the pen: the one proof that holds for both is that CPU1 can turn it on. */
static void turned_off(void)
{
	ck_assert_int_eq(cpu_state(cpu_at(0)), CPU_WFE);
	ck_assert_int_eq(cpu_el(cpu_at(0)), 3);
	others_are_as_before(-1);
	turn_on(1, 0, PSCI_ROW_ENTRY, PSCI_ROW_CONTEXT);
	arrives(0, PSCI_ROW_ENTRY, PSCI_ROW_CONTEXT);
}

/* CPU0 rests in the firmware; woken, it comes to PC. */
static void rested(gpa_t pc)
{
	ck_assert_int_eq(cpu_state(cpu_at(0)), CPU_WFI);
	ck_assert_int_eq(cpu_el(cpu_at(0)), 3);
	drive_inject(session, INJECT_SPURIOUS_WAKE, 0, 1);
	run_to(0, pc);
	ck_assert_msg(is_at(0, pc), "%s: cpu0 is at %#" PRIx64, row->what, reg_of(0, CPU_PC));
}

static void suspended(void)
{
	rested(row->arg[1]);
	ck_assert_int_eq(cpu_el(cpu_at(0)), 2);
	ck_assert_uint_eq(reg_of(0, 0), row->arg[2]);
	others_are_as_before(-1);
}

static void check_outcome(enum stop_reason reason)
{
	bool is_switch = expected.action == PSCI_DO_SYSTEM_OFF || expected.action == PSCI_DO_SYSTEM_RESET;

	ck_assert_msg(is_switch || reason == STOP_LIMIT, "%s: stop %d", row->what, reason);
	switch (expected.action) {
	case PSCI_DO_NOTHING:
		returned();
		others_are_as_before(-1);
		break;
	case PSCI_DO_CPU_ON:
		turned_on();
		break;
	case PSCI_DO_CPU_OFF:
		turned_off();
		break;
	case PSCI_DO_STANDBY:
		rested(STUB + 4);
		returned();
		others_are_as_before(-1);
		break;
	case PSCI_DO_SUSPEND:
		suspended();
		break;
	case PSCI_DO_SYSTEM_OFF:
		ck_assert_int_eq(reason, STOP_POWER_OFF);
		break;
	case PSCI_DO_SYSTEM_RESET:
		ck_assert_int_eq(reason, STOP_RESET);
		break;
	}
}

/* Row by row, variant by variant. */
START_TEST(firmware_does_the_row)
{
	row = &psci_rows[(size_t)_i / VARIANT_COUNT];
	variant = &variants[(size_t)_i % VARIANT_COUNT];
	expected = variant->is_classic ? row->classic : row->full;
	if (row->emulator_only)
		return;
	boot();
	for (unsigned cpu = 1; cpu < PSCI_ROW_CPUS; cpu++)
		set_power(cpu, row->power[cpu]);
	check_outcome(call_by(0, row->id, row->arg));
	session_free(session);
}
END_TEST

/* No row is left out for want of a reason: the emulator alone knows what is memory and what is a device. */
START_TEST(two_rows_are_the_emulators_alone)
{
	unsigned count = 0;

	for (size_t i = 0; i < psci_row_count; i++)
		count += psci_rows[i].emulator_only;
	ck_assert_uint_eq(count, 2);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/psci");
	TCase *tcase = tcase_create("psci");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, firmware_does_the_row, 0, (int)psci_row_count * VARIANT_COUNT);
	tcase_add_test(tcase, two_rows_are_the_emulators_alone);
	suite_add_tcase(suite, tcase);
	return suite;
}
