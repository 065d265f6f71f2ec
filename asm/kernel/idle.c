/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * idle.c: what a CPU does when there is nothing to do.
 *
 * Every CPU ends its way up here: the boot CPU from rest_init(), the others from secondary_start_kernel().
 */
#include "hotplug.h"
#include "printk.h"
#include "sched.h"
#include "smp.h"
#include "time.h"

/* Sleep once, then see what there is: threads whose time has come, or a panic elsewhere. */
static void arch_cpu_idle(void)
{
	cpu_do_idle();
	if (READ_ONCE(panic_in_progress))
		panic_halt();
	run_local_timers();
}

/*
 * cpu_idle_loop: sleep until this CPU has a thread to run.  A wake-up may have come for any reason or none, so only
 * need_resched() counts.  A CPU that was taken offline comes by here last, and does not come back.
 */
static _Noreturn void cpu_idle_loop(void)
{
	unsigned int cpu = smp_processor_id();

	for (;;) {
		while (!need_resched()) {
			if (cpu_is_offline(cpu))
				cpu_die();
			arch_cpu_idle();
		}
		schedule();
	}
}

/*
 * cpu_startup_entry: the end of booting for this CPU: the thread that brought it up becomes its idle thread.  So all
 * that secondary CPUs do at boot is to sleep here: drivers are set up by one thread, kernel_init, on the boot CPU,
 * however many CPUs there are.
 */
void cpu_startup_entry(enum cpuhp_state state)
{
	cpu_idle_loop();
}
