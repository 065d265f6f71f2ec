/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traps.h: exceptions of user space that come back to it as signals.
 */
#ifndef LINUX_INIT_TRAPS_H
#define LINUX_INIT_TRAPS_H

#include <stdbool.h>

/* Store to a page that may only be read; the handler must be told its address, and opens it. */
bool traps_fault(void);

/* Execute BRK; the handler must stand at it, and goes past it. */
bool traps_breakpoint(void);

/* Let a child be stepped by ptrace, one instruction at a time. */
bool traps_step(void);

#endif /* LINUX_INIT_TRAPS_H */
