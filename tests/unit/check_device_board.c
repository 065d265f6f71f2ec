/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The board on the real machine: a guest of two CPUs finds PSCI, UART, timer and either GIC where they were wired; what
 * does not fit is refused; a snapshot holds the devices.
 */
#include "device/board.h"

#include <string.h>

#include "machine/sysreg.h"
#include "unit.h"

#define RAM_BASE	UINT64_C(0x40000000)
#define SECONDARY	(RAM_BASE + 0x1000)
#define GICD_BASE	UINT64_C(0x08000000)
#define UART_BASE	UINT64_C(0x09000000)

enum { RAM_SIZE = 1 << 20, BUDGET = 100000, TIMER_INTID = 27 };

/* CPU_ON of CPU 1 at SECONDARY with context 0x42. */
#define TURN_ON \
	0xd2800060, /* mov x0, #0x3 */ \
	0xf2b88000, /* movk x0, #0xc400, lsl #16 */ \
	0xd2800021, /* mov x1, #0x1 */ \
	0xd2820002, /* mov x2, #0x1000 */ \
	0xf2a80002, /* movk x2, #0x4000, lsl #16 */ \
	0xd2800843, /* mov x3, #0x42 */ \
	0xd4000002 /* hvc #0x0 */
/* The virtual timer fires in 100 ticks. */
#define ARM_TIMER \
	0xd2800c8b, /* mov x11, #0x64 */ \
	0xd51be30b, /* msr cntv_tval_el0, x11 */ \
	0xd280002b, /* mov x11, #0x1 */ \
	0xd51be32b /* msr cntv_ctl_el0, x11 */
#define SLEEP	0xd503207f /* wfi */
/* CPU_SUSPEND, power down, to go on at SECONDARY with context 0x42. */
#define SUSPEND \
	0xd2800020, /* mov x0, #0x1 */ \
	0xf2b88000, /* movk x0, #0xc400, lsl #16 */ \
	0xd2a00021, /* mov x1, #0x10000 */ \
	0xd2820002, /* mov x2, #0x1000 */ \
	0xf2a80002, /* movk x2, #0x4000, lsl #16 */ \
	0xd2800843, /* mov x3, #0x42 */ \
	0xd4000002 /* hvc #0x0 */
/* When the interrupt in w12 is the timer's, print "A" and turn the board off. */
#define REPORT \
	0x71006d9f, /* cmp w12, #0x1b */ \
	0x54000001, /* b.ne . */ \
	0x1100998c, /* add w12, w12, #0x26 */ \
	0xd2a12009, /* mov x9, #0x9000000 */ \
	0x3900012c, /* strb w12, [x9] */ \
	0x5280014c, /* mov w12, #0xa */ \
	0x3900012c, /* strb w12, [x9] */ \
	0xd2800100, /* mov x0, #0x8 */ \
	0xf2b08000, /* movk x0, #0x8400, lsl #16 */ \
	0xd4000002 /* hvc #0x0 */

#define SET_UP_GICV2 \
	0xd2a1000a, /* mov x10, #0x8000000 */ \
	0x5280002b, /* mov w11, #0x1 */ \
	0xb900014b, /* str w11, [x10] */ \
	0x52a1000b, /* mov w11, #0x8000000 */ \
	0xb901014b, /* str w11, [x10, #256] */ \
	0xd2a1002a, /* mov x10, #0x8010000 */ \
	0x52801e0b, /* mov w11, #0xf0 */ \
	0xb900054b, /* str w11, [x10, #4] */ \
	0x5280002b, /* mov w11, #0x1 */ \
	0xb900014b /* str w11, [x10] */
#define SET_UP_GICV3 \
	0xd2a1000a, /* mov x10, #0x8000000 */ \
	0x5280004b, /* mov w11, #0x2 */ \
	0xb900014b, /* str w11, [x10] */ \
	0xd2a1016a, /* mov x10, #0x80b0000 */ \
	0x52a1000b, /* mov w11, #0x8000000 */ \
	0xb900814b, /* str w11, [x10, #128] */ \
	0xb901014b, /* str w11, [x10, #256] */ \
	0xd2801e0b, /* mov x11, #0xf0 */ \
	0xd518460b, /* msr icc_pmr_el1, x11 */ \
	0xd280002b, /* mov x11, #0x1 */ \
	0xd518cceb /* msr icc_igrpen1_el1, x11 */
/* As Linux does before a power-down: no group, and GICR_WAKER.ProcessorSleep. */
#define PUT_GICV3_TO_SLEEP \
	0xd280000b, /* mov x11, #0x0 */ \
	0xd518cceb, /* msr icc_igrpen1_el1, x11 */ \
	0xd2a1014a, /* mov x10, #0x80a0000 */ \
	0x5280004b, /* mov w11, #0x2 */ \
	0xb900154b /* str w11, [x10, #20] */

static const uint32_t guest_gicv2[] = {
	TURN_ON, SET_UP_GICV2, ARM_TIMER, SLEEP,
	0xb9400d4c,		/* ldr w12, [x10, #12] */
	REPORT,
};

static const uint32_t guest_gicv3[] = {
	TURN_ON, SET_UP_GICV3, ARM_TIMER, SLEEP,
	0xd538cc0c,		/* mrs x12, icc_iar1_el1 */
	REPORT,
};

static const uint32_t guest_suspend_gicv2[] = { SET_UP_GICV2, ARM_TIMER, SUSPEND };
static const uint32_t guest_suspend_gicv3[] = { SET_UP_GICV3, ARM_TIMER, SUSPEND };
static const uint32_t guest_suspend_asleep[] = { SET_UP_GICV3, ARM_TIMER, PUT_GICV3_TO_SLEEP, SUSPEND };

/* Print the context id, 0x42 or "B", and sleep. */
static const uint32_t guest_secondary[] = {
	0xd2a12009,		/* mov x9, #0x9000000 */
	0x39000120,		/* strb w0, [x9] */
	0x52800141,		/* mov w1, #0xa */
	0x39000121,		/* strb w1, [x9] */
	0xd503207f,		/* wfi */
	0x17ffffff,		/* b wfi */
};

static struct board_config config_for(unsigned gic_version)
{
	struct board_config config = {
		.cpu_count = 2, .mpidr = { 0, 1 }, .model = CPU_CORTEX_A72, .memory_count = 1,
		.memory = { { BOARD_RAM, { RAM_BASE, RAM_SIZE } } },
		.uart = { { UART_BASE, 33 } }, .uart_count = 1,
		.gic = {
			.version = gic_version, .dist = { GICD_BASE, 0x10000 }, .cpu = { 0x08010000, 0x10000 },
			.redist = { { 0x080a0000, 0x00f60000 } }, .redist_count = 1,
		},
		.timer_intid = { 29, 30, TIMER_INTID, 26, BOARD_NO_WIRE },
		.has_power_gpio = true, .power_gpio = 0x090b0000,
		.virtio = { { { 0x0a000000, 0x200 }, 48, NULL }, { { 0x0a000200, 0x200 }, 49, NULL } }, .virtio_count = 2,
		.psci = PSCI_CONDUIT_HVC, .entry_el = 1,
	};

	return config;
}

/* What was seen: the lines of the UART, one after the other, and the acknowledged interrupts. */
struct seen {
	char lines[64];
	unsigned interrupts;
	bool turned_on, suspended;
};

static void observe(void *ctx, const struct event *event)
{
	struct seen *seen = ctx;

	if (event->kind == EVENT_UART)
		strncat(seen->lines, event->u.uart.text, sizeof(seen->lines) - strlen(seen->lines) - 1);
	if (event->kind == EVENT_IRQ && event->u.irq.intid == TIMER_INTID)
		seen->interrupts++;
	if (event->kind == EVENT_PSCI_RETURN && event->u.psci_return.value == PSCI_SUCCESS)
		seen->turned_on = true;
	if (event->kind == EVENT_POWER && event->u.power.state == POWER_SUSPENDED)
		seen->suspended = true;
}

static struct board *start(unsigned gic_version, const uint32_t *code, size_t size, struct seen *seen)
{
	struct board_config config = config_for(gic_version);
	struct error err = ERROR_NONE;
	struct board *board = board_new(&config, &err);
	struct machine *machine;

	ck_assert_msg(board != NULL, "%s", err.text);
	machine = board_machine(board);
	ck_assert(machine_poke(machine, RAM_BASE, code, size));
	ck_assert(machine_poke(machine, SECONDARY, guest_secondary, sizeof(guest_secondary)));
	machine_set_observer(machine, observe, seen);
	machine_set_event_mask(machine, UINT64_MAX);
	machine_start_cpu(machine, 0, RAM_BASE, config.entry_el, 0, false);
	return board;
}

static struct board *start_guest(unsigned gic_version, struct seen *seen)
{
	return gic_version == 3 ? start(3, guest_gicv3, sizeof(guest_gicv3), seen) :
				  start(2, guest_gicv2, sizeof(guest_gicv2), seen);
}

START_TEST(guest_finds_its_devices)
{
	struct seen seen = { .interrupts = 0 };
	struct board *board = start_guest((unsigned)_i, &seen);
	struct stop stop = machine_run(board_machine(board), BUDGET);

	ck_assert_int_eq(stop.reason, STOP_POWER_OFF);
	ck_assert_str_eq(seen.lines, "BA");
	ck_assert_uint_eq(seen.interrupts, 1);
	ck_assert(seen.turned_on);
	ck_assert_int_eq(psci_power(board_psci(board), 1), PSCI_POWER_ON);
	ck_assert_uint_eq(pl011_sent(board_uart(board, 0)), 4);
	board_free(board);
}
END_TEST

static const struct { unsigned gic_version; const uint32_t *code; size_t size; } suspends[] = {
	{ 2, guest_suspend_gicv2, sizeof(guest_suspend_gicv2) },
	{ 3, guest_suspend_gicv3, sizeof(guest_suspend_gicv3) },
	{ 3, guest_suspend_asleep, sizeof(guest_suspend_asleep) },
};

/* What a CPU armed before it was powered down wakes it, as the power controller of a board sees to. */
START_TEST(suspended_cpu_wakes)
{
	struct seen seen = { .interrupts = 0 };
	struct board *board = start(suspends[_i].gic_version, suspends[_i].code, suspends[_i].size, &seen);

	ck_assert_int_eq(machine_run(board_machine(board), BUDGET).reason, STOP_LIMIT);
	ck_assert(seen.suspended);
	ck_assert_str_eq(seen.lines, "B");
	ck_assert_uint_eq(seen.interrupts, 0);
	board_free(board);
}
END_TEST

/* Saved in the middle and restored after the end, the guest does the rest once more. */
START_TEST(snapshot_holds_devices)
{
	struct seen seen = { .interrupts = 0 };
	struct board *board = start_guest((unsigned)_i, &seen);
	struct machine *machine = board_machine(board);
	struct snapshot *snapshot;
	struct gic_irq_state irq;
	uint64_t hash;

	machine_run(machine, 25);
	snapshot = machine_save(machine);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_POWER_OFF);
	hash = machine_hash(machine);
	memset(&seen, 0, sizeof(seen));
	machine_restore(machine, snapshot);
	board_gic(board)->ops->irq_state(board_gic(board)->object, 0, TIMER_INTID, &irq);
	ck_assert(irq.enabled && !irq.pending && !irq.active);
	ck_assert_int_eq(machine_run(machine, BUDGET).reason, STOP_POWER_OFF);
	ck_assert_str_eq(seen.lines, "BA");
	ck_assert_uint_eq(seen.interrupts, 1);
	ck_assert(machine_hash(machine) == hash);
	machine_snapshot_free(machine, snapshot);
	board_free(board);
}
END_TEST

/* Empty virtio slots are there, on both sides of a page that is shared; nothing is past them. */
#define CNTFRQ_EL0	SYSREG(3, 3, 14, 0, 0)
#define CNTPCT_EL0	SYSREG(3, 3, 14, 0, 1)
#define CNTVCT_EL0	SYSREG(3, 3, 14, 0, 2)
#define CNTP_CTL_EL0	SYSREG(3, 3, 14, 2, 1)
#define CNTV_CTL_EL0	SYSREG(3, 3, 14, 3, 1)

/* Who reads which register of the timer, with what in CNTKCTL_EL1 and CNTHCTL_EL2; the level that it traps to, or 0.
 * (CNTHCTL_EL2.EL1PCTEN is for EL0, too: libunicorn 2.0.1 does not know that, and the board's time is read then.) */
static const struct { int el; uint32_t reg; uint64_t kctl, hctl; int target; } timer_reads[] = {
	{ 1, CNTVCT_EL0, 0, 0, 0 }, { 1, CNTV_CTL_EL0, 0, 0, 0 }, { 1, CNTFRQ_EL0, 0, 0, 0 },
	{ 1, CNTPCT_EL0, 0, 1, 0 }, { 1, CNTPCT_EL0, 0, 2, 2 }, { 1, CNTP_CTL_EL0, 0, 2, 0 }, { 1, CNTP_CTL_EL0, 0, 1, 2 },
	{ 0, CNTFRQ_EL0, 1, 0, 0 }, { 0, CNTFRQ_EL0, 2, 0, 0 }, { 0, CNTFRQ_EL0, 0x300, 3, 1 },
	{ 0, CNTVCT_EL0, 2, 0, 0 }, { 0, CNTVCT_EL0, 0x301, 3, 1 },
	{ 0, CNTPCT_EL0, 1, 1, 0 }, { 0, CNTPCT_EL0, 0x302, 3, 1 }, { 0, CNTPCT_EL0, 1, 2, 0 },
	{ 0, CNTP_CTL_EL0, 0x200, 2, 0 }, { 0, CNTP_CTL_EL0, 0x103, 3, 1 }, { 0, CNTP_CTL_EL0, 0x200, 1, 2 },
	{ 0, CNTV_CTL_EL0, 0x100, 0, 0 }, { 0, CNTV_CTL_EL0, 0x203, 3, 1 },
};

/* The board's timer answers when nothing denies it (Arm ARM D13.8.17 and .19); what is denied has exception class 0x18. */
START_TEST(timer_can_be_denied)
{
	enum { VECTORS = RAM_BASE + 0x8000, LOWER = 0x400, STAY = 0x14000000, ERET = 0xd69f03e0, EC = 26, DAIF = 0x3c0 };
	const uint32_t code[] = { ERET, 0xd5300000 | timer_reads[_i].reg << 5, STAY }, stay = STAY;
	bool is_counter = timer_reads[_i].reg == CNTPCT_EL0 || timer_reads[_i].reg == CNTVCT_EL0;
	struct board_config config = config_for(2);
	struct error err = ERROR_NONE;
	struct board *board = board_new(&config, &err);
	struct machine *machine = board_machine(board);
	struct cpu *cpu = machine_cpu(machine, 0);
	uint64_t esr = 0;

	machine_poke(machine, RAM_BASE, code, sizeof(code));
	machine_poke(machine, VECTORS + LOWER, &stay, sizeof(stay));
	machine_start_cpu(machine, 0, RAM_BASE + (timer_reads[_i].el ? 4 : 0), 1, 0, false);
	cpu_set_sysreg(cpu, ELR_EL1, RAM_BASE + 4);
	cpu_set_sysreg(cpu, SPSR_EL1, DAIF);
	cpu_set_sysreg(cpu, VBAR_EL1, VECTORS);
	cpu_set_sysreg(cpu, VBAR_EL2, VECTORS);
	cpu_set_sysreg(cpu, CNTKCTL_EL1, timer_reads[_i].kctl);
	cpu_set_sysreg(cpu, CNTHCTL_EL2, timer_reads[_i].hctl);
	machine_run(machine, 10);
	ck_assert_int_eq(cpu_el(cpu), timer_reads[_i].target ? timer_reads[_i].target : timer_reads[_i].el);
	if (timer_reads[_i].target) {
		ck_assert(machine_peek_sysreg(machine, 0, timer_reads[_i].target == 2 ? ESR_EL2 : ESR_EL1, &esr));
		ck_assert_uint_eq(esr >> EC, 0x18);
	} else {
		ck_assert_uint_eq(cpu_get_reg(cpu, CPU_PC), RAM_BASE + 8);
		/* A host's clock would say more. */
		ck_assert(!is_counter || cpu_get_reg(cpu, 0) < 100);
	}
	board_free(board);
}
END_TEST

START_TEST(empty_virtio)
{
	struct board_config config = config_for(2);
	struct board *board = board_new(&config, NULL);
	uint32_t word = 0;

	ck_assert_ptr_nonnull(board);
	ck_assert(machine_peek(board_machine(board), 0x0a000200, &word, sizeof(word)));
	ck_assert_uint_eq(word, 0x74726976);
	ck_assert(machine_peek(board_machine(board), 0x0a000208, &word, sizeof(word)));
	ck_assert_uint_eq(word, 0);
	ck_assert(!machine_peek(board_machine(board), 0x0a001000, &word, sizeof(word)));
	board_free(board);
}
END_TEST

START_TEST(no_devices)
{
	struct board_config config = { .cpu_count = 1, .model = CPU_CORTEX_A72 };
	struct board *board;

	for (unsigned kind = 0; kind < TIMER_KIND_COUNT; kind++)
		config.timer_intid[kind] = BOARD_NO_WIRE;
	board = board_new(&config, NULL);
	ck_assert_ptr_nonnull(board);
	ck_assert_ptr_null(board_gic(board)->ops);
	ck_assert_ptr_null(board_uart(board, 0));
	ck_assert_ptr_null(board_psci(board));
	ck_assert_ptr_nonnull(board_timer(board));
	board_free(board);
	board_free(NULL);
}
END_TEST

START_TEST(too_few_redistributors)
{
	struct board_config config = config_for(3);
	struct error err = ERROR_NONE;

	config.gic.redist[0].size = 0x20000;
	ck_assert_ptr_null(board_new(&config, &err));
	ck_assert_str_eq(err.text, "the GICv3 has room for the redistributors of 1 CPUs, and there are 2");
	config = config_for(3);
	config.gic.redist_stride = 0x10000;
	ck_assert_ptr_null(board_new(&config, &err));
}
END_TEST

START_TEST(overlap)
{
	struct board_config config = config_for(2);
	struct error err = ERROR_NONE;

	config.uart[0].base = GICD_BASE;
	ck_assert_ptr_null(board_new(&config, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "pl011"));
	config = config_for(2);
	config.memory[1] = (struct board_memory){ BOARD_ROM, { RAM_BASE, 0x1000 } };
	config.memory_count = 2;
	ck_assert_ptr_null(board_new(&config, &err));
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/board");
	TCase *tcase = tcase_create("board");

	tcase_add_loop_test(tcase, guest_finds_its_devices, 2, 4);
	tcase_add_loop_test(tcase, snapshot_holds_devices, 2, 4);
	tcase_add_loop_test(tcase, suspended_cpu_wakes, 0, sizeof(suspends) / sizeof(suspends[0]));
	tcase_add_loop_test(tcase, timer_can_be_denied, 0, sizeof(timer_reads) / sizeof(timer_reads[0]));
	tcase_add_test(tcase, empty_virtio);
	tcase_add_test(tcase, no_devices);
	tcase_add_test(tcase, too_few_redistributors);
	tcase_add_test(tcase, overlap);
	suite_add_tcase(suite, tcase);
	return suite;
}
