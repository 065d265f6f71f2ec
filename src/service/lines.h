/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/lines.h: source lines for addresses (DWARF line tables), and the text of source files; the one door to
 * libdw.
 *
 * Addresses are as linked; turning a run-time address into one is symbols_to_link().  Built without libdw (no
 * HAVE_LIBDW) every program simply has no lines.
 */
#ifndef SERVICE_LINES_H
#define SERVICE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "machine/types.h"
#include "service/file.h"

struct lines;

/* A place in a source file; borrowed, good until the table is freed. */
struct lines_place {
	const char *file;	/* as the compiler was given it, with its directory */
	unsigned int line;	/* from 1 */
};

/* Was this program built with libdw? */
bool lines_are_supported(void);

/* The line table of the ELF file ELF, whose bytes are only needed during the call.  Never NULL: a file without line
 * information gives an empty table.  Free with lines_free(). */
struct lines *lines_new(const struct bytes *elf);

/* Free LINES (may be NULL). */
void lines_free(struct lines *lines);

/* Addresses that have a line. */
size_t lines_count(const struct lines *lines);

/* The line of the linked address ADDR; false when it has none. */
bool lines_find(const struct lines *lines, gva_t addr, struct lines_place *out);

/* The lowest linked address of code from LINE of FILE (its last path components are enough), or of the nearest later
 * line of that file that has code.  False when there is none. */
bool lines_find_addr(const struct lines *lines, const char *file, unsigned int line, gva_t *addr);

/* Add the directory DIR where source files are looked for; those added first are tried first, and all before the
 * compiler's own path. */
void lines_add_source_dir(struct lines *lines, const char *dir);

/* The text of LINE of FILE without its newline, NULL past the end or when the file is not found.  Files are read once
 * and kept. */
const char *lines_text(struct lines *lines, const char *file, unsigned int line);

#endif /* SERVICE_LINES_H */
