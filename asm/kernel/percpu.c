/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * percpu.c: one copy of the per-CPU variables for each CPU.
 */
#define pr_fmt(fmt) "percpu: " fmt
#include "percpu.h"
#include "cpumask.h"
#include "memblock.h"
#include "memory.h"
#include "printk.h"
#include "string.h"

extern char __per_cpu_start[], __per_cpu_end[];

unsigned long __per_cpu_offset[NR_CPUS];

/*
 * setup_per_cpu_areas: copy the model as the linker left it, once for every possible CPU.  Until now CPU 0 used the
 * model itself, with an offset of 0; it moves to its own copy in smp_prepare_boot_cpu().
 */
void setup_per_cpu_areas(void)
{
	size_t used = __per_cpu_end - __per_cpu_start;
	size_t unit = ALIGN_UP(used, (size_t)PAGE_SIZE);
	unsigned int cpu;
	char *area;

	for_each_possible_cpu(cpu) {
		area = memblock_alloc(unit, PAGE_SIZE);
		memcpy(area, __per_cpu_start, used);
		__per_cpu_offset[cpu] = area - __per_cpu_start;
	}
	pr_info("Embedded %lu pages/cpu s%lu r0 d%lu u%lu\n", unit / PAGE_SIZE, used, unit - used, unit);
}
