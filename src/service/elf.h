/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/elf.h: linked 64-bit little-endian AArch64 ELF files (System V ABI, ELF for the Arm 64-bit Architecture).
 *
 * A small reader of our own: every offset is checked against the length of the file when the file is opened, so the
 * accessors cannot fail.  It reads what loading and naming need (segments, symbols, sections by name) and nothing
 * else; line tables are service/lines.h.
 */
#ifndef SERVICE_ELF_H
#define SERVICE_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/types.h"

struct elf;

/* One PT_LOAD segment with a size in memory. */
struct elf_segment {
	gpa_t paddr;			/* where it goes */
	gva_t vaddr;			/* where its code thinks that it is */
	uint64_t filesz, memsz;		/* bytes in the file; bytes in memory, the rest being zeroes */
	bool is_executable, is_writable;
	const uint8_t *data;		/* filesz bytes, borrowed from the file */
};

enum elf_symbol_kind {
	ELF_SYMBOL_NONE,		/* a label without a type */
	ELF_SYMBOL_OBJECT,
	ELF_SYMBOL_FUNCTION,
};

/* One named symbol that is defined in the file. */
struct elf_symbol {
	const char *name;		/* borrowed from the file */
	gva_t value;
	uint64_t size;			/* 0: not said */
	enum elf_symbol_kind kind;
	bool is_global;
	bool is_absolute;		/* a number, not a place */
};

/* Do the SIZE bytes at DATA start like an ELF file of any kind? */
bool elf_is_elf(const uint8_t *data, size_t size);

/* Read the SIZE bytes at DATA, which must outlive the result; NAME stands for the file in ERR.  NULL, with ERR set,
 * when it is not a linked AArch64 ELF file, is cut short, or has segments that overlap.  Free with elf_free(). */
struct elf *elf_new(const uint8_t *data, size_t size, const char *name, struct error *err);

/* Free ELF (may be NULL). */
void elf_free(struct elf *elf);

/* e_entry: a virtual address, and not always the first instruction. */
gva_t elf_entry(const struct elf *elf);

/* Segments, in the order of the file. */
size_t elf_segment_count(const struct elf *elf);
/* Segment INDEX, below elf_segment_count(). */
const struct elf_segment *elf_segment(const struct elf *elf, size_t index);

/* The physical address that the segments give the virtual address VADDR; false when no segment holds it. */
bool elf_to_physical(const struct elf *elf, gva_t vaddr, gpa_t *out);

/* Symbols with a name and a definition; mapping symbols ($x, $d) and file names are left out. */
size_t elf_symbol_count(const struct elf *elf);
/* Symbol INDEX, below elf_symbol_count(). */
const struct elf_symbol *elf_symbol(const struct elf *elf, size_t index);

/* The contents of the section NAME and its SIZE; NULL when there is none with contents. */
const uint8_t *elf_section(const struct elf *elf, const char *name, size_t *size);

#endif /* SERVICE_ELF_H */
