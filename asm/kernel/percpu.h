/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * percpu.h: variables of which every CPU has its own copy.
 *
 * The linker collects one model of them all; setup_per_cpu_areas() copies it once for each CPU.  A CPU finds its copy
 * by adding an offset, kept in TPIDR_EL1 where no other CPU can change it, to the address of the model.
 */
#ifndef KERNEL_PERCPU_H
#define KERNEL_PERCPU_H

#include "barrier.h"

extern unsigned long __per_cpu_offset[NR_CPUS];
#define per_cpu_offset(cpu)		(__per_cpu_offset[cpu])

#define DEFINE_PER_CPU(type, name)	__attribute__((section(".percpu.data"))) type name
#define DECLARE_PER_CPU(type, name)	extern __attribute__((section(".percpu.data"))) type name

/* The compiler must not know where the sum points to, or it may reason about the model's bounds. */
#define shift_percpu_ptr(ptr, off) ({						\
	unsigned long __p;							\
	asm ("" : "=r" (__p) : "0" (ptr));					\
	(typeof(ptr))(__p + (off)); })
#define per_cpu_ptr(ptr, cpu)		shift_percpu_ptr(ptr, per_cpu_offset(cpu))
#define per_cpu(var, cpu)		(*per_cpu_ptr(&(var), cpu))
#define this_cpu_ptr(ptr)		shift_percpu_ptr(ptr, read_sysreg(tpidr_el1))

/* Make this CPU use the copies at OFFSET. */
static __always_inline void set_my_cpu_offset(unsigned long offset)
{
	write_sysreg(offset, tpidr_el1);
}

/* Give every possible CPU its copy of the per-CPU variables.  CPU 0 keeps using the model until it changes over. */
void setup_per_cpu_areas(void);

#endif /* KERNEL_PERCPU_H */
