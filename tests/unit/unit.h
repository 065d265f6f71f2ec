/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/unit.h: what every unit test program shares.
 *
 * A program is one file, check_LAYER_MODULE.c, that defines unit_suite(); its main() comes from unit.c.
 */
#ifndef UNIT_UNIT_H
#define UNIT_UNIT_H

#include <check.h>

/* The program's one suite; the runner frees it. */
Suite *unit_suite(void);

#endif /* UNIT_UNIT_H */
