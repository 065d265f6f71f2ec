/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * barrier.h: the instructions that C has no words for: barriers, events, system registers.
 */
#ifndef KERNEL_BARRIER_H
#define KERNEL_BARRIER_H

#include "types.h"

#define dmb(opt)	asm volatile("dmb " #opt : : : "memory")
#define dsb(opt)	asm volatile("dsb " #opt : : : "memory")
#define isb()		asm volatile("isb" : : : "memory")
#define smp_mb()	dmb(ish)	/* order memory accesses as the other CPUs see them */

#define wfe()		asm volatile("wfe" : : : "memory")
#define sev()		asm volatile("sev" : : : "memory")
#define cpu_relax()	asm volatile("yield" : : : "memory")

#define read_sysreg(reg) ({ u64 __v; asm volatile("mrs %0, " #reg : "=r" (__v)); __v; })
#define write_sysreg(v, reg) asm volatile("msr " #reg ", %0" : : "r" ((u64)(v)) : "memory")

/* Mask debug, SError, IRQ and FIQ: this CPU is about to go, and nothing may call it back. */
#define local_daif_mask() asm volatile("msr daifset, #0xf" : : : "memory")

#endif /* KERNEL_BARRIER_H */
