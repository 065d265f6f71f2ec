/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * printk.c: messages, time stamps, and the end of everything.
 *
 * Nothing is known of a console until the device tree has been read; what is printed before is kept in early_log and
 * shown when a console comes.  One lock keeps the lines of several CPUs apart.
 */
#include "printk.h"
#include "atomic.h"
#include "barrier.h"
#include "cpumask.h"
#include "string.h"
#include "thread_info.h"
#include "time.h"

#define NO_CPU (-1)

bool console_debug;
bool panic_in_progress;

static struct spinlock console_lock;
static int console_owner = NO_CPU;
static const struct console *console;
static char early_log[4096];
static size_t early_log_len;

static void console_write(const char *text, size_t len)
{
	if (console) {
		console->write(text, len);
		return;
	}
	for (; len && early_log_len < sizeof(early_log); len--)
		early_log[early_log_len++] = *text++;
}

void printk(const char *fmt, ...)
{
	/* A CPU that faults while printing must still be able to say so. */
	bool nested = READ_ONCE(console_owner) == (int)smp_processor_id();
	u64 us = sched_clock_us();
	char line[320];
	va_list args;
	size_t len;

	if (!nested)
		spin_lock(&console_lock);
	WRITE_ONCE(console_owner, smp_processor_id());
	len = scnprintf(line, sizeof(line), "[%5lu.%06lu] ", us / 1000000, us % 1000000);
	va_start(args, fmt);
	len += vscnprintf(line + len, sizeof(line) - len, fmt, args);
	va_end(args);
	console_write(line, len);
	if (nested)
		return;
	WRITE_ONCE(console_owner, NO_CPU);
	spin_unlock(&console_lock);
}

void register_console(const struct console *con)
{
	spin_lock(&console_lock);
	console = con;
	console->write(early_log, early_log_len);
	spin_unlock(&console_lock);
	pr_info("printk: bootconsole [%s] enabled\n", con->name);
}

void panic_halt(void)
{
	local_daif_mask();
	for (;;)
		wfe();
}

/* Tell the others to stop.  Without interrupts only those hear it that sleep in their idle loop, as they all do. */
static void smp_send_stop(void)
{
	if (num_online_cpus() > 1)
		pr_crit("SMP: stopping secondary CPUs\n");
	WRITE_ONCE(panic_in_progress, true);
	dsb(ish);
	sev();
}

void panic(const char *fmt, ...)
{
	char why[160];
	va_list args;

	/* A panic within a panic has nothing to add. */
	if (panic_in_progress)
		panic_halt();
	va_start(args, fmt);
	vscnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	pr_emerg("Kernel panic - not syncing: %s\n", why);
	smp_send_stop();
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", why);
	panic_halt();
}
