/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cpu.c: the sets of CPUs, and the way of one CPU up and down.
 *
 * This half knows nothing of Arm: it makes what a CPU needs, tells everybody, and leaves the start itself to
 * __cpu_up() in smp.c.  Only kernel_init brings CPUs up or down, so the lock that Linux takes for it is left out.
 */
#include "hotplug.h"
#include "init.h"
#include "percpu.h"
#include "printk.h"
#include "sched.h"
#include "smp.h"
#include "smpboot.h"
#include "stop_machine.h"
#include "string.h"

struct cpumask __cpu_possible_mask, __cpu_present_mask, __cpu_online_mask, __cpu_active_mask;
unsigned int nr_cpu_ids = NR_CPUS;

static DEFINE_PER_CPU(enum cpuhp_state, cpuhp_state);
static LIST_HEAD(cpu_chain);

unsigned int cpumask_weight(const struct cpumask *mask)
{
	unsigned int cpu, weight = 0;

	for_each_cpu(cpu, mask)
		weight++;
	return weight;
}

/* Several CPUs change these words, each its own bit: atomically, or one change would undo another. */
static void assign_cpu(unsigned int cpu, struct cpumask *mask, bool value)
{
	if (value)
		set_bit(cpu, mask->bits);
	else
		clear_bit(cpu, mask->bits);
}

void set_cpu_possible(unsigned int cpu, bool possible)
{
	assign_cpu(cpu, &__cpu_possible_mask, possible);
}

void set_cpu_present(unsigned int cpu, bool present)
{
	assign_cpu(cpu, &__cpu_present_mask, present);
}

/*
 * set_cpu_online: called by a CPU for itself, as the last step of its way up and the first of its way down.  The boot
 * CPU tests this very bit to learn whether the CPU it started has come.
 */
void set_cpu_online(unsigned int cpu, bool online)
{
	assign_cpu(cpu, &__cpu_online_mask, online);
}

void set_cpu_active(unsigned int cpu, bool active)
{
	assign_cpu(cpu, &__cpu_active_mask, active);
}

/*
 * boot_cpu_init: the CPU that runs this is there, whatever the device tree will say: put it into all four masks.
 */
void boot_cpu_init(void)
{
	unsigned int cpu = smp_processor_id();

	set_cpu_online(cpu, true);
	set_cpu_active(cpu, true);
	set_cpu_present(cpu, true);
	set_cpu_possible(cpu, true);
}

/*
 * boot_cpu_hotplug_init: the boot CPU never went through the hotplug states; write down that it is past them all.
 */
void boot_cpu_hotplug_init(void)
{
	*this_cpu_ptr(&cpuhp_state) = CPUHP_ONLINE;
}

void register_cpu_notifier(struct notifier_block *nb)
{
	list_add_tail(&nb->entry, &cpu_chain);
}

/*
 * __cpu_notify: tell everybody who registered what happens to CPU, one after the other; the first who objects ends it.
 */
static int __cpu_notify(unsigned long action, unsigned int cpu)
{
	struct notifier_block *nb;
	int err;

	list_for_each_entry(nb, &cpu_chain, entry) {
		err = nb->notifier_call(action, cpu);
		if (err)
			return err;
	}
	return 0;
}

/* cpu_notify: tell everybody of what nobody can prevent any more. */
static void cpu_notify(unsigned long action, unsigned int cpu)
{
	__cpu_notify(action, cpu);
}

/*
 * notify_cpu_starting: runs on the new CPU, before it is online: here Linux switches on the CPU's own timer and its
 * interface to the interrupt controller.
 */
void notify_cpu_starting(unsigned int cpu)
{
	per_cpu(cpuhp_state, cpu) = CPUHP_BRINGUP_CPU;
	cpu_notify(CPU_STARTING, cpu);
}

/*
 * _cpu_up: everything CPU needs is made before it runs: its idle thread (which is its stack), its per-CPU threads
 * (parked), and whatever a notifier wants.  Then the start; then the threads are let go, onto the new CPU.
 */
static int _cpu_up(unsigned int cpu, int tasks_frozen)
{
	struct task_struct *idle = idle_thread_get(cpu);
	int ret;

	ret = smpboot_create_threads(cpu);
	if (ret)
		return ret;
	ret = __cpu_notify(CPU_UP_PREPARE, cpu);
	if (!ret)
		ret = __cpu_up(cpu, idle);
	if (ret) {
		cpu_notify(CPU_UP_CANCELED, cpu);
		return ret;
	}
	BUG_ON(!cpu_online(cpu));

	smpboot_unpark_threads(cpu);
	cpu_notify(CPU_ONLINE, cpu);
	per_cpu(cpuhp_state, cpu) = CPUHP_ONLINE;
	return 0;
}

/*
 * cpu_up: start one more CPU, at boot or when it is wanted back.
 */
int cpu_up(unsigned int cpu)
{
	if (cpu >= NR_CPUS || !cpu_possible(cpu)) {
		pr_err("can't online cpu %d because it is not configured as may-hotadd at boot time\n", cpu);
		return -EINVAL;
	}
	if (cpu_online(cpu) || !cpu_present(cpu))
		return -EINVAL;
	return _cpu_up(cpu, 0);
}

/*
 * take_cpu_down: runs on the CPU that goes, in its migration thread, while all others are held still.  From here on it
 * is offline; its last thread parks itself, so that only the idle thread is left, which sees that and dies.
 */
static int take_cpu_down(void *param)
{
	unsigned int cpu = smp_processor_id();
	int err;

	err = __cpu_disable();
	if (err)
		return err;
	cpu_notify(CPU_DYING, cpu);
	stop_machine_park(cpu);
	return 0;
}

/*
 * _cpu_down: the way up backwards: tell, park the threads, take the CPU out of the masks with the machine stopped, and
 * have it switched off.
 */
static int _cpu_down(unsigned int cpu, int tasks_frozen)
{
	struct cpumask target = cpumask_of(cpu);
	int err;

	err = __cpu_notify(CPU_DOWN_PREPARE, cpu);
	if (err)
		return err;
	smpboot_park_threads(cpu);
	err = stop_machine(take_cpu_down, NULL, &target);
	if (err) {
		smpboot_unpark_threads(cpu);
		cpu_notify(CPU_DOWN_FAILED, cpu);
		return err;
	}
	BUG_ON(cpu_online(cpu));

	/* Its migration thread has parked soon; only then is nobody left on it. */
	while (!idle_cpu(cpu))
		cpu_relax();
	__cpu_die(cpu);
	per_cpu(cpuhp_state, cpu) = CPUHP_OFFLINE;
	cpu_notify(CPU_DEAD, cpu);
	return 0;
}

/*
 * cpu_down: take a CPU out of service.  The last one stays.
 */
int cpu_down(unsigned int cpu)
{
	if (cpu >= NR_CPUS || !cpu_online(cpu))
		return -EINVAL;
	if (num_online_cpus() == 1 || cpu == smp_processor_id())
		return -EBUSY;
	return _cpu_down(cpu, 0);
}

/* "hotplug=N": which CPU to take offline and bring back once everything is up. */
static int hotplug_cpu = -1;

static int hotplug_setup(const char *value)
{
	hotplug_cpu = simple_strtoul(value);
	return 0;
}
early_param("hotplug", hotplug_setup);

/* What writing 0 and then 1 to /sys/devices/system/cpu/cpuN/online does in Linux. */
static int hotplug_cycle(void)
{
	int err;

	if (hotplug_cpu < 0)
		return 0;
	err = cpu_down(hotplug_cpu);
	if (err) {
		pr_err("smp lab: CPU%d cannot be taken offline: %d\n", hotplug_cpu, err);
		return err;
	}
	return cpu_up(hotplug_cpu);
}
late_initcall(hotplug_cycle);
