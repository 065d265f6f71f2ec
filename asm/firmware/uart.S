/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uart.S: the console, a PL011 (Arm DDI 0183), made ready for a kernel whose
 * early output just writes bytes to it.  Nothing here prints.
 */
#include "firmware.h"

#define UART_IBRD		0x24	/* baud rate divisor, whole part */
#define UART_FBRD		0x28	/* and 64ths */
#define UART_LCR_H		0x2c	/* line control; writing it latches the divisor */
#define UART_CR			0x30	/* control */
#define UART_LCR_H_8N1_FIFO	(3 << 5 | 1 << 4)
#define UART_CR_ENABLE		(1 << 9 | 1 << 8 | 1 << 0)	/* receive, transmit, UART */

/* 24 MHz / (16 * 115200) = 13 + 1/64. */
#define UART_IBRD_115200	13
#define UART_FBRD_115200	1

	.text

/*
 * ns_init_system: set up the devices that the kernel may use before it has
 * drivers: the console, if the board has one.
 * In:       EL2, MMU off
 * Clobbers: x4 to x6
 */
FUNC(ns_init_system)
	adr	x4, boot_info
	ldr	x5, [x4, #BOOT_INFO_UART]
	cbz	x5, 1f

	// The line may be changed only while the UART is off.
	str	wzr, [x5, #UART_CR]
	mov	w6, #UART_IBRD_115200
	str	w6, [x5, #UART_IBRD]
	mov	w6, #UART_FBRD_115200
	str	w6, [x5, #UART_FBRD]

	// Line control comes after the divisor, for it is this write that makes the divisor count.
	mov	w6, #UART_LCR_H_8N1_FIFO
	str	w6, [x5, #UART_LCR_H]
	mov	w6, #UART_CR_ENABLE
	str	w6, [x5, #UART_CR]
1:	ret
ENDFUNC(ns_init_system)
