/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/utf8.h: the least that is needed of UTF-8 (RFC 3629): where a character ends and what it is.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the well-formed character that starts the NUL-terminated S: 1 to 4, or 0 when it is not well formed (an
 * overlong form, a surrogate, a value past U+10FFFF or a stray byte) or S is empty. */
size_t utf8_char_len(const char *s);

/* The code point of the character at S, U+FFFD where utf8_char_len() is 0. */
uint32_t utf8_decode(const char *s);

enum { UTF8_SIZE = 5 };

/* Write the character CODE, at most U+10FFFF, to TEXT, of UTF8_SIZE bytes, with a NUL behind it. */
void utf8_encode(uint32_t code, char *text);

#endif /* BASE_UTF8_H */
