/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init.c: the first and only program of the initrd: it uses every CPU in the ways that smptutor wants to see, says what
 * came of it, and powers the machine off.
 *
 * Everything is bounded.  The last line is "smptutor init: done", or "smptutor init: failed" when something was wrong.
 */
#include "cpus.h"
#include "disk.h"
#include "hammer.h"
#include "print.h"
#include "syscall.h"
#include "traps.h"

enum { HOTPLUG_CPU = 2, NAP_NS = 20000000 };

void init_main(void);

static void mount(const char *type, const char *on)
{
	long result;

	syscall(SYS_mkdirat, AT_FDCWD, on, 0755, 0);
	result = syscall6(SYS_mount, (long)type, (long)on, (long)type, 0, 0);
	if (result < 0)
		print_line("%s does not mount: error %d", type, -result);
}

static void greet(void)
{
	struct utsname name;

	if (syscall(SYS_uname, &name, 0, 0, 0) == 0)
		print_line("%s %s on %s", name.sysname, name.release, name.machine);
}

/* A nap must last, by the system's clock, as long as was asked for. */
static bool nap(void)
{
	struct timespec length = { .nsec = NAP_NS }, before, after;
	int64_t slept;

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &before, 0, 0);
	syscall(SYS_nanosleep, &length, 0, 0, 0);
	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &after, 0, 0);
	slept = (after.sec - before.sec) * 1000000000 + after.nsec - before.nsec;
	print_line("nap: %s", slept >= NAP_NS ? "long enough" : "too short");
	return slept >= NAP_NS;
}

static bool use_cpus(void)
{
	uint64_t online = cpus_online();
	bool right = online != 0;

	cpus_print();
	right &= cpus_run_children(online) == cpus_count(online);
	if (online >> HOTPLUG_CPU & 1)
		right &= cpus_replug(HOTPLUG_CPU);
	right &= hammer_lock(online);
	right &= hammer_ring(online);
	right &= hammer_signals(online);
	right &= hammer_floats(online);
	return right;
}

void init_main(void)
{
	bool right = true;

	mount("proc", "/proc");
	mount("sysfs", "/sys");
	greet();
	right &= use_cpus();
	right &= traps_fault();
	right &= traps_breakpoint();
	right &= traps_step();
	right &= nap();
	right &= disk_use();
	print_line(right ? "done" : "failed");
	syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_POWER_OFF, 0);
	/* The kernel panics when its init ends: better that than to hang. */
	syscall(SYS_exit_group, 1, 0, 0, 0);
}
