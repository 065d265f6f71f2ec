/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/symbols.c: names for addresses and addresses for names.
 *
 * Each module keeps its symbols in one array, sorted by address when the first question after an addition is asked;
 * an index of pointers over all modules is sorted by name then.
 */
#include "service/symbols.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "service/kallsyms.h"

enum {
	LOOK_BACK = 64,			/* symbols before the nearest that may still hold an address */
	NAME_MAX_LEN = 512,		/* longest name in a map */
};

/* Linked addresses START to END are seen at BIAS more. */
struct view {
	uint64_t bias;
	gva_t start, end;
};

struct symbols_module {
	char *name;
	struct view views[SYMBOLS_VIEW_MAX];	/* view 0 spans everything */
	size_t view_count;
	VEC(struct symbol) all;			/* sorted by address once settled */
	uint64_t slide;
};

struct symbols {
	VEC(struct symbols_module *) modules;
	VEC(const struct symbol *) by_name;
	bool is_settled;			/* sorted, by_name is filled */
};

struct symbols *symbols_new(void)
{
	return xzalloc(sizeof(struct symbols));
}

static void free_module(struct symbols_module *module)
{
	for (size_t i = 0; i < module->all.len; i++)
		free((char *)module->all.item[i].name);
	vec_free(&module->all);
	free(module->name);
	free(module);
}

void symbols_free(struct symbols *symbols)
{
	if (!symbols)
		return;
	for (size_t i = 0; i < symbols->modules.len; i++)
		free_module(symbols->modules.item[i]);
	vec_free(&symbols->modules);
	vec_free(&symbols->by_name);
	free(symbols);
}

struct symbols_module *symbols_add_module(struct symbols *symbols, const char *name)
{
	struct symbols_module *module = xzalloc(sizeof(*module));

	module->name = xstrdup(name);
	module->views[0] = (struct view){ .bias = 0, .start = 0, .end = UINT64_MAX };
	module->view_count = 1;
	vec_add(&symbols->modules, module);
	return module;
}

const char *symbols_module_name(const struct symbols_module *module)
{
	return module->name;
}

struct symbols_module *symbols_find_module(const struct symbols *symbols, const char *name)
{
	for (size_t i = 0; i < symbols->modules.len; i++)
		if (strcmp(symbols->modules.item[i]->name, name) == 0)
			return symbols->modules.item[i];
	return NULL;
}

void symbols_add_view(struct symbols_module *module, uint64_t bias, gva_t start, gva_t end)
{
	assert(module->view_count < SYMBOLS_VIEW_MAX);
	module->views[module->view_count++] = (struct view){ .bias = bias, .start = start, .end = end };
}

void symbols_set_slide(struct symbols_module *module, uint64_t slide)
{
	module->slide = slide;
}

uint64_t symbols_slide(const struct symbols_module *module)
{
	return module->slide;
}

void symbols_add(struct symbols *symbols, struct symbols_module *module, const struct symbol *symbol)
{
	struct symbol *copy = vec_push(&module->all);

	*copy = *symbol;
	copy->name = xstrdup(symbol->name);
	copy->module = module;
	symbols->is_settled = false;
}

void symbols_add_elf(struct symbols *symbols, struct symbols_module *module, const struct elf *elf)
{
	static const enum symbol_kind kinds[] = {
		[ELF_SYMBOL_NONE] = SYMBOL_LABEL,
		[ELF_SYMBOL_OBJECT] = SYMBOL_OBJECT,
		[ELF_SYMBOL_FUNCTION] = SYMBOL_FUNCTION,
	};

	for (size_t i = 0; i < elf_symbol_count(elf); i++) {
		const struct elf_symbol *s = elf_symbol(elf, i);
		struct symbol symbol = {
			.name = s->name,
			.addr = s->value,
			.size = s->size,
			.kind = kinds[s->kind],
			.is_global = s->is_global,
		};

		if (!s->is_absolute)
			symbols_add(symbols, module, &symbol);
	}
}

/* A symbol of nm's TYPE letter: text is a function, as far as nm can tell. */
static void add_typed(struct symbols *symbols, struct symbols_module *module, char type, struct symbol *symbol)
{
	if (strchr("AaUuN?-", type))
		return;
	symbol->kind = strchr("TtWw", type) ? SYMBOL_FUNCTION : SYMBOL_OBJECT;
	symbol->is_global = type >= 'A' && type <= 'Z';
	if (symbol->name[0] != '$')
		symbols_add(symbols, module, symbol);
}

/* Read "ADDRESS TYPE NAME" from LINE, LEN bytes; a tab and a module name may follow. */
static bool parse_map_line(const char *line, size_t len, struct symbol *symbol, char *type, char *name)
{
	size_t digits = 0, start, end;

	symbol->addr = 0;
	while (digits < len && strchr("0123456789abcdefABCDEF", line[digits]) && line[digits]) {
		int c = line[digits++] | 0x20;

		symbol->addr = symbol->addr << 4 | (unsigned int)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	start = digits + 3;
	if (digits == 0 || digits > 16 || start >= len || line[digits] != ' ' || line[digits + 2] != ' ')
		return false;
	*type = line[digits + 1];
	for (end = start; end < len && (unsigned char)line[end] > ' '; end++)
		;
	if (end == start || end - start >= NAME_MAX_LEN)
		return false;
	memcpy(name, line + start, end - start);
	name[end - start] = '\0';
	symbol->name = name;
	return true;
}

bool symbols_add_map(struct symbols *symbols, struct symbols_module *module, const struct bytes *text, const char *name,
		     struct error *err)
{
	const char *at = (const char *)text->data, *end = text->size ? at + text->size : at;

	for (unsigned int number = 1; at < end; number++) {
		const char *newline = memchr(at, '\n', end - at);
		size_t len = (newline ? newline : end) - at;
		struct symbol symbol = { 0 };
		char buf[NAME_MAX_LEN], type = 0;

		if (len && !parse_map_line(at, len, &symbol, &type, buf))
			return error_set(err, "%s:%u: not a line \"ADDRESS TYPE NAME\" of a System.map", name, number);
		if (len)
			add_typed(symbols, module, type, &symbol);
		at = newline ? newline + 1 : end;
	}
	return true;
}

/* Where the symbols of a kallsyms table go. */
struct kallsyms_target {
	struct symbols *symbols;
	struct symbols_module *module;
};

static void add_kallsym(void *ctx, const char *name, char type, gva_t addr)
{
	struct kallsyms_target *target = ctx;
	struct symbol symbol = { .name = name, .addr = addr };

	add_typed(target->symbols, target->module, type, &symbol);
}

bool symbols_add_kallsyms(struct symbols *symbols, struct symbols_module *module, const struct bytes *image,
			  gva_t *link_base, struct error *err)
{
	struct kallsyms_target target = { .symbols = symbols, .module = module };
	struct kallsyms *kallsyms = kallsyms_new(image, module->name, err);

	if (!kallsyms)
		return false;
	kallsyms_each(kallsyms, add_kallsym, &target);
	if (link_base)
		*link_base = kallsyms_link_base(kallsyms);
	kallsyms_free(kallsyms);
	return true;
}

size_t symbols_count(const struct symbols *symbols)
{
	size_t count = 0;

	for (size_t i = 0; i < symbols->modules.len; i++)
		count += symbols->modules.item[i]->all.len;
	return count;
}

/* Is NAME one that a linker script puts around sections, such as _stext or __irqentry_text_start? */
static bool is_marker(const char *name)
{
	static const char *const endings[] = { "_start", "_end", "_begin", "text", "_stop" };
	size_t len = strlen(name);

	if (name[0] != '_')
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);

		if (len > n && strcmp(name + len - n, endings[i]) == 0)
			return true;
	}
	return strncmp(name, "__start_", 8) == 0 || strncmp(name, "__stop_", 7) == 0;
}

static size_t underscores(const char *name)
{
	return strspn(name, "_");
}

/* Which of two symbols at one address speaks for it, the greater one: functions, then sized ones, then what is no
 * section marker, then few leading underscores, then global ones, then the first by name.  Linux's kallsyms chooses
 * much like this. */
static int compare_rank(const struct symbol *a, const struct symbol *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (!a->size != !b->size)
		return !a->size ? -1 : 1;
	if (is_marker(a->name) != is_marker(b->name))
		return is_marker(a->name) ? -1 : 1;
	if (underscores(a->name) != underscores(b->name))
		return underscores(a->name) > underscores(b->name) ? -1 : 1;
	if (a->is_global != b->is_global)
		return b->is_global ? -1 : 1;
	return strcmp(b->name, a->name);
}

/* By address; the one that speaks for an address comes last. */
static int compare_addr(const void *pa, const void *pb)
{
	const struct symbol *a = pa, *b = pb;

	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return compare_rank(a, b);
}

/* By name; of one name in one module, the one that the name means comes first. */
static int compare_name(const void *pa, const void *pb)
{
	const struct symbol *a = *(const struct symbol *const *)pa, *b = *(const struct symbol *const *)pb;
	int order = strcmp(a->name, b->name);

	if (order)
		return order;
	if (a->kind != b->kind)
		return a->kind > b->kind ? -1 : 1;
	if (a->is_global != b->is_global)
		return a->is_global ? -1 : 1;
	return a->addr < b->addr ? -1 : a->addr > b->addr;
}

static void settle(struct symbols *symbols)
{
	if (symbols->is_settled)
		return;
	vec_clear(&symbols->by_name);
	for (size_t i = 0; i < symbols->modules.len; i++) {
		struct symbols_module *module = symbols->modules.item[i];

		if (module->all.len)
			qsort(module->all.item, module->all.len, sizeof(module->all.item[0]), compare_addr);
		for (size_t j = 0; j < module->all.len; j++)
			vec_add(&symbols->by_name, &module->all.item[j]);
	}
	if (symbols->by_name.len)
		qsort(symbols->by_name.item, symbols->by_name.len, sizeof(symbols->by_name.item[0]), compare_name);
	symbols->is_settled = true;
}

/* Index of the first symbol by name that is not before NAME. */
static size_t lower_bound(const struct symbols *symbols, const char *name)
{
	size_t low = 0, high = symbols->by_name.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(symbols->by_name.item[mid]->name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Position of MODULE among the modules. */
static size_t module_order(const struct symbols *symbols, const struct symbols_module *module)
{
	size_t i = 0;

	while (symbols->modules.item[i] != module)
		i++;
	return i;
}

/* The symbol NAME of MODULE, or of the first module that has one when MODULE is NULL. */
static const struct symbol *find_in(const struct symbols *symbols, const struct symbols_module *module,
				    const char *name)
{
	const struct symbol *best = NULL;

	for (size_t i = lower_bound(symbols, name); i < symbols->by_name.len; i++) {
		const struct symbol *s = symbols->by_name.item[i];

		if (strcmp(s->name, name) != 0)
			break;
		if (module ? s->module == module && !best :
		    !best || module_order(symbols, s->module) < module_order(symbols, best->module))
			best = s;
	}
	return best;
}

const struct symbol *symbols_find(struct symbols *symbols, const char *name)
{
	const char *colon = strchr(name, ':');
	const struct symbols_module *module;
	char *prefix;

	settle(symbols);
	if (!colon)
		return find_in(symbols, NULL, name);
	prefix = xstrndup(name, colon - name);
	module = symbols_find_module(symbols, prefix);
	free(prefix);
	return module ? find_in(symbols, module, colon + 1) : NULL;
}

bool symbols_find_addr(struct symbols *symbols, const char *name, gva_t *addr)
{
	const struct symbol *symbol = symbols_find(symbols, name);
	gva_t all[SYMBOLS_VIEW_MAX];

	if (!symbol)
		return false;
	symbols_addresses(symbol, all);
	*addr = all[0];
	return true;
}

static uint64_t bias_of(const struct symbols_module *module, size_t view)
{
	return module->views[view].bias + (view == 0 ? module->slide : 0);
}

size_t symbols_addresses(const struct symbol *symbol, gva_t *out)
{
	const struct symbols_module *module = symbol->module;
	size_t count = 0;

	for (size_t i = 0; i < module->view_count; i++)
		if (symbol->addr >= module->views[i].start && symbol->addr < module->views[i].end)
			out[count++] = symbol->addr + bias_of(module, i);
	return count;
}

/* How many symbols of MODULE are at or below the linked address LINK. */
static size_t count_below(const struct symbols_module *module, gva_t link)
{
	size_t low = 0, high = module->all.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (module->all.item[mid].addr <= link)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Does S hold LINK, which is not before it and not behind the next symbol's start unless S says its size? */
static bool holds(const struct symbol *s, gva_t link, bool is_nearest)
{
	return s->size ? link - s->addr < s->size : is_nearest;
}

/* The symbol of MODULE that holds LINK. */
static const struct symbol *symbol_at(const struct symbols_module *module, gva_t link)
{
	size_t count = count_below(module, link), limit = count > LOOK_BACK ? count - LOOK_BACK : 0;
	const struct symbol *nearest, *best = NULL;

	if (count == 0)
		return NULL;
	nearest = &module->all.item[count - 1];
	for (size_t i = count; i-- > limit; ) {
		const struct symbol *s = &module->all.item[i];

		if (!holds(s, link, s->addr == nearest->addr))
			continue;
		if (s->kind == SYMBOL_FUNCTION)
			return s;
		if (!best)
			best = s;
	}
	return best;
}

/* Is ADDR in view VIEW of MODULE?  Sets *LINK. */
static bool in_view(const struct symbols_module *module, size_t view, gva_t addr, gva_t *link)
{
	const struct view *v = &module->views[view];

	*link = addr - bias_of(module, view);
	return *link >= v->start && *link < v->end;
}

/* Is LINK between the first symbol of MODULE and a little behind the last?  View 0 has no bounds of its own. */
static bool in_module(const struct symbols_module *module, gva_t link)
{
	const gva_t slack = 0x1000;
	const struct symbol *last;

	if (!module->all.len || link < module->all.item[0].addr)
		return false;
	last = &module->all.item[module->all.len - 1];
	return link <= last->addr || link - last->addr < (last->size ? last->size : slack);
}

bool symbols_lookup(struct symbols *symbols, gva_t addr, struct symbol_hit *out)
{
	settle(symbols);
	for (size_t i = 0; i < symbols->modules.len; i++) {
		const struct symbols_module *module = symbols->modules.item[i];

		for (size_t view = 0; view < module->view_count; view++) {
			const struct symbol *s;
			gva_t link;

			if (!in_view(module, view, addr, &link) || !in_module(module, link))
				continue;
			s = symbol_at(module, link);
			if (!s)
				continue;
			*out = (struct symbol_hit){ .symbol = s, .offset = link - s->addr, .view = view };
			return true;
		}
	}
	return false;
}

bool symbols_to_link(struct symbols *symbols, struct symbols_module *module, gva_t addr, gva_t *link)
{
	settle(symbols);
	for (size_t view = 0; view < module->view_count; view++)
		if (in_view(module, view, addr, link) && in_module(module, *link))
			return true;
	return false;
}

const struct symbol *symbols_complete(struct symbols *symbols, const char *prefix, size_t index)
{
	size_t at;

	settle(symbols);
	at = lower_bound(symbols, prefix);
	if (index >= symbols->by_name.len - at)
		return NULL;
	at += index;
	if (strncmp(symbols->by_name.item[at]->name, prefix, strlen(prefix)) != 0)
		return NULL;
	return symbols->by_name.item[at];
}
