/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc.S: what depends on the kind of CPU: which kinds are known, and how one is made ready for its MMU.
 */
#include "asm.h"
#include "sysreg.h"
#include "memory.h"
#include "boot.h"

	.text

/*
 * lookup_processor_type: find this kind of CPU in cpu_table.
 * In:       x0 = MIDR_EL1
 * Out:      x0 = physical address of its entry, 0 when there is none
 * Clobbers: x1-x4
 */
FUNC(lookup_processor_type)
	adr_l	x1, cpu_table
	adr_l	x2, cpu_table_end

	// An entry matches when (MIDR & mask) == value: the mask leaves out variant and revision.
1:	ldp	w3, w4, [x1]
	and	w4, w4, w0
	cmp	w4, w3
	b.eq	2f
	add	x1, x1, #CPU_INFO_SIZE
	cmp	x1, x2
	b.lo	1b
	mov	x1, #0
2:	mov	x0, x1
	ret
ENDFUNC(lookup_processor_type)

/*
 * __cpu_setup: prepare this CPU for translation.
 * Out:      x0 = SCTLR_EL1 value for __enable_mmu
 * Clobbers: x1, x2
 */
FUNC(__cpu_setup)
	// Translations left over from before reset are not ours.
	tlbi	vmalle1
	dsb	nsh

	// This kernel has no use for floating point: let it trap, so that a slip is seen.
	msr	cpacr_el1, xzr
	mov	x1, #MDSCR_EL1_TDCC		// debug channel: not for EL0
	msr	mdscr_el1, x1

	ldr	x1, =MAIR_EL1_SET
	msr	mair_el1, x1

	// 48-bit addresses in both halves, 4 KiB pages, walks through the cache like any shared data.
	ldr	x1, =TCR_EL1_T0SZ(VA_BITS) | TCR_EL1_T1SZ(VA_BITS) | TCR_EL1_TG0_4K | TCR_EL1_TG1_4K | \
		TCR_EL1_IRGN0_WBWA | TCR_EL1_ORGN0_WBWA | TCR_EL1_SH0_INNER | \
		TCR_EL1_IRGN1_WBWA | TCR_EL1_ORGN1_WBWA | TCR_EL1_SH1_INNER

	// Physical addresses as wide as this CPU can make them, but no wider than 48 bits (5).
	mrs	x2, id_aa64mmfr0_el1
	and	x2, x2, #(1 << ID_AA64MMFR0_EL1_PARANGE_BITS) - 1
	mov	x0, #5
	cmp	x2, x0
	csel	x2, x2, x0, lo
	orr	x1, x1, x2, lsl #TCR_EL1_IPS_SHIFT
	msr	tcr_el1, x1
	isb

	ldr	x0, =SCTLR_EL1_RES1 | SCTLR_EL1_M | SCTLR_EL1_C | SCTLR_EL1_I | SCTLR_EL1_SA
	ret
ENDFUNC(__cpu_setup)

/*
 * cpu_do_idle: sleep until something may have happened.  Linux has `wfi` here, which an interrupt ends.  This kernel
 * takes no interrupts: another CPU that has work for us sets our TIF_NEED_RESCHED flag and sends an event.
 * The event register makes that safe: a sev that comes just before the wfe lets it fall through.
 */
FUNC(cpu_do_idle)
	dsb	sy
	wfe
	ret
ENDFUNC(cpu_do_idle)

	/* Value and mask of MIDR_EL1, then the name. */
	.macro	cpu_entry, value, mask, name
	.pushsection .rodata.str, "aMS", %progbits, 1
9:	.asciz	"\name"
	.popsection
	.long	\value, \mask
	.quad	9b
	.quad	__cpu_setup
	.endm

	.section .rodata, "a"
	.balign	8
DATA(cpu_table)
	cpu_entry 0x410fd030, 0xff0ffff0, "Cortex-A53"
	cpu_entry 0x410fd070, 0xff0ffff0, "Cortex-A57"
	cpu_entry 0x410fd080, 0xff0ffff0, "Cortex-A72"
	cpu_entry 0x000f0000, 0x000f0000, "AArch64 Processor"	// any whose features are in ID registers
cpu_table_end:
ENDDATA(cpu_table)
