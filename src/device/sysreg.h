/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/sysreg.h: who may name a system register.
 */
#ifndef DEVICE_SYSREG_H
#define DEVICE_SYSREG_H

#include <stdint.h>

#include "machine/device.h"

#define SYSREG_OP1(reg)	((reg) >> 11 & 7)

enum { SYSREG_OP1_EL12 = 5 };

/* The least exception level from which the register REG (SYSREG()) can be named, by its op1 (Arm ARM C5.1.3); op1 7,
 * secure EL1, counts as EL3 since no board here runs secure software below it. */
static inline int sysreg_min_el(uint32_t reg)
{
	static const int min_el[] = { 1, 1, 1, 0, 2, 2, 3, 3 };

	return min_el[SYSREG_OP1(reg)];
}

#endif /* DEVICE_SYSREG_H */
