/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every board, with 1 to 8 CPUs, goes the whole road: each station is passed by the right CPU, in the right exception
 * level, in an order that the source notes allow.
 *
 * The order is a partial one.  It is given as chains: of the boot CPU, of each secondary, and of the bring-up of one
 * secondary, which goes from CPU to CPU.  A run is right when each chain is found in it, other things in between
 * allowed.
 */
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "booted.h"
#include "device/psci_name.h"
#include "service/loader.h"
#include "session/tables.h"
#include "unit.h"

/* What a board has; a station wants all that it names. */
enum {
	FIRMWARE = 1, SMC = 2, HVC = 4, SPIN = 8, PSCI = 16,
	VERSIONED = 32,		/* PSCI 0.2 or later */
};

/* The level in which a board enters the kernel. */
enum { DOOR = -1 };

/* Beside milestones: events that belong to a secondary. */
#define CALL	"(CPU_ON)"	/* called for it */
#define SLOT	"(slot)"	/* its slot got an address */
#define SEV	"(sev)"
#define WAKE	"(wakes)"

enum who { BOOT, THIS };

struct station { enum who who; const char *name; int el; unsigned wants; };

static const struct station boot_chain[] = {
	{ BOOT, "reset", 3, FIRMWARE }, { BOOT, "find_logical_id", 3, FIRMWARE }, { BOOT, "init_pen", 3, FIRMWARE },
	{ BOOT, "spin", 3, FIRMWARE }, { BOOT, "enter_el2", 3, FIRMWARE }, { BOOT, "el2_trampoline", 2, FIRMWARE },
	{ BOOT, "flush_caches", 2, FIRMWARE }, { BOOT, "start_cpu0", 2, FIRMWARE },
	{ BOOT, "ns_init_system", 2, FIRMWARE },
	{ BOOT, "stext", DOOR, 0 }, { BOOT, "el2_setup", DOOR, 0 }, { BOOT, "__calc_phys_offset", 1, 0 },
	{ BOOT, "set_cpu_boot_mode_flag", 1, 0 }, { BOOT, "__create_page_tables", 1, 0 }, { BOOT, "__cpu_setup", 1, 0 },
	{ BOOT, "__enable_mmu", 1, 0 }, { BOOT, "__primary_switched", 1, 0 }, { BOOT, "start_kernel", 1, 0 },
	{ BOOT, "set_task_stack_end_magic", 1, 0 }, { BOOT, "smp_setup_processor_id", 1, 0 },
	{ BOOT, "boot_cpu_init", 1, 0 }, { BOOT, "setup_arch", 1, 0 }, { BOOT, "psci_dt_init", 1, 0 },
	{ BOOT, "psci_0_2_init", 1, VERSIONED }, { BOOT, "get_set_conduit_method", 1, PSCI },
	{ BOOT, "init_bootcpu_ops", 1, 0 }, { BOOT, "cpu_read_ops", 1, 0 }, { BOOT, "smp_init_cpus", 1, 0 },
	{ BOOT, "smp_build_mpidr_hash", 1, 0 }, { BOOT, "setup_nr_cpu_ids", 1, 0 },
	{ BOOT, "setup_per_cpu_areas", 1, 0 }, { BOOT, "smp_prepare_boot_cpu", 1, 0 },
	{ BOOT, "boot_cpu_hotplug_init", 1, 0 }, { BOOT, "sched_init", 1, 0 }, { BOOT, "arch_call_rest_init", 1, 0 },
	{ BOOT, "rest_init", 1, 0 }, { BOOT, "kernel_thread", 1, 0 }, { BOOT, "kernel_thread", 1, 0 },
	{ BOOT, "kernel_init", 1, 0 }, { BOOT, "kernel_init_freeable", 1, 0 }, { BOOT, "smp_prepare_cpus", 1, 0 },
	{ BOOT, "do_pre_smp_initcalls", 1, 0 }, { BOOT, "cpu_stop_init", 1, 0 },
	{ BOOT, "smpboot_register_percpu_thread", 1, 0 }, { BOOT, "smp_init", 1, 0 },
	{ BOOT, "idle_threads_init", 1, 0 }, { BOOT, "smp_cpus_done", 1, 0 }, { BOOT, "sched_init_smp", 1, 0 },
	{ BOOT, "do_basic_setup", 1, 0 },
};

/* The boot thread becomes idle, and kthreadd runs, whenever kernel_init sleeps first. */
static const struct station idle_chain[] = { { BOOT, "rest_init", 1, 0 }, { BOOT, "cpu_startup_entry", 1, 0 } };
static const struct station kthreadd_chain[] = { { BOOT, "rest_init", 1, 0 }, { BOOT, "kthreadd", 1, 0 } };

static const struct station secondary_chain[] = {
	{ THIS, "reset", 3, FIRMWARE }, { THIS, "find_logical_id", 3, FIRMWARE }, { THIS, "spin", 3, FIRMWARE },
	{ THIS, WAKE, 3, FIRMWARE }, { THIS, "enter_el2", 3, FIRMWARE }, { THIS, "el2_trampoline", 2, FIRMWARE },
	{ THIS, "flush_caches", 2, FIRMWARE },
	{ THIS, "secondary_entry", DOOR, PSCI }, { THIS, "secondary_holding_pen", DOOR, SPIN },
	{ THIS, "el2_setup", DOOR, 0 }, { THIS, "__calc_phys_offset", 1, 0 },
	{ THIS, "set_cpu_boot_mode_flag", 1, 0 }, { THIS, "secondary_startup", 1, 0 },
	{ THIS, "lookup_processor_type", 1, 0 }, { THIS, "__cpu_setup", 1, 0 }, { THIS, "__enable_mmu", 1, 0 },
	{ THIS, "__secondary_switched", 1, 0 }, { THIS, "secondary_start_kernel", 1, 0 },
	{ THIS, "notify_cpu_starting", 1, 0 }, { THIS, "set_cpu_online", 1, 0 }, { THIS, "cpu_startup_entry", 1, 0 },
	{ THIS, "smpboot_thread_fn", 1, 0 },
};

/* One secondary after the other: cpu_up() of the next comes when this one is online. */
static const struct station bring_up_chain[] = {
	{ BOOT, "cpu_up", 1, 0 }, { BOOT, "_cpu_up", 1, 0 }, { BOOT, "smpboot_create_threads", 1, 0 },
	{ BOOT, "__cpu_up", 1, 0 }, { BOOT, "boot_secondary", 1, 0 }, { BOOT, "cpu_psci_cpu_boot", 1, PSCI },
	{ BOOT, "smp_spin_table_cpu_boot", 1, SPIN }, { BOOT, "psci_cpu_on", 1, PSCI },
	{ BOOT, "__invoke_psci_fn_smc", 1, SMC }, { BOOT, "__invoke_psci_fn_hvc", 1, HVC }, { THIS, CALL, 1, PSCI },
	{ BOOT, "psci_call64", 3, SMC | FIRMWARE }, { BOOT, "firmware_psci_cpu_on", 3, SMC | FIRMWARE },
	{ THIS, SLOT, 3, SMC | FIRMWARE }, { BOOT, SEV, 3, SMC | FIRMWARE }, { THIS, "enter_el2", 3, SMC | FIRMWARE },
	{ THIS, "secondary_entry", DOOR, PSCI }, { THIS, "secondary_startup", 1, 0 },
	{ THIS, "secondary_start_kernel", 1, 0 }, { THIS, "set_cpu_online", 1, 0 },
	{ BOOT, "smpboot_unpark_threads", 1, 0 },
};

static const struct station last_chain[] = { { BOOT, "smp_cpus_done", 1, 0 } };

/* From the firmware's pen to the kernel's, before anyone is meant. */
static const struct station release_chain[] = {
	{ BOOT, "smp_spin_table_cpu_prepare", 1, SPIN }, { THIS, SLOT, 1, SPIN }, { BOOT, SEV, 1, SPIN },
	{ THIS, "enter_el2", 3, SPIN }, { THIS, "secondary_holding_pen", DOOR, SPIN },
	{ BOOT, "smp_spin_table_cpu_boot", 1, SPIN }, { THIS, "secondary_startup", 1, SPIN },
};

static const struct board { const char *name; unsigned has; int door; } boards[] = {
	{ "psci-smc", FIRMWARE | PSCI | SMC | VERSIONED, 2 }, { "psci-classic", FIRMWARE | PSCI | SMC, 2 },
	{ "psci-hvc", PSCI | HVC | VERSIONED, 1 }, { "spin-table", FIRMWARE | SPIN, 2 },
	{ "big-little", FIRMWARE | PSCI | SMC | VERSIONED, 2 }, { "virt", PSCI | HVC | VERSIONED, 1 },
	{ "virt-gicv3", PSCI | HVC | VERSIONED, 1 },
};

static const unsigned counts[] = { 1, 2, 4, 8 };

enum { COUNTS = sizeof(counts) / sizeof(counts[0]), BOARDS = sizeof(boards) / sizeof(boards[0]) };

/* ---- what was passed ---- */

/* WHO did it, and in which level; CALL and SLOT are the target's, in the level of the CPU that did it. */
struct passed { const char *name; int cpu, el; uint64_t t; };

struct trip {
	const struct board *board;
	struct session *session;
	VEC(struct passed) list;
};

static void add(struct trip *trip, const char *name, int cpu, const struct event *event)
{
	vec_add(&trip->list, ((struct passed){ name, cpu, event->el, event->t }));
}

static bool is_cpu_on(const struct event *event)
{
	const char *name = psci_fn_name(event->u.psci_call.fn);

	return name && !strcmp(name, "CPU_ON");
}

/* Slots hold small negative numbers and 0 while there is nowhere to go. */
static bool is_address(uint64_t value)
{
	return value && value < UINT64_MAX - 0x100;
}

static void see(void *ctx, const struct event *event)
{
	struct trip *trip = ctx;

	if (event->kind == EVENT_MILESTONE)
		add(trip, event->u.milestone.name, event->cpu, event);
	else if (event->kind == EVENT_PSCI_CALL && is_cpu_on(event))
		add(trip, CALL, machine_find_mpidr(session_machine(trip->session), event->u.psci_call.args[0]), event);
	else if (event->kind == EVENT_TABLE && is_address(event->u.table.value))
		add(trip, SLOT, event->u.table.target, event);
	else if (event->kind == EVENT_SEV)
		add(trip, SEV, event->cpu, event);
	else if (event->kind == EVENT_WFE_WAKE)
		add(trip, WAKE, event->cpu, event);
}

/* ---- chains ---- */

/* The next time that CPU passes NAME, from AT on; the length of the list when it does not. */
static size_t find(const struct trip *trip, size_t at, const char *name, int cpu)
{
	while (at < trip->list.len && (trip->list.item[at].cpu != cpu || strcmp(trip->list.item[at].name, name)))
		at++;
	return at;
}

/* Go along CHAIN from *AT on, for the secondary CPU; *AT comes behind its last station. */
static void walk(const struct trip *trip, const struct station *chain, size_t count, int cpu, size_t *at)
{
	const char *before = "the start";

	for (size_t i = 0; i < count; i++) {
		int who = chain[i].who == BOOT ? (int)session_loaded(trip->session)->boot_cpu : cpu;
		int el = chain[i].el == DOOR ? trip->board->door : chain[i].el;
		size_t found;

		if (chain[i].wants & ~trip->board->has)
			continue;
		found = find(trip, *at, chain[i].name, who);
		ck_assert_msg(found < trip->list.len, "%s with %u CPUs: cpu%d does not pass %s after %s%s",
			      trip->board->name, session_loaded(trip->session)->cpu_count, who, chain[i].name, before,
			      find(trip, 0, chain[i].name, who) < *at ? " (but before)" : "");
		ck_assert_msg(trip->list.item[found].el == el, "%s: cpu%d passes %s in EL%d, not in EL%d (t=%llu)",
			      trip->board->name, who, chain[i].name, trip->list.item[found].el, el,
			      (unsigned long long)trip->list.item[found].t);
		*at = found + 1;
		before = chain[i].name;
	}
}

#define WALK(trip, chain, cpu, at) walk(trip, chain, sizeof(chain) / sizeof((chain)[0]), cpu, at)
#define WALK_FROM_START(trip, chain, cpu) WALK(trip, chain, cpu, &(size_t){ 0 })

static void check_secondaries(const struct trip *trip)
{
	const struct loaded *loaded = session_loaded(trip->session);
	size_t at = 0;

	for (unsigned slot = 1; slot < loaded->cpu_count; slot++) {
		int cpu = (int)loaded->slot_cpu[slot];

		WALK_FROM_START(trip, secondary_chain, cpu);
		WALK_FROM_START(trip, release_chain, cpu);
		WALK(trip, bring_up_chain, cpu, &at);
	}
	WALK(trip, last_chain, (int)loaded->boot_cpu, &at);
}

START_TEST(goes_the_whole_road)
{
	struct trip trip = { .board = &boards[_i / COUNTS] };

	trip.session = booted(trip.board->name, counts[_i % COUNTS]);
	session_add_sink(trip.session, see, &trip);
	booted_ok(trip.session, "until idle");
	WALK_FROM_START(&trip, boot_chain, 0);
	WALK_FROM_START(&trip, idle_chain, 0);
	WALK_FROM_START(&trip, kthreadd_chain, 0);
	check_secondaries(&trip);
	session_free(trip.session);
	vec_free(&trip.list);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/milestones");
	TCase *tc = tcase_create("milestones");

	tcase_add_loop_test(tc, goes_the_whole_road, 0, BOARDS * COUNTS);
	suite_add_tcase(suite, tc);
	return suite;
}
