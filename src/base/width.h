/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/width.h: how many columns a character takes on a terminal.
 *
 * A table of our own instead of wcwidth(), so that a screen looks the same in every locale: 2 for East Asian wide and
 * fullwidth characters (Unicode UAX #11), 0 for combining marks, 1 for everything else, "ambiguous" ones included.
 */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/* Columns of the character CODE: 0, 1 or 2. */
int width_of_char(uint32_t code);

/* Columns of the UTF-8 string TEXT; a byte that is not well formed counts 1. */
int width_of_text(const char *text);

/* Bytes of the longest start of TEXT that fits into COLUMNS. */
size_t width_fit(const char *text, int columns);

#endif /* BASE_WIDTH_H */
