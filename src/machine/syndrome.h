/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/syndrome.h: what a value of ESR_ELx says, in words.
 */
#ifndef MACHINE_SYNDROME_H
#define MACHINE_SYNDROME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Write what SYNDROME (Arm ARM D17.2.37) says to OUT of SIZE bytes: "an instruction fetch: nothing is at that address".
 * Classes that the machine never raises are "an exception". */
void syndrome_describe(uint32_t syndrome, char *out, size_t size);

/* Is SYNDROME, of an abort, an external one: did the access come out where nothing answers?  Then the tables let it. */
bool syndrome_is_external(uint32_t syndrome);

#endif /* MACHINE_SYNDROME_H */
