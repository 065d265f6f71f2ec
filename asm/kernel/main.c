/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c: from the first line of C to the idle machine, in the order in which it happens.
 *
 * start_kernel() runs as the only thread there is, on the only CPU there is.  rest_init() makes two more threads;
 * one of them, kernel_init, starts the other CPUs and then everything else.
 */
#include "completion.h"
#include "cpumask.h"
#include "hotplug.h"
#include "init.h"
#include "kthread.h"
#include "percpu.h"
#include "printk.h"
#include "sched.h"
#include "setup.h"
#include "smp.h"
#include "time.h"

static const char linux_banner[] = "smptutor lab kernel (arm64, up to %u CPUs), after Linux's SMP start-up\n";

static DECLARE_COMPLETION(kthreadd_done);
static bool poweroff_when_done;

_Noreturn void start_kernel(void);

/* "poweroff": switch the machine off instead of idling for ever. */
static int poweroff_setup(const char *value)
{
	poweroff_when_done = true;
	return 0;
}
early_param("poweroff", poweroff_setup);

static void do_one_initcall(initcall_t fn)
{
	int ret = fn();

	pr_debug("initcall %p returned %d\n", (void *)fn, ret);
}

/*
 * do_pre_smp_initcalls: what must be ready before a second CPU runs: cpu_stop_init() among them, which makes the first
 * per-CPU thread, migration/0.
 */
static void do_pre_smp_initcalls(void)
{
	extern const initcall_t __initcall_start[], __initcall0_start[];
	const initcall_t *fn;

	for (fn = __initcall_start; fn < __initcall0_start; fn++)
		do_one_initcall(*fn);
}

/*
 * do_basic_setup: drivers and all the rest, one initcall after the other.  All CPUs are up by now, and all but this one
 * sleep: more CPUs do not make this part of booting faster.
 */
static void do_basic_setup(void)
{
	extern const initcall_t __initcall0_start[], __initcall_end[];
	const initcall_t *fn;

	for (fn = __initcall0_start; fn < __initcall_end; fn++)
		do_one_initcall(*fn);
}

/*
 * kernel_init_freeable: the other CPUs, then the drivers.  It has to wait for kthreadd, which makes the threads that
 * every CPU needs.
 */
static void kernel_init_freeable(void)
{
	wait_for_completion(&kthreadd_done);
	smp_prepare_cpus(setup_max_cpus);
	do_pre_smp_initcalls();
	smp_init();
	sched_init_smp();
	do_basic_setup();
}

/*
 * kernel_init: pid 1.  In Linux it becomes /init in the end.  There is no user space here, so it says that all is done
 * and ends; what is left on every CPU is its idle thread.
 */
static int kernel_init(void *unused)
{
	scnprintf(current->comm, sizeof(current->comm), "init");
	kernel_init_freeable();
	pr_info("smp lab: all done, %u CPUs online\n", num_online_cpus());
	if (poweroff_when_done)
		machine_power_off();
	return 0;
}

/*
 * rest_init: the end of the beginning.  init is made first, to be pid 1; kthreadd is pid 2, and init must not ask it
 * for threads before it exists: hence the completion.  The thread that booted has nothing left to do but to be idle.
 */
static _Noreturn void rest_init(void)
{
	int pid;

	kernel_thread(kernel_init, NULL, CLONE_FS);
	pid = kernel_thread(kthreadd, NULL, CLONE_FS | CLONE_FILES);
	kthreadd_task = find_task_by_pid(pid);
	complete(&kthreadd_done);

	/* The idle thread must step back once, or the others never get their turn. */
	schedule();
	cpu_startup_entry(CPUHP_ONLINE);
}

/*
 * arch_call_rest_init: some architectures do a last thing of their own here; Arm does not.
 */
static _Noreturn void arch_call_rest_init(void)
{
	rest_init();
}

/*
 * start_kernel: called from __primary_switched, on the boot CPU, with the MMU on and a stack.  From "who am I" to a
 * working scheduler; the order is that of what needs what.
 */
void start_kernel(void)
{
	char *command_line;

	sched_clock_init();
	set_task_stack_end_magic(&init_task);
	smp_setup_processor_id();
	boot_cpu_init();
	pr_notice(linux_banner, NR_CPUS);
	setup_arch(&command_line);
	setup_nr_cpu_ids();
	setup_per_cpu_areas();
	smp_prepare_boot_cpu();
	boot_cpu_hotplug_init();
	pr_notice("Kernel command line: %s\n", command_line);
	sched_init();
	time_init();
	arch_call_rest_init();
}
