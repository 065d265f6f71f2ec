/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init.h: functions that are called at boot without being named by their caller.
 *
 * The linker script gathers the pointers into tables; main.c and setup.c walk them.
 */
#ifndef KERNEL_INIT_H
#define KERNEL_INIT_H

/* Functions called at boot, in the order of their levels: "early" before the other CPUs are started, 6 and 7 after. */
typedef int (*initcall_t)(void);
#define __define_initcall(fn, level) \
	static const initcall_t __initcall_##fn __attribute__((section(".initcall" level ".init"), used)) = fn
#define early_initcall(fn)	__define_initcall(fn, "early")
#define device_initcall(fn)	__define_initcall(fn, "6")
#define late_initcall(fn)	__define_initcall(fn, "7")

/* A word of the command line and the function that is given what stands behind its "=". */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(const char *value);
};
#define early_param(str, fn)									\
	static const struct obs_kernel_param __setup_##fn					\
	__attribute__((section(".init.setup"), used)) = { str, fn }

#endif /* KERNEL_INIT_H */
