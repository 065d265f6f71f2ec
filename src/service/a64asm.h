/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/a64asm.h: a small A64 assembler, for tests and lessons that hold a few instructions as text.
 *
 * It knows what litmus tests are written in: moves, arithmetic, branches, loads and stores of all kinds, exclusives,
 * LSE atomics, barriers, hints, calls, system registers and maintenance.  Labels are names or single digits with 1b and
 * 1f, as in the GNU assembler.  There are no sections, macros or expressions.
 */
#ifndef SERVICE_A64ASM_H
#define SERVICE_A64ASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { A64ASM_MAX_WORDS = 4096 };

/* Another name of a general register ("lock" for x20).  A table ends with a NULL name. */
struct a64asm_alias {
	const char *name;
	unsigned reg;
};

/* Instruction words; start with VEC_INIT, free with vec_free(). */
struct a64asm_code { uint32_t *item; size_t len, size; };

/* Assemble TEXT, one instruction or label or both a line, "//" and "#" at the start of a line begin comments, and
 * append the words to CODE.  ALIASES may be NULL.  False with ERR, "LINE:COLUMN: what is wrong", both from 1. */
bool a64asm_assemble(const char *text, const struct a64asm_alias *aliases, struct a64asm_code *code, struct error *err);

#endif /* SERVICE_A64ASM_H */
