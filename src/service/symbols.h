/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/symbols.h: names for addresses and addresses for names.
 *
 * Symbols come in modules ("firmware", "kernel"), each with its addresses as linked and with one or more *views*:
 * where these addresses are seen at run time.  A kernel has two: the high virtual addresses, and the physical ones
 * that it runs at before the MMU is on.  View 0 is the one that names resolve to; KASLR moves it
 * (symbols_set_slide()).
 *
 * Two modules may have the same name: psci_cpu_on is a function of firmware and of kernel.  "firmware:psci_cpu_on"
 * names one of them, a bare name the one of the module that was added first.
 */
#ifndef SERVICE_SYMBOLS_H
#define SERVICE_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "machine/types.h"
#include "service/elf.h"
#include "service/file.h"

enum { SYMBOLS_VIEW_MAX = 4 };	/* views of a module */

struct symbols;
struct symbols_module;

enum symbol_kind {
	SYMBOL_LABEL,		/* a place in code or data without a type */
	SYMBOL_OBJECT,
	SYMBOL_FUNCTION,
};

/* One symbol.  Borrowed from the table; good until it is freed or added to. */
struct symbol {
	const char *name;
	gva_t addr;			/* as linked */
	uint64_t size;			/* 0: not said, it reaches to the next one */
	enum symbol_kind kind;
	bool is_global;
	const struct symbols_module *module;
};

/* What is at an address. */
struct symbol_hit {
	const struct symbol *symbol;
	uint64_t offset;		/* bytes from its start */
	size_t view;			/* the view that the address is in */
};

/* An empty table.  Free with symbols_free(). */
struct symbols *symbols_new(void);

/* Free SYMBOLS (may be NULL). */
void symbols_free(struct symbols *symbols);

/* Add a module NAME without symbols, whose linked addresses are where it runs (view 0).  Owned by SYMBOLS. */
struct symbols_module *symbols_add_module(struct symbols *symbols, const char *name);

/* The name of MODULE. */
const char *symbols_module_name(const struct symbols_module *module);

/* The module NAME, or NULL. */
struct symbols_module *symbols_find_module(const struct symbols *symbols, const char *name);

/* Let MODULE's linked addresses START to END (exclusive) be seen at BIAS more, too (wrapping, so a bias may be
 * negative). Asserts that there are not more than SYMBOLS_VIEW_MAX. */
void symbols_add_view(struct symbols_module *module, uint64_t bias, gva_t start, gva_t end);

/* Move view 0 of MODULE by SLIDE (KASLR); 0 puts it back. */
void symbols_set_slide(struct symbols_module *module, uint64_t slide);

/* By how much view 0 of MODULE is moved now. */
uint64_t symbols_slide(const struct symbols_module *module);

/* Add one symbol; the name is copied. */
void symbols_add(struct symbols *symbols, struct symbols_module *module, const struct symbol *symbol);

/* Add the symbols of ELF, absolute ones left out. */
void symbols_add_elf(struct symbols *symbols, struct symbols_module *module, const struct elf *elf);

/* Add the lines "ADDRESS TYPE NAME" of a System.map or `nm` listing; absolute and undefined symbols are left
 * out.  NAME stands for the file in ERR.  False, with ERR naming the line, when one is malformed; those before it
 * have been added then. */
bool symbols_add_map(struct symbols *symbols, struct symbols_module *module, const struct bytes *text, const char *name,
		     struct error *err);

/* Add the kallsyms table inside the raw kernel IMAGE.  LINK_BASE, which may be NULL, gets the address that the
 * image's first byte is linked at.  False, with ERR set, when there is no table. */
bool symbols_add_kallsyms(struct symbols *symbols, struct symbols_module *module, const struct bytes *image,
			  gva_t *link_base, struct error *err);

/* Symbols in all modules. */
size_t symbols_count(const struct symbols *symbols);

/* The symbol NAME ("name" or "module:name"), functions before others; NULL when there is none. */
const struct symbol *symbols_find(struct symbols *symbols, const char *name);

/* The same, its run-time address in view 0 in *ADDR; false when there is none. */
bool symbols_find_addr(struct symbols *symbols, const char *name, gva_t *addr);

/* All run-time addresses of SYMBOL, one a view that reaches it, the first in view 0; how many were written to OUT, at
 * most SYMBOLS_VIEW_MAX. */
size_t symbols_addresses(const struct symbol *symbol, gva_t *out);

/* The symbol that holds the run-time address ADDR.  A function that says its size and holds ADDR goes before a nearer
 * label; a symbol without a size reaches to the next one.  False when none does. */
bool symbols_lookup(struct symbols *symbols, gva_t addr, struct symbol_hit *out);

/* The linked address of the run-time address ADDR in MODULE; false when no view of it holds ADDR. */
bool symbols_to_link(struct symbols *symbols, struct symbols_module *module, gva_t addr, gva_t *link);

/* Symbols whose names start with PREFIX, in the order of names: entry INDEX, or NULL past the last.  For completion. */
const struct symbol *symbols_complete(struct symbols *symbols, const char *prefix, size_t index);

#endif /* SERVICE_SYMBOLS_H */
