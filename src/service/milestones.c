/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/milestones.c: the table of milestones.
 *
 * In the order of the road.  A firmware function whose name the kernel uses too has "firmware_" before it.
 */
#include "service/milestones.h"

#include <string.h>

static const struct milestone milestones[] = {
	{ "reset", "_start", 10, 1, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "reset",
	  "Every CPU leaves reset at the same address, in EL3, with the MMU and caches off. They all run "
	  "the same instructions and know nothing of each other; only MPIDR_EL1 differs." },
	{ "find_logical_id", NULL, 20, 1, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "who am I?",
	  "MPIDR_EL1's affinity fields are looked up in the board's table of CPUs. The place in the table "
	  "is the logical number; a CPU that is not listed gets -1 and may go nowhere." },
	{ "init_pen", NULL, 30, 2, MILESTONE_FIRMWARE, MILESTONE_BOOT_CPU,
	  "the pen is set up",
	  "CPU0 fills branch_table: ADDR_INVALID (-1) for everyone, start_cpu0 for itself. Until that is "
	  "done nobody may look at the table." },
	{ "spin", NULL, 40, 2, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "the pen",
	  "Each CPU polls its own slot of branch_table and sleeps in wfe in between. While the slot holds "
	  "ADDR_INVALID there is nowhere to go." },
	{ "spin_dead", NULL, 50, 1, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "a CPU without a number",
	  "A CPU whose MPIDR is not in the board's table has no slot. It sleeps here for good." },
	{ "enter_el2", NULL, 60, 3, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "leaving EL3",
	  "SCTLR_EL2 gets a defined value, SPSR_EL3 says EL2 with everything masked, ELR_EL3 says "
	  "el2_trampoline: an exception return is the only way down, so one is made up." },
	{ "el2_trampoline", NULL, 70, 3, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "first instruction in EL2",
	  "The CPU has dropped to EL2. It cleans its caches and goes on to the address that it found in its "
	  "slot." },
	{ "flush_caches", NULL, 80, 3, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "caches are cleaned",
	  "Whoever runs next may turn caches on: what lies in them must not be older than memory. The loop "
	  "goes over every set and way of every level." },
	{ "start_cpu0", NULL, 90, 4, MILESTONE_FIRMWARE, MILESTONE_BOOT_CPU,
	  "the boot CPU goes on",
	  "CPU0's slot said start_cpu0 from the start. It prepares the UART and enters the kernel." },
	{ "ns_init_system", NULL, 100, 4, MILESTONE_FIRMWARE, MILESTONE_BOOT_CPU,
	  "devices for the kernel",
	  "The few devices that the non-secure world expects to be on, the UART above all, are initialised." },
	{ "stext", "primary_entry _head", 110, 5, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "kernel entry",
	  "The kernel's first instructions, at its physical address: x0 holds the device tree, x1 to x3 are "
	  "zero, MMU off, interrupts masked (booting.rst)." },
	{ "el2_setup", "init_kernel_el init_el", 120, 5, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "EL2 is left for EL1",
	  "Entered at EL2, the kernel sets up what EL1 will need (HCR_EL2.RW, timers, traps off) and drops "
	  "to EL1 by an exception return." },
	{ "set_cpu_boot_mode_flag", NULL, 130, 5, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the level is noted",
	  "Each CPU writes down at which level it came in. If they differ, Linux complains later and does "
	  "without EL2." },
	{ "__calc_phys_offset", "__relocate_kernel", 140, 5, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "where am I?",
	  "The kernel is linked high but runs low. The difference between the two addresses of one symbol "
	  "says where it was loaded." },
	{ "__create_page_tables", "create_idmap create_kernel_mapping", 150, 5, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "page tables",
	  "An identity map, so that the instruction after the MMU comes on can be fetched at all, and the "
	  "map of the kernel at its high addresses." },
	{ "__cpu_setup", NULL, 160, 5, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the MMU is prepared",
	  "Memory types (MAIR_EL1), table format (TCR_EL1), stale translations thrown away. The result is "
	  "the value of SCTLR_EL1 that will turn the MMU on." },
	{ "__enable_mmu", NULL, 170, 5, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the MMU is turned on",
	  "TTBR0_EL1 and TTBR1_EL1 get the tables, SCTLR_EL1.M is set. The next instruction is fetched "
	  "through the identity map; then comes the jump to the high address." },
	{ "__primary_switched", NULL, 180, 5, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "at high addresses",
	  "The boot CPU runs where it was linked. It gets the stack of the first thread and a place for "
	  "exceptions to go." },
	{ "start_kernel", NULL, 190, 6, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "start_kernel",
	  "The first C function of the kernel proper, on one CPU, with interrupts masked." },
	{ "set_task_stack_end_magic", NULL, 200, 6, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "end of the stack is marked",
	  "A magic word at the far end of the first thread's stack: if it is ever overwritten, the stack "
	  "ran over." },
	{ "smp_setup_processor_id", NULL, 210, 6, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "I am CPU 0",
	  "The boot CPU reads its MPIDR and writes it to cpu_logical_map(0): whatever its MPIDR, its number "
	  "is 0. \"Booting Linux on physical CPU ...\"" },
	{ "boot_cpu_init", NULL, 220, 7, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "first bit of the masks",
	  "CPU 0 is set in the possible, present, online and active masks. All others are still clear." },
	{ "setup_arch", NULL, 230, 8, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "setup_arch",
	  "The architecture's part: memory, the device tree, PSCI, the list of CPUs." },
	{ "psci_dt_init", "psci_init", 240, 8, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "PSCI is looked for",
	  "The tree's psci node is matched by its compatible; the version that it names decides how "
	  "functions are numbered." },
	{ "psci_0_2_init", NULL, 250, 8, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "PSCI 0.2 and later",
	  "The conduit is taken from the tree, PSCI_VERSION is asked for, and the standard function ids are "
	  "entered into psci_ops." },
	{ "get_set_conduit_method", NULL, 260, 8, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "smc or hvc",
	  "The \"method\" of the psci node: from now on every PSCI call is that instruction." },
	{ "init_bootcpu_ops", "cpu_read_bootcpu_ops", 270, 9, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "the boot CPU's operations",
	  "The enable-method of the boot CPU's own node; it is needed when that CPU shall be turned off one "
	  "day." },
	{ "smp_init_cpus", NULL, 280, 9, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "the tree's CPUs",
	  "Each cpu node is read: reg, enable-method. What is sound enters cpu_logical_map and becomes "
	  "possible; what is not is refused with a message." },
	{ "cpu_read_ops", "init_cpu_ops", 290, 9, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "one CPU's enable-method",
	  "The string in the tree selects cpu_ops[cpu]: spin-table or psci." },
	{ "smp_build_mpidr_hash", NULL, 300, 9, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "MPIDR hash",
	  "How many bits it takes to tell these MPIDRs apart; used on the way out of deep sleep." },
	{ "setup_nr_cpu_ids", NULL, 310, 10, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "how many CPUs can be",
	  "nr_cpu_ids becomes the highest possible CPU plus one." },
	{ "setup_per_cpu_areas", NULL, 320, 10, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "per-CPU memory",
	  "Each possible CPU gets its own copy of the per-CPU variables, reached through an offset in "
	  "TPIDR_EL1." },
	{ "smp_prepare_boot_cpu", NULL, 330, 10, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "CPU 0 uses its own",
	  "TPIDR_EL1 of the boot CPU now points to its own copy." },
	{ "boot_cpu_hotplug_init", NULL, 340, 10, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "CPU 0 counts as up",
	  "The hotplug state machine is told that CPU 0 did not have to be brought up." },
	{ "sched_init", NULL, 350, 10, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "run queues",
	  "Each CPU gets a run queue; the boot thread becomes CPU 0's idle thread in the making." },
	{ "arch_call_rest_init", NULL, 360, 11, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "last step of start_kernel",
	  "All that follows happens in threads." },
	{ "rest_init", NULL, 370, 11, MILESTONE_KERNEL, MILESTONE_BOOT_CPU,
	  "rest_init",
	  "Two threads are made, kernel_init (pid 1) and kthreadd (pid 2); the boot thread itself becomes "
	  "the idle thread of CPU 0." },
	{ "kernel_thread", NULL, 380, 11, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "a thread is made",
	  "A stack, a saved context that returns into the thread's function, a place in the run queue." },
	{ "kthreadd", NULL, 390, 11, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "kthreadd runs",
	  "The thread that makes all other kernel threads; it waits for orders." },
	{ "cpu_startup_entry", NULL, 400, 20, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "a CPU becomes idle",
	  "The thread that brought this CPU up turns into its idle loop: nothing to do until something is "
	  "scheduled." },
	{ "kernel_init", NULL, 410, 12, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "pid 1 begins",
	  "It waits until kthreadd exists (kthreadd_done), then goes on with the boot." },
	{ "kernel_init_freeable", NULL, 420, 12, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the rest of the boot",
	  "The part of kernel_init that is thrown away afterwards: bring up the other CPUs, then the "
	  "drivers." },
	{ "smp_prepare_cpus", NULL, 430, 12, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "which CPUs are worth a try",
	  "Each possible CPU whose enable-method has what it needs becomes present. With spin-table, CPUs "
	  "are called into the kernel's own pen here." },
	{ "do_pre_smp_initcalls", NULL, 440, 13, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "early initcalls",
	  "Functions marked early_initcall run while there is still one CPU." },
	{ "cpu_stop_init", NULL, 450, 13, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the stopper threads",
	  "A thread \"migration/N\" for each CPU, which can take that CPU away from everyone else." },
	{ "smpboot_register_percpu_thread", NULL, 460, 13, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "threads for each CPU",
	  "A kind of thread that every CPU shall have is put on a list: later CPUs get theirs when they are "
	  "brought up." },
	{ "smp_init", NULL, 470, 14, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "smp_init",
	  "Now the others: for each present CPU that is not online, cpu_up()." },
	{ "idle_threads_init", NULL, 480, 14, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "idle threads",
	  "Each CPU needs a thread to start on: its idle thread. Its stack is what the new CPU will run on." },
	{ "cpu_up", "cpuhp_bringup_mask bringup_nonboot_cpus", 490, 14, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "bring one up",
	  "The request for one CPU; what can be refused is refused here." },
	{ "_cpu_up", NULL, 500, 14, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "step by step",
	  "Prepare, start, announce: in later kernels a state machine with a callback for each step." },
	{ "smpboot_create_threads", NULL, 510, 14, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "its threads are made, parked",
	  "One thread of each registered kind for the new CPU, made on this one, and parked until that CPU "
	  "can run them." },
	{ "__cpu_up", NULL, 520, 15, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "hand over a stack",
	  "The address of the idle thread's stack goes to secondary_data and is flushed to memory: the new "
	  "CPU will read it with its caches off. Then the wait for cpu_running begins." },
	{ "boot_secondary", NULL, 530, 15, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "through cpu_ops",
	  "cpu_ops[cpu]->cpu_boot: whichever enable-method the tree gave this CPU." },
	{ "cpu_psci_cpu_boot", NULL, 540, 15, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "by PSCI",
	  "CPU_ON with the MPIDR of the CPU and the physical address of secondary_entry." },
	{ "smp_spin_table_cpu_prepare", NULL, 550, 23, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "spin-table: into the kernel's pen",
	  "The physical address of secondary_holding_pen goes to cpu-release-addr, is flushed, and a sev "
	  "wakes whoever polls it." },
	{ "smp_spin_table_cpu_boot", NULL, 560, 23, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "spin-table: you are meant",
	  "secondary_holding_pen_release gets the MPIDR of the CPU that may go on; a sev wakes them all, "
	  "and one finds its name." },
	{ "psci_cpu_on", "psci_0_2_cpu_on __psci_cpu_on", 570, 15, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "CPU_ON is asked for",
	  "The function id and three arguments go to x0 to x3." },
	{ "__invoke_psci_fn_smc", "__arm_smccc_smc", 580, 16, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "smc #0",
	  "The instruction that goes from EL1 to EL3. The CPU comes back behind it with the answer in x0." },
	{ "__invoke_psci_fn_hvc", "__arm_smccc_hvc", 590, 24, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "hvc #0",
	  "The instruction that goes from EL1 to EL2, or to whatever stands in for it." },
	{ "psci_call64", NULL, 600, 17, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "in EL3",
	  "The SMC vector found a PSCI call: which function is wanted?" },
	{ "firmware_psci_cpu_on", "psci_cpu_on", 610, 17, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "CPU_ON in the firmware",
	  "The MPIDR becomes a slot number; ldxr and stxr make sure that of two callers only one wins the "
	  "slot; then the entry point is stored, dsb ishst, sev." },
	{ "firmware_psci_cpu_off", "psci_cpu_off", 620, 17, MILESTONE_FIRMWARE, MILESTONE_EVERY_CPU,
	  "CPU_OFF in the firmware",
	  "The CPU's slot goes back to ADDR_INVALID and it returns to the pen." },
	{ "pen_opens", "enter_el2", 625, 18, MILESTONE_FIRMWARE, MILESTONE_SECONDARY,
	  "the pen opens",
	  "A secondary woke, found an address in its slot, and leaves EL3 for it. Who woke it is told by its "
	  "wfe-wake, and what it read by the slot." },
	{ "secondary_entry", NULL, 630, 19, MILESTONE_KERNEL, MILESTONE_SECONDARY,
	  "a secondary enters the kernel",
	  "Where CPU_ON sent it: the same level as the boot CPU had, MMU off, at a physical address." },
	{ "secondary_holding_pen", NULL, 640, 23, MILESTONE_KERNEL, MILESTONE_SECONDARY,
	  "the kernel's own pen",
	  "Where spin-table CPUs wait inside the kernel: they poll secondary_holding_pen_release for their "
	  "own MPIDR." },
	{ "secondary_startup", NULL, 650, 19, MILESTONE_KERNEL, MILESTONE_SECONDARY,
	  "the common way",
	  "The page tables exist already. This CPU only has to prepare its MMU and turn it on." },
	{ "lookup_processor_type", "__cpu_secondary_check52bitva", 660, 19, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "is this CPU known?",
	  "MIDR_EL1 is looked up; later kernels check features instead." },
	{ "__secondary_switched", NULL, 670, 19, MILESTONE_KERNEL, MILESTONE_SECONDARY,
	  "a stack at last",
	  "At the high address, it takes the stack that __cpu_up left in secondary_data." },
	{ "secondary_start_kernel", NULL, 680, 20, MILESTONE_KERNEL, MILESTONE_SECONDARY,
	  "secondary_start_kernel",
	  "The first C function of a secondary CPU." },
	{ "notify_cpu_starting", NULL, 690, 20, MILESTONE_KERNEL, MILESTONE_SECONDARY,
	  "starting callbacks",
	  "What must run on the new CPU before it is online: its interrupt controller, its timer." },
	{ "set_cpu_online", NULL, 700, 20, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "online",
	  "The bit in the online mask. From now on others may count on this CPU." },
	{ "smpboot_unpark_threads", NULL, 710, 21, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "its threads may run",
	  "The threads that were made for this CPU are bound to it and let go." },
	{ "smpboot_thread_fn", NULL, 720, 21, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "a per-CPU thread runs",
	  "Status NONE becomes ACTIVE by the thread's setup function; parked and unparked it goes to PARKED "
	  "and back." },
	{ "smp_cpus_done", NULL, 730, 22, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "all are done",
	  "\"SMP: Total of N processors activated.\"" },
	{ "sched_init_smp", NULL, 740, 22, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the scheduler uses all",
	  "Scheduling domains; from now on threads move between CPUs." },
	{ "do_basic_setup", NULL, 750, 22, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "drivers",
	  "Initcalls of drivers run on one CPU, one after the other. The secondaries only run idle until "
	  "something is scheduled to them: drivers do not load in parallel." },
	{ "cpu_down", "_cpu_down", 760, 20, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "taking a CPU away",
	  "The way back: threads are parked, the CPU takes itself off the online mask and asks to be turned "
	  "off." },
	{ "cpu_die", "cpu_die_early", 770, 20, MILESTONE_KERNEL, MILESTONE_EVERY_CPU,
	  "the CPU's last function",
	  "It calls CPU_OFF, from which there is no return." },
};

static const char *const row_titles[] = {
	"who am I: reset, find_logical_id, spin_dead",
	"the pen: wfe on branch_table",
	"dropping from EL3 to EL2",
	"start_cpu0 and the kernel's doorstep",
	"kernel entry: EL2 to EL1, page tables, the MMU",
	"start_kernel: who the first CPU is",
	"the CPU masks",
	"setup_arch: PSCI from the device tree",
	"the tree's CPUs: cpu_logical_map and cpu_ops",
	"per-CPU memory and the scheduler",
	"rest_init: the first threads",
	"kernel_init: which CPUs are worth a try",
	"early initcalls and per-CPU threads",
	"smp_init: cpu_up for each CPU",
	"__cpu_up: a stack, and CPU_ON",
	"smc or hvc: leaving the kernel",
	"inside EL3: psci_cpu_on, sev",
	"the pen opens",
	"the secondary enters the kernel",
	"online, and idle",
	"smpboot threads start",
	"all CPUs are up",
	"spin-table: the other enable-method",
	"hvc: a kernel without EL3 firmware",
};

static const char *const idle_symbols[] = { "cpu_do_idle" };

enum {
	MILESTONE_COUNT = sizeof(milestones) / sizeof(milestones[0]),
	ROW_COUNT = sizeof(row_titles) / sizeof(row_titles[0]),
	IDLE_COUNT = sizeof(idle_symbols) / sizeof(idle_symbols[0]),
};

size_t milestones_count(void)
{
	return MILESTONE_COUNT;
}

const struct milestone *milestones_at(size_t index)
{
	return &milestones[index];
}

/* Is NAME one of the blank-separated words of LIST? */
static bool is_listed(const char *list, const char *name)
{
	size_t len = strlen(name);

	while (list && *list) {
		size_t word = strcspn(list, " ");

		if (word == len && !strncmp(list, name, len))
			return true;
		list += word + strspn(list + word, " ");
	}
	return false;
}

int milestones_find(const char *name)
{
	for (size_t i = 0; i < MILESTONE_COUNT; i++)
		if (!strcmp(milestones[i].name, name))
			return (int)i;
	for (size_t i = 0; i < MILESTONE_COUNT; i++)
		if (is_listed(milestones[i].others, name))
			return (int)i;
	return -1;
}

const char *milestones_row_title(unsigned row)
{
	return row >= 1 && row <= ROW_COUNT ? row_titles[row - 1] : "";
}

const char *milestones_idle_symbol(size_t index)
{
	return index < IDLE_COUNT ? idle_symbols[index] : NULL;
}
