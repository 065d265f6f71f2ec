/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * psci_power.S: CPU_SUSPEND, and switching the whole board off or over.
 *
 * The power button is a secure PL061 (Arm DDI 0190), wired as on QEMU's virt
 * machine: a rising line 0 cuts the power, a rising line 1 resets.
 */
#include "firmware.h"

#if !defined(FIRMWARE_CLASSIC) && !defined(FIRMWARE_SPIN_TABLE)

#define GPIO_DATA(lines)	((lines) << 2)	/* bits 9:2 of the address select the lines that are written */
#define GPIO_DIR		0x400		/* a 1 makes the line an output */
#define POWER_LINE_OFF		(1 << 0)
#define POWER_LINE_RESET	(1 << 1)

#define RESET2_WARM		0		/* SYSTEM_WARM_RESET, the one architectural type */

	.text

/*
 * psci_cpu_suspend: CPU_SUSPEND: sleep until an interrupt is pending.
 * In:       w1 = power_state, x2 = entry point, x3 = context id (both for power-down)
 * Out:      x0 = SUCCESS after a standby, INVALID_PARAMETERS or INVALID_ADDRESS;
 *           a power-down does not return but enters at the entry point, x0 = context id
 * Clobbers: x4 to x15
 *
 * Every level and state id is taken: whatever is asked for, the CPU rests in
 * wfi.  To AFFINITY_INFO a suspended CPU is on.  A wfi may also end for no
 * reason; then this CPU is back early, which its kernel must expect.
 */
FUNC(psci_cpu_suspend)
	mov	x15, x30
	ldr	w4, =PSCI_POWER_STATE_VALID_MASK
	mov	x0, #PSCI_RET_INVALID_PARAMETERS
	bics	wzr, w1, w4
	b.ne	2f

	// Standby keeps all state.  Interrupts are masked here, but wfi wakes for a pending one all the same.
	tst	w1, #PSCI_POWER_STATE_POWERDOWN
	b.ne	1f
	dsb	sy			// no store may wait for us to wake
	wfi
	mov	x0, #PSCI_RET_SUCCESS
	ret

	// Power-down loses all state, so there must be a place to resume at: the call can still be refused now.
1:	bl	check_entry_point	// clobbers x4
	mov	x30, x15
	cbnz	x0, 2f
	mov	x14, x2
	dsb	sy
	wfi

	// Up again, by the way of a CPU that is switched on; only its slot never changed.
	mrs	x0, mpidr_el1
	ldr	x4, =MPIDR_ID_BITS
	and	x0, x0, x4
	bl	find_logical_id		// clobbers x9 to x12
	mov	x1, x3
	mov	x2, x14
	b	enter_el2

2:	ret
ENDFUNC(psci_cpu_suspend)

/*
 * psci_system_off: SYSTEM_OFF.
 * Result:   does not return
 */
FUNC(psci_system_off)
	mov	w6, #POWER_LINE_OFF
	b	pull_power_line
ENDFUNC(psci_system_off)

/*
 * psci_system_reset2: SYSTEM_RESET2: a reset of a given type.
 * In:       w1 = type, x2 = cookie (for types of a vendor's own; we have none)
 * Out:      x0 = INVALID_PARAMETERS; does not return for SYSTEM_WARM_RESET
 */
FUNC(psci_system_reset2)
	mov	x0, #PSCI_RET_INVALID_PARAMETERS
	cmp	w1, #RESET2_WARM
	b.eq	psci_system_reset	// the board has one reset line: warm is cold
	ret
ENDFUNC(psci_system_reset2)

/*
 * psci_system_reset: SYSTEM_RESET.
 * Result:   does not return
 */
FUNC(psci_system_reset)
	// SRAM outlives a reset: the pen must not be taken for ready before it is.
	ldr	x4, =pen_ready
	str	xzr, [x4]
	dsb	sy
	mov	w6, #POWER_LINE_RESET
	b	pull_power_line
ENDFUNC(psci_system_reset)

/*
 * pull_power_line: raise a line of the power GPIO, and wait for the end.
 * In:       w6 = the line's bit
 * Result:   does not return
 */
LOCAL_FUNC(pull_power_line)
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_POWER_GPIO]
	cbz	x5, system_halted

	// Low first, then an output, then high: an edge counts, not a level.
	add	x7, x5, x6, lsl #2	// GPIO_DATA(line)
	str	wzr, [x7]
	str	w6, [x5, #GPIO_DIR]
	str	w6, [x7]
	b	system_halted
ENDFUNC(pull_power_line)

/*
 * system_halted: the power goes in a moment, or the board cannot switch it.
 */
FUNC(system_halted)
	wfi				// for good
	b	system_halted
ENDFUNC(system_halted)

#endif /* !FIRMWARE_CLASSIC && !FIRMWARE_SPIN_TABLE */
