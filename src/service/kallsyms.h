/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/kallsyms.h: the symbol table that a Linux kernel carries in its own read-only data.
 *
 * A raw Image has no headers that say where it is, so it is found by its shape, from the token table outwards, and
 * believed only when every part fits the others.  The orders of the parts that are known (Linux scripts/kallsyms.c):
 *
 * 	to 6.3:   offsets, relative_base, num_syms, names, markers, [seqs_of_names,] token_table, token_index
 * 	          (without BASE_RELATIVE: addresses instead of offsets and relative_base)
 * 	from 6.4: num_syms, names, markers, token_table, token_index, offsets, relative_base, [seqs_of_names]
 * 	in 7.2:   the same without relative_base, each offset from where it lies to the symbol, aligned to 4 and not to 8
 */
#ifndef SERVICE_KALLSYMS_H
#define SERVICE_KALLSYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/types.h"
#include "service/file.h"

enum { KALLSYMS_NAME_SIZE = 512 };	/* Linux KSYM_NAME_LEN, with the NUL */

/* Called for each symbol in the order of addresses.  TYPE is nm's letter; NAME lives until the return. */
typedef void kallsyms_fn(void *ctx, const char *name, char type, gva_t addr);

/* A table that was found; it borrows the image. */
struct kallsyms;

/* Find the table in the unpacked kernel IMAGE, which must outlive the result.  NULL, with ERR set, when there is none
 * or it does not hold together; NAME stands for the file in ERR.  Free with kallsyms_free(). */
struct kallsyms *kallsyms_new(const struct bytes *image, const char *name, struct error *err);

/* Free KALLSYMS (may be NULL). */
void kallsyms_free(struct kallsyms *kallsyms);

/* Symbols in it. */
size_t kallsyms_count(const struct kallsyms *kallsyms);

/* The address that the first byte of the image is linked at; 0 when the image does not tell. */
gva_t kallsyms_link_base(const struct kallsyms *kallsyms);

/* Hand every symbol to FN. */
void kallsyms_each(const struct kallsyms *kallsyms, kallsyms_fn *fn, void *ctx);

#endif /* SERVICE_KALLSYMS_H */
