/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * head.S: the first instructions of the kernel, on the boot CPU and on every other one.
 *
 * A CPU comes here with its MMU off and runs at the physical address where the Image was loaded, although all symbols
 * are linked high.  So `adr` gives a physical address here and `ldr x, =symbol` a virtual one; the difference between
 * the two is kept in x28.  __enable_mmu ends this: from then on only virtual addresses are used.
 *
 * Registers that live through this file:
 *   x20 level this CPU entered at (BOOT_CPU_MODE_*)   x24 PHYS_OFFSET, where the Image was loaded
 *   x21 boot CPU: the device tree; others: secondary_data   x25, x26 page tables for TTBR0, TTBR1 (physical)
 *   x22 MIDR_EL1                                      x27 where to go once the MMU is on (virtual)
 *   x23 this CPU's entry of cpu_table                 x28 PHYS_OFFSET - PAGE_OFFSET
 */
#include "asm.h"
#include "sysreg.h"
#include "memory.h"
#include "boot.h"

	/* x28 turns the virtual addresses of both top-level tables into what TTBR0 and TTBR1 want. */
	.macro	pgtbl, ttb0, ttb1, virt_to_phys
	ldr	\ttb0, =idmap_pg_dir
	ldr	\ttb1, =swapper_pg_dir
	add	\ttb0, \ttb0, \virt_to_phys
	add	\ttb1, \ttb1, \virt_to_phys
	.endm

	.section .head.text, "ax"

/*
 * _head: the 64-byte header that makes the raw binary an arm64 Image (Linux Documentation/arch/arm64/booting.rst).
 * Its first word is an instruction, so that a loader may simply jump to the first byte.
 */
	.globl	_head
	.type	_head, %object
_head:
	b	stext				// code0
	.long	0				// code1
	.quad	0				// text_offset: runs from any 2 MiB boundary itself
	.quad	_kernel_size			// image_size: .bss, page tables and arena included
	.quad	0xa				// flags: little endian, 4 KiB pages, anywhere in memory
	.quad	0, 0, 0				// reserved
	.ascii	"ARM\x64"			// magic
	.long	0				// no PE header
ENDDATA(_head)

	.text

/*
 * stext: the boot CPU's way in.
 * In: x0 = physical address of the device tree; EL2 or EL1, MMU off, interrupts masked.  Never returns.
 */
FUNC(stext)
	mov	x21, x0				// nothing below may lose the tree

	// Learn the level, the load address, and tell __boot_cpu_mode about the level.
	bl	el2_setup
	bl	__calc_phys_offset
	bl	set_cpu_boot_mode_flag

	// An unknown kind of CPU is refused before it can do harm.
	mrs	x22, midr_el1
	mov	x0, x22
	bl	lookup_processor_type
	mov	x23, x0
	cbz	x23, __error_p

	bl	__create_page_tables		// x25 = TTBR0, x26 = TTBR1

	// The setup routine is stored as a virtual address: nothing but x28 makes it callable now.
	ldr	x12, [x23, #CPU_INFO_SETUP]
	add	x12, x12, x28
	blr	x12				// x0 = the SCTLR_EL1 value that turns the MMU on
	ldr	x27, =__primary_switched
	b	__enable_mmu
ENDFUNC(stext)

/*
 * secondary_entry: where PSCI CPU_ON sends every other CPU; its physical address is CPU_ON's second argument.
 * In: x0 = context id (unused); same level and state as the boot CPU had.  Never returns.
 */
FUNC(secondary_entry)
	bl	el2_setup			// drop to EL1
	bl	__calc_phys_offset		// x24 = PHYS_OFFSET, x28 = PHYS_OFFSET - PAGE_OFFSET
	bl	set_cpu_boot_mode_flag
	b	secondary_startup
ENDFUNC(secondary_entry)

/*
 * secondary_holding_pen: where spin-table CPUs wait, inside the kernel now.  The firmware's own pen lets them all go
 * to this one address, and secondary_holding_pen_release says whose turn it is: it holds an MPIDR.
 */
FUNC(secondary_holding_pen)
	bl	el2_setup
	bl	__calc_phys_offset
	bl	set_cpu_boot_mode_flag

	// Only the affinity fields name a CPU; the rest of MPIDR_EL1 are flags.
	mrs	x0, mpidr_el1
	ldr	x1, =MPIDR_ID_BITS
	and	x0, x0, x1
	adr_l	x3, secondary_holding_pen_release

	// Any sev wakes every sleeper, so each must look whether it was meant.
1:	ldr	x4, [x3]
	cmp	x4, x0
	b.eq	secondary_startup
	wfe
	b	1b
ENDFUNC(secondary_holding_pen)

/*
 * secondary_startup: the common path of secondary CPUs, whatever let them out.  The page tables exist already: this
 * CPU enters the address space that the boot CPU built.
 */
FUNC(secondary_startup)
	mrs	x22, midr_el1
	mov	x0, x22
	bl	lookup_processor_type
	mov	x23, x0
	cbz	x23, __error_p

	pgtbl	x25, x26, x28			// x25 = TTBR0, x26 = TTBR1
	ldr	x12, [x23, #CPU_INFO_SETUP]
	add	x12, x12, x28			// virtual to physical
	blr	x12				// x0 = SCTLR_EL1 to set

	ldr	x21, =secondary_data
	ldr	x27, =__secondary_switched	// where to go once the MMU is on
	b	__enable_mmu
ENDFUNC(secondary_startup)

/*
 * __calc_phys_offset: find out where we were loaded.
 * Out: x24 = PHYS_OFFSET, x28 = PHYS_OFFSET - PAGE_OFFSET.  Clobbers: x0, x1
 */
FUNC(__calc_phys_offset)
	// The same symbol twice: as the program counter sees it, and as the linker placed it.
	adr_l	x0, _text
	ldr	x1, =_text
	sub	x28, x0, x1
	ldr	x24, =PAGE_OFFSET
	add	x24, x24, x28
	ret
ENDFUNC(__calc_phys_offset)

/*
 * set_cpu_boot_mode_flag: note the level this CPU entered at.  EL1 is written to the first word and EL2 to the second,
 * which begin as {EL2, EL1}: if the words differ in the end, the CPUs came in at different levels.
 * In: w20.  Clobbers: x0, x1
 */
FUNC(set_cpu_boot_mode_flag)
	adr_l	x1, __boot_cpu_mode
	cmp	w20, #BOOT_CPU_MODE_EL2
	b.ne	1f
	add	x1, x1, #4
1:	str	w20, [x1]

	// The store went round the cache: throw away what a CPU with its cache on may hold of this line.
	dmb	sy
	dc	ivac, x1
	ret
ENDFUNC(set_cpu_boot_mode_flag)

/*
 * __error_p: a CPU of a kind that cpu_table does not know ends here, asleep.  It never turns its MMU on, so it cannot
 * even print; the boot CPU reports a secondary that stays here as one that failed to come online.
 */
FUNC(__error_p)
1:	wfe
	b	1b
ENDFUNC(__error_p)

/*
 * __primary_switched: the boot CPU's first instructions at virtual addresses.
 * In: x21 = device tree (physical), x24 = PHYS_OFFSET.  Goes to start_kernel.
 */
FUNC(__primary_switched)
	// C expects its uninitialised variables to be zero.
	ldr	x1, =__bss_start
	ldr	x2, =__bss_stop
1:	cmp	x1, x2
	b.hs	2f
	stp	xzr, xzr, [x1], #16
	b	1b

	// What C wants to know of the entry registers.
2:	ldr	x1, =__fdt_pointer
	str	x21, [x1]
	ldr	x1, =memstart_addr
	str	x24, [x1]

	// The stack of task 0, which becomes CPU0's idle task.  No caller: x29 = x30 = 0 ends every backtrace.
	ldr	x1, =init_thread_union + THREAD_START_SP
	mov	sp, x1
	mov	x29, #0
	mov	x30, #0
	b	start_kernel
ENDFUNC(__primary_switched)

/*
 * __secondary_switched: the same for another CPU, whose stack the boot CPU made: that of its idle task.
 * In: x21 = secondary_data.  Goes to secondary_start_kernel.
 */
FUNC(__secondary_switched)
	ldr	x0, [x21]			// secondary_data.stack
	cbz	x0, __secondary_too_slow
	mov	sp, x0
	mov	x29, #0
	mov	x30, #0
	b	secondary_start_kernel
ENDFUNC(__secondary_switched)

/* __secondary_too_slow: the boot CPU gave up waiting and took the stack back.  Without one nothing can be run. */
FUNC(__secondary_too_slow)
1:	wfe
	b	1b
ENDFUNC(__secondary_too_slow)

	.section .idmap.text, "ax"

/*
 * __enable_mmu: load both page tables and turn translation on.
 * In: x0 = SCTLR_EL1 value, x25 = TTBR0, x26 = TTBR1, x27 = virtual address to go to.  Clobbers: x5
 */
FUNC(__enable_mmu)
	ldr	x5, =vectors
	msr	vbar_el1, x5
	msr	ttbr0_el1, x25
	msr	ttbr1_el1, x26
	isb
	b	__turn_mmu_on
ENDFUNC(__enable_mmu)

/*
 * __turn_mmu_on: the one instruction after which addresses mean something else.  The next fetch, of the isb, is
 * translated already, while the program counter still holds a physical address: only because TTBR0 maps this very
 * block to itself does the CPU find its next instruction.  The branch leaves that identity map for good.
 */
FUNC(__turn_mmu_on)
	msr	sctlr_el1, x0
	isb
	br	x27
ENDFUNC(__turn_mmu_on)

	.section .mmuoff.data, "aw"

	.balign	64
DATA(__boot_cpu_mode)
	.long	BOOT_CPU_MODE_EL2
	.long	BOOT_CPU_MODE_EL1
ENDDATA(__boot_cpu_mode)
