/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/monitor.c: the exclusive monitors.
 */
#include "machine/monitor.h"

static gpa_t granule(gpa_t addr)
{
	return addr / MONITOR_GRANULE;
}

void monitor_load(struct monitor *monitor, unsigned cpu, gpa_t addr, unsigned size)
{
	monitor->entry[cpu] = (struct reservation){ .valid = true, .addr = addr, .size = size };
	monitor->holders |= 1ull << cpu;
	monitor->lost &= ~(1ull << cpu);
}

bool monitor_allows(const struct monitor *monitor, unsigned cpu, gpa_t addr, unsigned size)
{
	const struct reservation *entry = &monitor->entry[cpu];

	return entry->valid && entry->addr == addr && entry->size == size;
}

void monitor_clear(struct monitor *monitor, unsigned cpu)
{
	monitor->entry[cpu].valid = false;
	monitor->holders &= ~(1ull << cpu);
	monitor->lost &= ~(1ull << cpu);
}

uint64_t monitor_store(struct monitor *monitor, unsigned cpu, gpa_t addr, unsigned size)
{
	uint64_t own = cpu != MONITOR_NO_CPU ? 1ull << cpu : 0, rest = monitor->holders & ~own, opened = 0;

	for (; rest; rest &= rest - 1) {
		unsigned other = __builtin_ctzll(rest);
		gpa_t held = granule(monitor->entry[other].addr);

		if (granule(addr) <= held && held <= granule(addr + size - 1))
			opened |= 1ull << other;
	}
	for (rest = opened; rest; rest &= rest - 1)
		monitor_clear(monitor, __builtin_ctzll(rest));
	monitor->lost |= opened;
	return opened;
}
