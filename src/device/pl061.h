/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/pl061.h: a PL061 GPIO block (Arm DDI 0190) whose outputs are the board's power switches.
 *
 * It is what QEMU's virt machine has in its secure world: output 0 going high turns the board off, output 1 resets it.
 * The inputs read 0 and never interrupt.
 */
#ifndef DEVICE_PL061_H
#define DEVICE_PL061_H

#include "machine/device.h"
#include "machine/machine.h"

enum { PL061_SIZE = 0x1000 };

struct pl061;

extern const struct device_ops pl061_ops;

/* A GPIO block of MACHINE (borrowed). */
struct pl061 *pl061_new(struct machine *machine);

/* Free it; NULL is allowed. */
void pl061_free(struct pl061 *gpio);

#endif /* DEVICE_PL061_H */
