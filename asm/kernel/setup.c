/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setup.c: which machine is this?  Everything that is read from the device tree before there are threads.
 */
#include "setup.h"
#include "barrier.h"
#include "cpu_ops.h"
#include "cpumask.h"
#include "init.h"
#include "mm.h"
#include "of.h"
#include "percpu.h"
#include "printk.h"
#include "psci_ops.h"
#include "smp.h"
#include "string.h"

#define COMMAND_LINE_SIZE 2048

/* How to make a small number out of an MPIDR: shift each affinity field down by what belongs to it, and add them up. */
struct mpidr_hash {
	u64 mask;		/* bits in which the CPUs differ at all */
	u32 shift_aff[4];
	u32 bits;		/* size of the result */
};

u64 __fdt_pointer;		/* written by head.S: the tree's physical address */

static char boot_command_line[COMMAND_LINE_SIZE];
static struct mpidr_hash mpidr_hash;

/*
 * smp_setup_processor_id: whatever its MPIDR, the CPU that boots is logical CPU 0.  It has no per-CPU variables yet: an
 * offset of 0 lets it use the model.
 */
void smp_setup_processor_id(void)
{
	u64 mpidr = read_sysreg(mpidr_el1) & MPIDR_HWID_BITMASK;

	cpu_logical_map(0) = mpidr;
	set_my_cpu_offset(0);
	pr_info("Booting Linux on physical CPU 0x%010lx [0x%08x]\n", mpidr, (u32)read_sysreg(midr_el1));
}

/* Call the function registered for one word of the command line, "name" or "name=value". */
static void do_early_param(char *word)
{
	extern const struct obs_kernel_param __setup_start[], __setup_end[];
	const struct obs_kernel_param *p;
	size_t len;

	for (p = __setup_start; p < __setup_end; p++) {
		len = strlen(p->str);
		if (!strncmp(word, p->str, len) && (word[len] == '=' || !word[len]))
			p->setup_func(word + len + (word[len] == '='));
	}
}

static void parse_early_param(void)
{
	static char words[COMMAND_LINE_SIZE];
	char *word, *end;

	strscpy(words, boot_command_line, sizeof(words));
	for (word = words; *word; word = end) {
		for (end = word; *end && *end != ' '; end++)
			;
		if (*end)
			*end++ = '\0';
		do_early_param(word);
	}
}

/* "debug": show pr_debug() messages. */
static int debug_kernel(const char *value)
{
	console_debug = true;
	return 0;
}
early_param("debug", debug_kernel);

/*
 * setup_machine_fdt: map the tree and read it.  Without one nothing can be found, not even a console to say so on.
 */
static void setup_machine_fdt(u64 dt_phys)
{
	const void *fdt = fixmap_remap_fdt(dt_phys);
	const char *text;

	if (!fdt) {
		pr_crit("Error: invalid device tree blob at physical address 0x%lx\n", dt_phys);
		pr_crit("The dtb must be 8-byte aligned and must not exceed 2 MB in size\n");
		panic_halt();
	}
	unflatten_device_tree(fdt);
	if (!of_property_read_string(of_find_node_by_path("/"), "model", &text) ||
	    !of_property_read_string(of_find_node_by_path("/"), "compatible", &text))
		pr_info("Machine model: %s\n", text);
	if (!of_property_read_string(of_find_node_by_path("/chosen"), "bootargs", &text))
		strscpy(boot_command_line, text, sizeof(boot_command_line));
}

/* The bits of affinity field LEVEL of an MPIDR. */
static u32 affinity_level(u64 mpidr, int level)
{
	return (mpidr >> (level == 3 ? 32 : 8 * level)) & 0xff;
}

/*
 * smp_build_mpidr_hash: power management wants to find a CPU's slot from its MPIDR, in assembly and without a search.
 * So take the bits in which the possible CPUs differ and squeeze out the ones between that are always the same.
 */
static void smp_build_mpidr_hash(void)
{
	u32 level, diff, low, size;
	unsigned int cpu;
	u64 mask = 0;

	for_each_possible_cpu(cpu)
		mask |= cpu_logical_map(cpu) ^ cpu_logical_map(0);
	mpidr_hash = (struct mpidr_hash){ .mask = mask };
	for (level = 0; level < 4; level++) {
		diff = affinity_level(mask, level);
		low = diff ? __builtin_ctz(diff) : 0;
		size = diff ? 32 - __builtin_clz(diff) - low : 0;
		mpidr_hash.shift_aff[level] = (level == 3 ? 32 : 8 * level) + low - mpidr_hash.bits;
		mpidr_hash.bits += size;
	}
	pr_debug("MPIDR hash: aff0[%u] aff1[%u] aff2[%u] aff3[%u] mask[0x%lx] bits[%u]\n", mpidr_hash.shift_aff[0],
		 mpidr_hash.shift_aff[1], mpidr_hash.shift_aff[2], mpidr_hash.shift_aff[3], mask, mpidr_hash.bits);
	if ((1UL << mpidr_hash.bits) > 4 * num_possible_cpus())
		pr_warn("Large number of MPIDR hash buckets detected\n");
}

/*
 * setup_arch: all that is particular to Arm and to this board: the tree, then what can be learnt from it.  PSCI comes
 * before the CPUs, some of which may need it.
 */
void setup_arch(char **cmdline_p)
{
	*cmdline_p = boot_command_line;
	setup_machine_fdt(__fdt_pointer);
	parse_early_param();
	setup_earlycon();

	psci_dt_init();
	init_bootcpu_ops();
	smp_init_cpus();
	smp_build_mpidr_hash();
}

void machine_power_off(void)
{
	pr_emerg("reboot: Power down\n");
	if (pm_power_off)
		pm_power_off();
}
