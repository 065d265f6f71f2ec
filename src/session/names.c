/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/names.c: symbols as a person uses them.
 */
#include "session/names.h"

#include <inttypes.h>
#include <string.h>

#include "base/suggest.h"
#include "service/symbols.h"

enum {
	UNSIZED_MAX = 0x1000,
	SMALL_NUMBER = 0x100,	/* rather a count than an address at the start of a ROM */
};

/* Where the linked address LINK of MODULE lies in physical memory. */
static gpa_t physical(const struct loaded *loaded, const struct symbols_module *module, gva_t link)
{
	const struct loaded_image *images[] = { &loaded->kernel, &loaded->firmware };

	for (size_t i = 0; i < sizeof(images) / sizeof(images[0]); i++)
		if (images[i]->present && images[i]->module == module)
			return link - images[i]->va_offset;
	return link;
}

static void fill(const struct loaded *loaded, const struct symbol *symbol, struct name *out)
{
	gva_t seen[SYMBOLS_VIEW_MAX] = { symbol->addr };

	symbols_addresses(symbol, seen);
	*out = (struct name){
		.text = symbol->name, .va = seen[0], .pa = physical(loaded, symbol->module, symbol->addr),
		.size = symbol->size, .is_code = symbol->kind != SYMBOL_OBJECT,
	};
}

/* Offer the symbols that begin as WORD does: an image has too many to look at all. */
static void offer_symbols(struct symbols *symbols, const char *word, struct suggest *suggest)
{
	char start[3] = { word[0], word[0] ? word[1] : '\0', '\0' };
	const struct symbol *symbol;

	for (size_t i = 0; (symbol = symbols_complete(symbols, start, i)); i++)
		suggest_offer(suggest, symbol->name);
}

bool names_find(const struct loaded *loaded, const char *text, struct name *out, struct error *err)
{
	const struct symbol *symbol = symbols_find(loaded->symbols, text);
	struct suggest other = suggest_start(text);
	char meant[SUGGEST_TEXT_MAX];

	if (symbol) {
		fill(loaded, symbol, out);
		return true;
	}
	if (!err)
		return false;
	offer_symbols(loaded->symbols, text, &other);
	return error_set(err, "no symbol '%s'%s", text, suggest_text(&other, "", meant));
}

bool names_at(const struct loaded *loaded, uint64_t addr, struct name *out, uint64_t *offset)
{
	struct symbol_hit hit;

	/* What has no size reaches to the next symbol, but not from the last one to the end of the world. */
	if (!loaded || !symbols_lookup(loaded->symbols, addr, &hit) || (!hit.symbol->size && hit.offset >= UNSIZED_MAX))
		return false;
	fill(loaded, hit.symbol, out);
	*offset = hit.offset;
	return true;
}

void names_format(const struct loaded *loaded, uint64_t addr, struct strbuf *out)
{
	struct name name;
	uint64_t offset;

	if (!names_at(loaded, addr, &name, &offset))
		strbuf_printf(out, "0x%" PRIx64, addr);
	else if (offset)
		strbuf_printf(out, "%s+0x%" PRIx64, name.text, offset);
	else
		strbuf_puts(out, name.text);
}

void names_format_after(const struct loaded *loaded, uint64_t addr, struct strbuf *out)
{
	struct name name;
	uint64_t offset;

	if (addr < SMALL_NUMBER || !names_at(loaded, addr, &name, &offset))
		return;
	strbuf_puts(out, " <");
	names_format(loaded, addr, out);
	strbuf_putc(out, '>');
}

/* Does CPU, with its MMU on, see something at ADDR? */
static bool is_mapped(const struct loaded *loaded, unsigned cpu, uint64_t addr, gpa_t *pa)
{
	return cpu_is_mmu_on(machine_cpu_const(loaded->machine, cpu)) &&
	       machine_translate(loaded->machine, cpu, addr, pa);
}

bool names_physical(const struct loaded *loaded, unsigned cpu, uint64_t addr, gpa_t *pa)
{
	uint64_t link, offset;
	const struct loaded_image *image = loaded_find_image(loaded, addr, &link);
	struct name name;

	/* From its first symbol to its last an image may have wide gaps, and a process may live where one is. */
	if (image && !names_at(loaded, addr, &name, &offset) && is_mapped(loaded, cpu, addr, pa))
		return true;
	if (image) {
		*pa = link - image->va_offset;
		return true;
	}
	if (machine_translate(loaded->machine, cpu, addr, pa))
		return true;
	*pa = addr;
	return machine_is_memory(loaded->machine, addr, 1);
}
