/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * printk.h: talking to the person at the console, and giving up.
 *
 * A file that wants a prefix defines pr_fmt before it includes this.
 */
#ifndef KERNEL_PRINTK_H
#define KERNEL_PRINTK_H

#include "types.h"

#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)	printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...)	printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)	printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)	printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...)	printk(pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)	printk(pr_fmt(fmt), ##__VA_ARGS__)
/* Shown when the command line has "debug". */
#define pr_debug(fmt, ...)	do { if (console_debug) printk(pr_fmt(fmt), ##__VA_ARGS__); } while (0)

extern bool console_debug;

struct console {
	const char *name;
	void (*write)(const char *text, size_t len);
};

/* Print one line: a time stamp, then TEXT.  Safe on every CPU, and before there is a console. */
void printk(const char *fmt, ...) __printf(1, 2);

/* From now on print to CON, beginning with all that was printed so far.  CON is kept. */
void register_console(const struct console *con);

/* Format into BUF, always ended by NUL, and return the length, at most SIZE - 1. */
size_t vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
/* See vscnprintf(). */
size_t scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

/* Say why, stop every CPU and never return. */
_Noreturn void panic(const char *fmt, ...) __printf(1, 2);

/* This CPU's end after a panic: asleep with everything masked. */
_Noreturn void panic_halt(void);

/* Set once a panic has begun: CPUs that are idle see it and stop. */
extern bool panic_in_progress;

#define BUG_ON(cond) do { if (cond) panic("kernel BUG at %s:%d!", __FILE__, __LINE__); } while (0)

#endif /* KERNEL_PRINTK_H */
