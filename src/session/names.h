/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/names.h: symbols as a person uses them: one name, two addresses.
 *
 * A kernel is linked at virtual addresses, and its first instructions run at physical ones.  Here a symbol has both,
 * and an address of either kind finds its symbol.
 */
#ifndef SESSION_NAMES_H
#define SESSION_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "machine/types.h"
#include "service/loader.h"

/* One symbol. */
struct name {
	const char *text;	/* borrowed */
	gva_t va;		/* as linked */
	gpa_t pa;
	uint64_t size;		/* bytes, 0: unknown */
	bool is_code;
};

/* The symbol NAME; false with ERR, which suggests similar ones, when there is none. */
bool names_find(const struct loaded *loaded, const char *name, struct name *out, struct error *err);

/* The symbol that covers ADDR, virtual or physical, and how far behind its start it lies. */
bool names_at(const struct loaded *loaded, uint64_t addr, struct name *out, uint64_t *offset);

/* Append "spin+0x28", or "0x40001008" where nothing is known. */
void names_format(const struct loaded *loaded, uint64_t addr, struct strbuf *out);

/* Append " <spin+0x28>" to a number; nothing where nothing is known, or for a number so small that it is none. */
void names_format_after(const struct loaded *loaded, uint64_t addr, struct strbuf *out);

/* Where in physical memory the address ADDR lies, for CPU's present regime: a symbol's address by the image it is in,
 * else by CPU's translation (first, when no symbol covers ADDR), else as it is when that is memory.  False when it is
 * nowhere. */
bool names_physical(const struct loaded *loaded, unsigned cpu, uint64_t addr, gpa_t *pa);

#endif /* SESSION_NAMES_H */
