/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setup.h: what start_kernel() calls to learn which machine this is.
 */
#ifndef KERNEL_SETUP_H
#define KERNEL_SETUP_H

/* Give the boot CPU, which runs this, the logical number 0. */
void smp_setup_processor_id(void);

/* Read the device tree: console, firmware, CPUs.  *CMDLINE_P becomes the command line. */
void setup_arch(char **cmdline_p);

/* Switch the machine off, if something can; otherwise come back. */
void machine_power_off(void);

/* pl011.c: find the console in the tree and print to it from now on. */
void setup_earlycon(void);

#endif /* KERNEL_SETUP_H */
