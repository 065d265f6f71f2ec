/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * el2.S: the way from EL3 down to the kernel's first instruction.
 *
 * enter_el2 is the last code at EL3.  What follows it runs at EL2, in the
 * non-secure world, where the secure SRAM cannot be reached: it uses registers
 * and boot_info only, and addresses relative to the PC, for a board may show
 * the ROM to the non-secure world at another address (BOOT_INFO_NS_ROM).
 */
#include "firmware.h"

	.bss
	.balign	16

/* One SMC frame a CPU: EL3 calls nothing that needs more. */
DATA(el3_stacks)
	.space	BOOT_INFO_MAX_CPUS * EL3_STACK_SIZE
ENDDATA(el3_stacks)

	.text

/*
 * enter_el2: leave EL3 as if the CPU had just been reset.
 * In:       x0 = logical id, x1 = context id, x2 = address to go to; EL3
 * Result:   el2_trampoline runs at EL2 with x0 = the address, x1 = the context id
 */
FUNC(enter_el2)
	// The next SMC starts on an empty stack: the top is el3_stacks + (id + 1) * size.
	ldr	x4, =el3_stacks
	mov	x5, #EL3_STACK_SIZE
	madd	x4, x0, x5, x4
	add	sp, x4, #EL3_STACK_SIZE

	// After CPU_OFF or CPU_SUSPEND the old kernel's MMU would still be on: make it all as after a reset.
	ldr	x0, =SCTLR_EL2_RESET
	msr	sctlr_el2, x0
	ldr	x0, =SCTLR_EL1_RES1
	msr	sctlr_el1, x0

	// EL1 is AArch64, nothing of it traps to EL2, and its virtual time is the physical one.
	mov	x0, #HCR_EL2_RW
	msr	hcr_el2, x0
	mov	x0, #CPTR_EL2_RES1
	msr	cptr_el2, x0
	msr	cntvoff_el2, xzr

	// The trampoline, at the address where the non-secure world sees this ROM.
	adr	x5, boot_info
	ldr	x5, [x5, #BOOT_INFO_NS_ROM]
	adr	x4, el2_trampoline
	add	x4, x4, x5

	mov	x3, #SPSR_KERNEL
	mov	x0, x2
	drop_el	x3, x4
ENDFUNC(enter_el2)

/*
 * el2_trampoline: the first code at EL2, on every CPU that leaves the pen.
 * In:       x0 = address to go to, x1 = what to hand over in x0
 * Result:   at the address, x0 = the context id, x1 to x3 = 0; caches clean, MMU off
 */
FUNC(el2_trampoline)
	mov	x15, x0
	mov	x14, x1
	bl	flush_caches		// clobbers x0 to x10

	// booting.rst keeps x1 to x3 of a secondary for the future, too.
	mov	x0, x14
	mov	x1, #0
	mov	x2, #0
	mov	x3, #0
	br	x15			// CPU0: start_cpu0; the others: the kernel's secondary entry
ENDFUNC(el2_trampoline)

/*
 * start_cpu0: CPU0 starts the kernel.
 * In:       EL2, MMU off
 * Result:   at the kernel's first instruction as booting.rst asks: x0 = device tree, x1 to x3 = 0
 */
FUNC(start_cpu0)
	bl	ns_init_system		// clobbers x4 to x6

	// The contract's registers; x1 to x3 are kept for the future and must be 0.
	adr	x5, boot_info
	ldr	x0, [x5, #BOOT_INFO_DTB]
	mov	x1, #0
	mov	x2, #0
	mov	x3, #0

	// Firmware can be run alone, to look at the pen.
	ldr	x4, [x5, #BOOT_INFO_KERNEL]
	cbz	x4, no_kernel
	br	x4
ENDFUNC(start_cpu0)

/*
 * no_kernel: no kernel was loaded, so CPU0 too goes to sleep.
 */
LOCAL_FUNC(no_kernel)
1:	wfe				// for good: nobody can bring one
	b	1b
ENDFUNC(no_kernel)
