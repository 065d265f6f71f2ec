/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpus.c: which CPUs are online, and programs on each of them.
 */
#include "cpus.h"

#include "print.h"
#include "syscall.h"

static const char online_path[] = "/sys/devices/system/cpu/online";

/* A list such as "0-1,3". */
static uint64_t parse_list(const char *text)
{
	uint64_t mask = 0;

	while (*text) {
		unsigned first = parse_number(text, &text), last = first;

		if (*text == '-')
			last = parse_number(text + 1, &text);
		for (; first <= last && first < CPUS_MAX; first++)
			mask |= 1ull << first;
		if (*text != ',')
			break;
		text++;
	}
	return mask;
}

uint64_t cpus_online(void)
{
	char text[128];

	return read_line(online_path, text, sizeof(text)) ? parse_list(text) : 0;
}

unsigned cpus_count(uint64_t mask)
{
	unsigned count = 0;

	for (; mask; mask &= mask - 1)
		count++;
	return count;
}

bool cpus_bind(unsigned cpu)
{
	uint64_t mask = 1ull << cpu;

	return syscall(SYS_sched_setaffinity, 0, sizeof(mask), &mask, 0) == 0;
}

unsigned cpus_here(void)
{
	unsigned cpu = ~0u;

	syscall(SYS_getcpu, &cpu, 0, 0, 0);
	return cpu;
}

void cpus_print(void)
{
	char text[128];

	if (read_line(online_path, text, sizeof(text)))
		print_line("CPUs online: %s", text);
	else
		print_line("CPUs online: sysfs does not say");
}

/* ---- children ---- */

static void child(unsigned cpu)
{
	bool right = cpus_bind(cpu) && cpus_here() == cpu;

	print_line("child on CPU %d%s", (long)cpus_here(), right ? "" : ", which is the wrong one");
	syscall(SYS_exit_group, !right, 0, 0, 0);
}

static bool run_child(unsigned cpu)
{
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0);
	int status = -1;

	if (pid == 0)
		child(cpu);
	return pid > 0 && syscall(SYS_wait4, pid, &status, 0, 0) == pid && status == 0;
}

unsigned cpus_run_children(uint64_t mask)
{
	unsigned right = 0;

	for (unsigned cpu = 0; cpu < CPUS_MAX; cpu++)
		if (mask >> cpu & 1)
			right += run_child(cpu);
	return right;
}

/* ---- hotplug ---- */

/* "/sys/devices/system/cpu/cpuN/online" */
static void switch_path(unsigned cpu, char *path)
{
	const char *parts[] = { "/sys/devices/system/cpu/cpu", NULL, "/online" };
	char number[] = { (char)('0' + cpu / 10), (char)('0' + cpu % 10), '\0' };

	parts[1] = cpu < 10 ? number + 1 : number;
	for (unsigned i = 0; i < 3; i++)
		for (const char *c = parts[i]; *c; c++)
			*path++ = *c;
	*path = '\0';
}

static bool switch_cpu(const char *path, unsigned cpu, bool on)
{
	long result = write_file(path, on ? "1" : "0");
	bool is_online = cpus_online() >> cpu & 1;

	if (result < 0 || is_online != on) {
		print_line("CPU %d does not go %s: error %d", (long)cpu, on ? "online" : "offline", -result);
		return false;
	}
	print_line("CPU %d is %s", (long)cpu, on ? "online again" : "offline");
	cpus_print();
	return true;
}

bool cpus_replug(unsigned cpu)
{
	char path[64], text[8];

	switch_path(cpu, path);
	if (!read_line(path, text, sizeof(text))) {
		print_line("CPU %d cannot be taken offline", (long)cpu);
		return true;
	}
	return switch_cpu(path, cpu, false) && switch_cpu(path, cpu, true) && run_child(cpu);
}
