/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event register, WFE and WFI (Arm ARM D1.16): what sets the register, what wakes, what does not, and what is
 * trapped.
 */
#include "machine/machine.h"

#include <string.h>

#include "guest.h"
#include "unit.h"

enum {
	MAX_WORDS = 10, MAX_SETUP = 3, BUDGET = 3000,
	MARKER = 9,			/* X9 counts the sleeps that were got past */
	SAME = 0x200, LOWER = 0x400,
	SCR_OPEN = 0x531, SCR_TWI = 1 << 12, SCR_TWE = 1 << 13, SCR_IRQ = 1 << 1,
	HCR_TWI = 1 << 13, HCR_TWE = 1 << 14, HCR_FMO = 1 << 3, HCR_IMO = 1 << 4, HCR_VI = 1 << 7, HCR_VF = 1 << 6,
	SCTLR_NTWI = 1 << 16, SCTLR_NTWE = 1 << 18,
	EC_WFX = 1,
};

#define HCR_RW	(1ull << 31)
#define HCR_TGE	(1ull << 27)

static struct {
	unsigned wakes, passes, sleeps;
	enum wake_by by;
	int from;
	uint64_t woke;
} seen;

static void observe(void *ctx, const struct event *event)
{
	(void)ctx;
	switch (event->kind) {
	case EVENT_WFE_WAKE: case EVENT_WFI_WAKE:
		seen.wakes++;
		seen.by = event->u.wake.by;
		seen.from = event->u.wake.from;
		break;
	case EVENT_WFE_PASS:
		seen.passes++;
		break;
	case EVENT_WFE_SLEEP: case EVENT_WFI_SLEEP:
		seen.sleeps++;
		break;
	case EVENT_SEV:
		seen.woke = event->u.sev.woke;
		break;
	default:
		break;
	}
}

static struct machine *new_machine(unsigned cpus, int profile)
{
	struct machine *machine = guest_new(cpus, guest_profiles[profile], CPU_CORTEX_A72);

	machine_set_observer(machine, observe, NULL);
	return machine;
}

/* ---- one CPU: does it sleep, and what wakes it? ---- */

enum poke { POKE_NONE, POKE_IRQ, POKE_FIQ, POKE_SPURIOUS, POKE_STREAM };

struct row {
	const char *name;
	int el;
	uint32_t code[MAX_WORDS];	/* then X9 is counted up and the CPU stays */
	uint64_t hcr, scr;		/* 0: as after the start at EL */
	enum cpu_state state;		/* after that */
	enum poke poke;			/* then this is done to it */
	bool wakes;
	enum wake_by by;
};

static const struct row rows[] = {
	{ "WFE sleeps", 3, { I_WFE }, 0, 0, CPU_WFE, POKE_NONE, false, 0 },
	{ "WFI sleeps", 3, { I_WFI }, 0, 0, CPU_WFI, POKE_NONE, false, 0 },
	{ "own SEV", 3, { I_SEV, I_WFE }, 0, 0, CPU_RUNNING, POKE_NONE, false, 0 },
	{ "SEVL", 3, { I_SEVL, I_WFE }, 0, 0, CPU_RUNNING, POKE_NONE, false, 0 },
	{ "SEVL in another block", 3, { I_SEVL, I_B(1), I_WFE }, 0, 0, CPU_RUNNING, POKE_NONE, false, 0 },
	{ "WFE consumes", 3, { I_SEVL, I_WFE, I_WFE }, 0, 0, CPU_WFE, POKE_NONE, false, 0 },
	{ "events do not add up", 3, { I_SEVL, I_SEV, I_WFE, I_WFE }, 0, 0, CPU_WFE, POKE_NONE, false, 0 },
	{ "WFI looks at no event register", 3, { I_SEVL, I_WFI }, 0, 0, CPU_WFI, POKE_NONE, false, 0 },
	{ "WFI consumes nothing", 3, { I_SEVL, I_MOV(1, 1), I_WFI }, 0, 0, CPU_WFI, POKE_SPURIOUS, true,
	  WAKE_SPURIOUS },
	{ "exception return", 3, { I_ADR(1, 20), I_MSR(ELR_EL3, 1), I_MOVZ(1, 0x3cd), I_MSR(SPSR_EL3, 1), I_ERET,
	  I_WFE },
	  0, 0, CPU_RUNNING, POKE_NONE, false, 0 },
	{ "own CLREX is no event", 3, { I_LDXR(1, 0), I_CLREX, I_WFE }, 0, 0, CPU_WFE, POKE_NONE, false, 0 },
	{ "WFE, spurious wake", 3, { I_WFE }, 0, 0, CPU_WFE, POKE_SPURIOUS, true, WAKE_SPURIOUS },
	{ "WFE, event stream", 3, { I_WFE }, 0, 0, CPU_WFE, POKE_STREAM, true, WAKE_STREAM },
	{ "WFI, event stream", 3, { I_WFI }, 0, 0, CPU_WFI, POKE_STREAM, false, 0 },
	{ "WFE, masked IRQ", 1, { I_WFE }, 0, 0, CPU_WFE, POKE_IRQ, false, 0 },
	{ "WFE, masked FIQ", 1, { I_WFE }, 0, 0, CPU_WFE, POKE_FIQ, false, 0 },
	{ "WFI, masked IRQ", 1, { I_WFI }, 0, 0, CPU_WFI, POKE_IRQ, true, WAKE_IRQ },
	{ "WFI, masked FIQ", 1, { I_WFI }, 0, 0, CPU_WFI, POKE_FIQ, true, WAKE_IRQ },
	{ "WFE, IRQ for EL3, masked here", 1, { I_WFE }, HCR_RW, SCR_OPEN | SCR_IRQ, CPU_WFE, POKE_IRQ, true,
	  WAKE_IRQ },
	{ "WFE, IRQ for EL2, masked here", 1, { I_WFE }, HCR_RW | HCR_IMO, 0, CPU_WFE, POKE_IRQ, true, WAKE_IRQ },
	{ "WFE at EL3, masked IRQ", 3, { I_WFE }, 0, SCR_OPEN | SCR_IRQ, CPU_WFE, POKE_IRQ, false, 0 },
	{ "WFE at EL3, IRQ of EL1", 3, { I_DAIFCLR(15), I_WFE }, 0, SCR_OPEN, CPU_WFE, POKE_IRQ, false, 0 },
	{ "WFI at EL3, IRQ of EL1", 3, { I_WFI }, 0, SCR_OPEN, CPU_WFI, POKE_IRQ, true, WAKE_IRQ },
	{ "WFI, virtual IRQ", 1, { I_WFI }, HCR_RW | HCR_IMO | HCR_VI, 0, CPU_RUNNING, POKE_NONE, false, 0 },
	{ "WFE, masked virtual IRQ", 1, { I_WFE }, HCR_RW | HCR_IMO | HCR_VI, 0, CPU_WFE, POKE_NONE, false, 0 },
	{ "WFI at EL2, virtual IRQ", 2, { I_WFI }, HCR_RW | HCR_IMO | HCR_VI, 0, CPU_WFI, POKE_NONE, false, 0 },
	{ "WFI, virtual FIQ", 1, { I_WFI }, HCR_RW | HCR_FMO | HCR_VF, 0, CPU_RUNNING, POKE_NONE, false, 0 },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static void poke(struct machine *machine, enum poke what)
{
	switch (what) {
	case POKE_NONE:
		break;
	case POKE_IRQ:
		machine_set_line(machine, 0, LINE_IRQ, true);
		break;
	case POKE_FIQ:
		machine_set_line(machine, 0, LINE_FIQ, true);
		break;
	case POKE_SPURIOUS:
		machine_inject(machine, INJECT_SPURIOUS_WAKE, 0, 0);
		break;
	case POKE_STREAM:
		machine_stream_event(machine, 0);
		break;
	}
}

static void start_row(struct machine *machine, const struct row *row)
{
	uint32_t code[MAX_WORDS + 8] = { I_MOVZ_16(0, GUEST_DATA >> 16) };
	size_t len = 1;

	for (size_t i = 0; i < MAX_WORDS && row->code[i]; i++)
		code[len++] = row->code[i];
	code[len++] = I_ADDI(MARKER, MARKER, 1);
	code[len++] = I_STAY;
	guest_start(machine, 0, row->el, code, len);
	if (row->hcr)
		guest_set_sysreg(machine, 0, HCR_EL2, row->hcr);
	if (row->scr)
		guest_set_sysreg(machine, 0, SCR_EL3, row->scr);
}

START_TEST(one_cpu)
{
	const struct row *row = &rows[_i / PROFILE_COUNT];
	struct machine *machine = new_machine(1, _i % PROFILE_COUNT);
	const struct cpu *cpu = machine_cpu(machine, 0);
	bool slept = row->state != CPU_RUNNING;

	start_row(machine, row);
	ck_assert_msg(machine_run(machine, BUDGET).reason == (slept ? STOP_DEADLOCK : STOP_LIMIT), "%s: stop",
		row->name);
	ck_assert_msg(cpu_state(cpu) == row->state, "%s: state %d", row->name, cpu_state(cpu));
	ck_assert_msg(guest_reg(machine, 0, MARKER) == !slept, "%s: marker", row->name);
	ck_assert_msg(seen.sleeps == slept, "%s: slept %u times", row->name, seen.sleeps);
	poke(machine, row->poke);
	machine_run(machine, BUDGET);
	ck_assert_msg(seen.wakes == row->wakes, "%s: woke %u times", row->name, seen.wakes);
	ck_assert_msg(!row->wakes || seen.by == row->by, "%s: woken by %d", row->name, seen.by);
	ck_assert_msg(cpu_state(cpu) == (row->wakes ? CPU_RUNNING : row->state), "%s: state %d after", row->name,
		      cpu_state(cpu));
	machine_free(machine);
}
END_TEST

/* A wake by an event consumes it: the next WFE sleeps again.  One that comes while the CPU runs is kept. */
START_TEST(wake_consumes_the_event)
{
	struct machine *machine = new_machine(1, _i);

	GUEST_START(machine, 0, 3, I_WFE, I_ADDI(MARKER, MARKER, 1), I_B(-2));
	machine_run(machine, BUDGET);
	machine_stream_event(machine, 0);
	ck_assert(!cpu_event_register(machine_cpu(machine, 0)));
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, MARKER), 1);
	machine_stream_event(machine, 0);
	machine_stream_event(machine, 0);
	ck_assert(cpu_event_register(machine_cpu(machine, 0)));
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 0, MARKER), 3);
	machine_free(machine);
}
END_TEST

/* ---- SEV between CPUs ---- */

static void start_sleepers(struct machine *machine)
{
	for (unsigned i = 1; i < machine_cpu_count(machine); i++)
		GUEST_START(machine, i, 3, I_WFE, I_ADDI(MARKER, MARKER, 1), I_WFI);
}

static void start_sender(struct machine *machine)
{
	GUEST_START(machine, 0, 3, I_MOVZ(1, 200), I_SUBSI(1, 1, 1), I_BCOND(COND_NE, -1), I_SEV, I_WFE,
		    I_ADDI(MARKER, MARKER, 1), I_WFI);
}

START_TEST(sev_wakes_everyone)
{
	struct machine *machine = new_machine(4, _i);

	start_sleepers(machine);
	start_sender(machine);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	for (unsigned i = 0; i < 4; i++)
		ck_assert_uint_eq(guest_reg(machine, i, MARKER), 1);
	if (_i)
		ck_assert_uint_eq(seen.woke, 0xe);
	ck_assert_int_eq(seen.by, WAKE_SEV);
	ck_assert_int_eq(seen.from, 0);
	machine_free(machine);
}
END_TEST

START_TEST(dropped_sev_is_not_seen_once)
{
	struct machine *machine = new_machine(3, _i);

	start_sleepers(machine);
	start_sender(machine);
	machine_inject(machine, INJECT_DROP_SEV, 1, 0);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_DEADLOCK);
	ck_assert_uint_eq(guest_reg(machine, 1, MARKER), 0);
	ck_assert_uint_eq(guest_reg(machine, 2, MARKER), 1);
	ck_assert_int_eq(cpu_state(machine_cpu(machine, 1)), CPU_WFE);
	machine_free(machine);
}
END_TEST

START_TEST(sev_does_not_reach_a_cpu_that_is_off)
{
	struct machine *machine = new_machine(2, _i);

	start_sender(machine);
	machine_run(machine, BUDGET);
	ck_assert_int_eq(cpu_state(machine_cpu(machine, 1)), CPU_OFF);
	ck_assert(!cpu_event_register(machine_cpu(machine, 1)));
	machine_free(machine);
}
END_TEST

START_TEST(frozen_cpu_waits)
{
	struct machine *machine = new_machine(2, _i);

	GUEST_START(machine, 0, 3, I_ADDI(MARKER, MARKER, 1), I_B(-1));
	GUEST_START(machine, 1, 3, I_ADDI(MARKER, MARKER, 1), I_B(-1));
	machine_inject(machine, INJECT_FREEZE, 1, 5000);
	machine_run(machine, 4000);
	ck_assert_uint_eq(guest_reg(machine, 1, MARKER), 0);
	ck_assert_uint_eq(guest_reg(machine, 0, MARKER), 2000);
	machine_run(machine, 4000);
	ck_assert_uint_gt(guest_reg(machine, 1, MARKER), 0);
	machine_free(machine);
}
END_TEST

/* ---- traps ---- */

struct trap {
	const char *name;
	int el;
	bool is_wfi, has_event;
	uint64_t sctlr, hcr, scr;
	int to;			/* 0: it sleeps */
};

static const struct trap traps[] = {
	{ "EL0, nTWE clear", 0, false, false, SCTLR_NTWI, 0, 0, 1 },
	{ "EL0, nTWE set", 0, false, false, SCTLR_NTWE, 0, 0, 0 },
	{ "EL0, nTWI clear", 0, true, false, SCTLR_NTWE, 0, 0, 1 },
	{ "EL0, nTWI set", 0, true, false, SCTLR_NTWI, 0, 0, 0 },
	{ "EL0, nTWE clear, TGE", 0, false, false, 0, HCR_RW | HCR_TGE, 0, 2 },
	{ "EL0, TWE of EL2", 0, false, false, SCTLR_NTWE, HCR_RW | HCR_TWE, 0, 2 },
	{ "EL1, nothing set", 1, false, false, 0, 0, 0, 0 },
	{ "EL1, TWE of EL2", 1, false, false, 0, HCR_RW | HCR_TWE, 0, 2 },
	{ "EL1, TWI of EL2 and WFE", 1, false, false, 0, HCR_RW | HCR_TWI, 0, 0 },
	{ "EL1, TWI of EL2", 1, true, false, 0, HCR_RW | HCR_TWI, 0, 2 },
	{ "EL1, TWE of EL3", 1, false, false, 0, 0, SCR_OPEN | SCR_TWE, 3 },
	{ "EL1, TWI of EL3", 1, true, false, 0, 0, SCR_OPEN | SCR_TWI, 3 },
	{ "EL1, TWE of EL2 and EL3", 1, false, false, 0, HCR_RW | HCR_TWE, SCR_OPEN | SCR_TWE, 2 },
	{ "EL2, TWE of EL2", 2, false, false, 0, HCR_RW | HCR_TWE, 0, 0 },
	{ "EL2, TWE of EL3", 2, false, false, 0, 0, SCR_OPEN | SCR_TWE, 3 },
	{ "EL3, TWE of EL3", 3, false, false, 0, 0, SCR_OPEN | SCR_TWE, 0 },
	{ "EL1, TWE of EL2, with an event", 1, false, true, 0, HCR_RW | HCR_TWE, 0, -1 },
};

enum { TRAPS = sizeof(traps) / sizeof(traps[0]) };

static void start_trap(struct machine *machine, const struct trap *trap)
{
	GUEST_START(machine, 0, trap->el, I_NOP, trap->has_event ? I_SEVL : I_NOP, trap->is_wfi ? I_WFI : I_WFE,
		    I_ADDI(MARKER, MARKER, 1), I_STAY);
	guest_set_sysreg(machine, 0, SCTLR_EL1, trap->sctlr);
	if (trap->hcr)
		guest_set_sysreg(machine, 0, HCR_EL2, trap->hcr);
	if (trap->scr)
		guest_set_sysreg(machine, 0, SCR_EL3, trap->scr);
}

START_TEST(trapped)
{
	static const uint32_t esr[] = { 0, ESR_EL1, ESR_EL2, ESR_EL3 }, elr[] = { 0, ELR_EL1, ELR_EL2, ELR_EL3 };
	const struct trap *trap = &traps[_i / PROFILE_COUNT];
	struct machine *machine = new_machine(1, _i % PROFILE_COUNT);
	const struct cpu *cpu = machine_cpu(machine, 0);

	start_trap(machine, trap);
	machine_run(machine, BUDGET);
	if (trap->to > 0) {
		ck_assert_msg(cpu_el(cpu) == trap->to, "%s: at EL%d", trap->name, cpu_el(cpu));
		ck_assert_uint_eq(guest_sysreg(machine, 0, esr[trap->to]), EC_WFX << 26 | 1 << 25 | 0x1e00000 |
				  !trap->is_wfi);
		ck_assert_uint_eq(guest_sysreg(machine, 0, elr[trap->to]), GUEST_CODE + 8);
		ck_assert_uint_eq(guest_reg(machine, 0, CPU_PC), guest_vectors(trap->to) + LOWER);
	} else if (trap->to == 0) {
		ck_assert_msg(cpu_state(cpu) == (trap->is_wfi ? CPU_WFI : CPU_WFE), "%s: state %d", trap->name,
			      cpu_state(cpu));
	} else {
		ck_assert_msg(guest_reg(machine, 0, MARKER) == 1, "%s: did not pass", trap->name);
	}
	machine_free(machine);
}
END_TEST

/* ---- everybody asleep ---- */

START_TEST(deadlock_names_the_sleepers)
{
	struct machine *machine = new_machine(2, _i);
	struct stop stop;

	GUEST_START(machine, 0, 3, I_WFE);
	GUEST_START(machine, 1, 3, I_NOP, I_WFI);
	stop = machine_run(machine, BUDGET);
	ck_assert_int_eq(stop.reason, STOP_DEADLOCK);
	ck_assert_ptr_nonnull(strstr(stop.text, "CPU0: wfe"));
	ck_assert_ptr_nonnull(strstr(stop.text, "CPU1: wfi"));
	ck_assert_uint_eq(machine_time(machine), 3);
	machine_free(machine);
}
END_TEST

START_TEST(idle_is_not_deadlock)
{
	struct machine *machine = new_machine(1, _i);

	GUEST_START(machine, 0, 3, I_NOP, I_WFI);
	machine_set_mark(machine, GUEST_CODE + 4, MARK_IDLE);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_IDLE);
	machine_free(machine);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("machine/sleep");
	TCase *tcase = tcase_create("sleep");

	tcase_add_loop_test(tcase, one_cpu, 0, ROWS * PROFILE_COUNT);
	tcase_add_loop_test(tcase, wake_consumes_the_event, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, sev_wakes_everyone, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, dropped_sev_is_not_seen_once, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, sev_does_not_reach_a_cpu_that_is_off, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, frozen_cpu_waits, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, trapped, 0, TRAPS * PROFILE_COUNT);
	tcase_add_loop_test(tcase, deadlock_names_the_sleepers, 0, PROFILE_COUNT);
	tcase_add_loop_test(tcase, idle_is_not_deadlock, 0, PROFILE_COUNT);
	suite_add_tcase(suite, tcase);
	return suite;
}
