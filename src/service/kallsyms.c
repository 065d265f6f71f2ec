/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/kallsyms.c: the symbol table that a Linux kernel carries in its own read-only data.
 *
 * The token table holds 256 strings, one for each byte that a packed name can have; a character that occurs in names
 * stands for itself, so the digits are ten strings of one character in a row, and that is what is searched for.  The
 * token index right behind it proves the find.  num_syms and the names are searched backwards from there, and the
 * markers (the offset of every 256th name) prove those.
 *
 * A kernel that can be relocated (KASLR) may hold zero where relative_base belongs, its value being in a relocation
 * (R_AARCH64_RELATIVE) that the kernel applies to itself; that entry also tells the link address of the image.
 * Where values are distances from themselves, they say nothing of it: then the kernel's own pointers must tell.
 */
#include "service/kallsyms.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/le.h"

enum {
	TOKENS = 256,
	INDEX_SIZE = TOKENS * 2,
	TOKEN_MAX = 64,			/* longest token that is believed */
	MARKER_EVERY = 256,
	COUNT_MIN = 16, COUNT_MAX = 1 << 22,
	WORD = 8,
	RELA_SIZE = 24,
	R_AARCH64_RELATIVE = 1027,
	LINK_ALIGN = 2 << 20,		/* KIMAGE_VADDR is a multiple of this */
};

/* What the values are: addresses, offsets from relative_base, or (since 7.2) distances from where they lie. */
enum values { ADDRESSES, OFFSETS, DISTANCES };

/* Bytes of names parsed in vain before the search is given up: files that only pretend must not take for ever. */
#define PARSE_BUDGET	((size_t)256 << 20)

struct kallsyms {
	const uint8_t *data;
	size_t size;
	size_t align;			/* of each part (ALGN in scripts/kallsyms.c): 8, in newer ones 4 */
	size_t tokens;			/* offset of token_table */
	size_t index;			/* offset of token_index */
	size_t count;
	size_t num_syms;		/* offset of num_syms */
	size_t names;			/* offset of the first name */
	size_t values;			/* offset of the values */
	enum values kind;
	gva_t relative_base;
	gva_t link_base;
	size_t budget;
};

static unsigned int value_size(enum values kind)
{
	return kind == ADDRESSES ? 8 : 4;
}

/* Value I of the KIND values at offset VALUES: an address, or an offset from relative_base or from the image. */
static uint64_t get_value(const struct kallsyms *k, enum values kind, size_t values, size_t i)
{
	size_t place = values + i * value_size(kind);

	if (kind == ADDRESSES)
		return le_get64(k->data + place);
	if (kind == OFFSETS)
		return le_get32(k->data + place);
	return place + (uint64_t)(int32_t)le_get32(k->data + place);
}

static size_t align_up(const struct kallsyms *k, size_t offset)
{
	return (offset + k->align - 1) / k->align * k->align;
}

/* The end of the run of COUNT strings that starts at OFFSET; 0 when one is too long or the file ends. */
static size_t skip_strings(const struct kallsyms *k, size_t offset, unsigned int count)
{
	while (count-- > 0) {
		size_t left = k->size - offset, max = left < TOKEN_MAX ? left : TOKEN_MAX;
		const uint8_t *end = memchr(k->data + offset, '\0', max);

		if (!end)
			return 0;
		offset = end - k->data + 1;
	}
	return offset;
}

/* Does every entry of the index give where that token starts? */
static bool check_index(const struct kallsyms *k)
{
	size_t at = k->tokens;

	for (unsigned int i = 0; i < TOKENS; i++) {
		if (le_get16(k->data + k->index + i * 2) != at - k->tokens)
			return false;
		at = skip_strings(k, at, 1);
		if (!at || at > k->index)
			return false;
	}
	return true;
}

/* The string "0" is at OFFSET: is it in a token table? */
static bool try_tokens(struct kallsyms *k, size_t offset)
{
	size_t end = skip_strings(k, offset, TOKENS - '0');
	uint64_t before;

	if (!end)
		return false;
	k->index = align_up(k, end);
	if (k->index > k->size || k->size - k->index < INDEX_SIZE)
		return false;
	before = le_get16(k->data + k->index + '0' * 2);
	if (before > offset)
		return false;
	k->tokens = offset - before;
	return check_index(k);
}

static bool find_tokens(struct kallsyms *k)
{
	static const uint8_t digits[] = "0\0" "1\0" "2\0" "3\0" "4\0" "5\0" "6\0" "7\0" "8\0" "9";
	const uint8_t *at = k->data, *end = k->data + k->size;

	while ((at = memmem(at, end - at, digits, sizeof(digits)))) {
		if (try_tokens(k, at - k->data))
			return true;
		at++;
	}
	return false;
}

/* The length of the packed name at *OFFSET, which goes on to its first byte; false when it does not end before LIMIT.
 * Since Linux 6.1 a length above 127 takes two bytes. */
static bool name_length(const struct kallsyms *k, size_t *offset, size_t limit, size_t *len)
{
	if (*offset >= limit)
		return false;
	*len = k->data[(*offset)++];
	if (*len & 0x80) {
		if (*offset >= limit)
			return false;
		*len = (*len & 0x7f) | (size_t)k->data[(*offset)++] << 7;
	}
	return *len > 0 && *len <= limit - *offset;
}

/* Offset behind the COUNT names at START; 0 when they do not fit before LIMIT. */
static size_t skip_names(struct kallsyms *k, size_t start, size_t count, size_t limit)
{
	size_t offset = start, len, cost;
	bool ok = true;

	while (ok && count-- > 0) {
		ok = name_length(k, &offset, limit, &len);
		offset += ok ? len : 0;
	}
	cost = offset - start + 1;
	k->budget -= cost < k->budget ? cost : k->budget;
	return ok ? offset : 0;
}

/* Do the markers at MARKERS fit the COUNT names at START? */
static bool check_markers(const struct kallsyms *k, size_t start, size_t count, size_t markers)
{
	size_t offset = start, len, each = (count + MARKER_EVERY - 1) / MARKER_EVERY;

	if (markers > k->tokens || (k->tokens - markers) / 4 < each)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (i % MARKER_EVERY == 0 && le_get32(k->data + markers + i / MARKER_EVERY * 4) != offset - start)
			return false;
		if (!name_length(k, &offset, k->tokens, &len))
			return false;
		offset += len;
	}
	return true;
}

/* Is num_syms at OFFSET? */
static bool try_count(struct kallsyms *k, size_t offset)
{
	size_t count = le_get32(k->data + offset), end;

	if ((k->align == WORD && le_get32(k->data + offset + 4) != 0) || count < COUNT_MIN || count > COUNT_MAX)
		return false;
	/* A name has two bytes at least: its length and its type. */
	if (count > (k->tokens - offset) / 2)
		return false;
	end = skip_names(k, offset + k->align, count, k->tokens);
	if (!end || !check_markers(k, offset + k->align, count, align_up(k, end)))
		return false;
	k->num_syms = offset;
	k->count = count;
	k->names = offset + k->align;
	return true;
}

static bool find_names(struct kallsyms *k)
{
	size_t offset = k->tokens / k->align * k->align;

	k->budget = PARSE_BUDGET;
	while (offset >= k->align && k->budget) {
		offset -= k->align;
		if (offset + 2 * k->align <= k->tokens && try_count(k, offset))
			return true;
	}
	return false;
}

/* Are the KIND values at OFFSET in ascending order?  Some symbols share an address, but most do not: that tells a table
 * from a stretch of one repeated word. */
static bool is_ascending(const struct kallsyms *k, enum values kind, size_t offset)
{
	uint64_t last = 0;
	size_t steps = 0;

	if (offset > k->size || (k->size - offset) / value_size(kind) < k->count)
		return false;
	for (size_t i = 0; i < k->count; i++) {
		uint64_t value = get_value(k, kind, offset, i);

		if (value < last)
			return false;
		steps += value > last;
		last = value;
	}
	return steps > k->count / 4;
}

/* Are the values at OFFSET of that KIND?  A kernel's addresses have the top bit set; its first symbol is near its start,
 * and relative_base, which is behind offsets, is that symbol or near it. */
static bool try_values(struct kallsyms *k, enum values kind, size_t offset)
{
	size_t end = align_up(k, offset + k->count * value_size(kind));
	uint64_t first;

	if (!is_ascending(k, kind, offset) || (kind == OFFSETS && (end > k->size || k->size - end < 8)))
		return false;
	first = get_value(k, kind, offset, 0);
	if (kind == ADDRESSES ? !(first >> 63) : first >= LINK_ALIGN)
		return false;
	k->kind = kind;
	k->values = offset;
	return true;
}

/* Behind the token index since 6.4, before num_syms in older ones. */
static bool find_values(struct kallsyms *k)
{
	size_t behind = align_up(k, k->index + INDEX_SIZE);
	size_t offsets = align_up(k, k->count * 4) + WORD, addresses = k->count * 8;

	if (k->num_syms >= offsets && try_values(k, OFFSETS, k->num_syms - offsets))
		return true;
	if (k->num_syms >= addresses && try_values(k, ADDRESSES, k->num_syms - addresses))
		return true;
	return try_values(k, ADDRESSES, behind) || try_values(k, OFFSETS, behind) ||
	       try_values(k, DISTANCES, behind);
}

/* Relocations that lie one behind the other. */
struct relocations {
	size_t start, end;		/* offsets in the image */
	gva_t low, high;		/* the first and last place that they relocate */
};

static bool is_relocation(const struct kallsyms *k, size_t offset)
{
	return k->size - offset >= RELA_SIZE && le_get64(k->data + offset + 8) == R_AARCH64_RELATIVE;
}

/* Measure the run of relocations that starts at OFFSET. */
static struct relocations measure_run(const struct kallsyms *k, size_t offset)
{
	struct relocations run = { .start = offset, .low = UINT64_MAX };

	for (; is_relocation(k, offset); offset += RELA_SIZE) {
		gva_t place = le_get64(k->data + offset);

		run.low = place < run.low ? place : run.low;
		run.high = place > run.high ? place : run.high;
	}
	run.end = offset;
	return run;
}

/* The longest run of relocations in the image: .rela.dyn. */
static struct relocations find_relocations(const struct kallsyms *k)
{
	struct relocations best = { 0 };

	for (size_t at = 0; k->size - at >= RELA_SIZE; at += WORD) {
		struct relocations run;

		if (!is_relocation(k, at))
			continue;
		run = measure_run(k, at);
		if (run.end - run.start > best.end - best.start)
			best = run;
		at = run.end - WORD;
	}
	return best;
}

/* Take relative_base from the relocation of the 8 bytes at PLACE in the image.  It is the one that makes the link
 * address of the image a round one with all relocated places above it, and whose value is near the start, for
 * kallsyms counts from the first symbol. */
static bool find_relocation(struct kallsyms *k, size_t place)
{
	struct relocations run = find_relocations(k);

	for (size_t at = run.start; at < run.end; at += RELA_SIZE) {
		gva_t base = le_get64(k->data + at) - place, value = le_get64(k->data + at + 16);

		if (!(base >> 63) || base % LINK_ALIGN || run.low < base || run.high - base >= k->size ||
		    value - base >= LINK_ALIGN)
			continue;
		k->link_base = base;
		k->relative_base = value;
		return true;
	}
	return false;
}

/* An empty list is two words that hold the address of the first (LIST_HEAD_INIT), and a kernel has hundreds: most of
 * them agree on the link address of the image.  0 without any, as where relocations are yet to fill them in. */
static gva_t base_by_lists(const struct kallsyms *k)
{
	gva_t best = 0;
	size_t lead = 0;		/* of those for BEST over all others */

	for (size_t at = 0; k->size - at >= 16; at += WORD) {
		gva_t value = le_get64(k->data + at), base = value - at;

		if (!(base >> 63) || base % LINK_ALIGN || value != le_get64(k->data + at + 8))
			continue;
		if (!lead)
			best = base;
		lead += base == best ? 1 : -1;
	}
	return lead ? best : 0;
}

/* What relocations point at begins with the code, and that with the image.  0 without any. */
static gva_t base_by_relocations(const struct kallsyms *k)
{
	struct relocations run = find_relocations(k);
	gva_t lowest = UINT64_MAX;

	for (size_t at = run.start; at < run.end; at += RELA_SIZE) {
		gva_t value = le_get64(k->data + at + 16);

		if (value >> 63 && value < lowest)
			lowest = value;
	}
	return lowest < run.high && run.high - lowest < k->size ? lowest / LINK_ALIGN * LINK_ALIGN : 0;
}

static bool find_link_base(struct kallsyms *k)
{
	k->link_base = base_by_lists(k);
	if (!k->link_base)
		k->link_base = base_by_relocations(k);
	return k->link_base != 0;
}

static bool find_base(struct kallsyms *k)
{
	size_t place;

	if (k->kind == ADDRESSES)
		return true;
	if (k->kind == DISTANCES)
		return find_link_base(k);
	place = align_up(k, k->values + k->count * 4);
	k->relative_base = le_get64(k->data + place);
	return k->relative_base != 0 || find_relocation(k, place);
}

/* Unpack the name at *OFFSET into NAME (its first character is the type) and go on to the next. */
static void unpack_name(const struct kallsyms *k, size_t *offset, char *name)
{
	size_t len, used = 0;

	if (!name_length(k, offset, k->tokens, &len))
		len = 0;
	for (; len-- > 0; (*offset)++) {
		const uint8_t *token = k->data + k->tokens + le_get16(k->data + k->index + k->data[*offset] * 2);

		while (*token && used < KALLSYMS_NAME_SIZE - 1)
			name[used++] = *token++;
	}
	name[used] = '\0';
}

static gva_t value_at(const struct kallsyms *k, size_t i)
{
	uint64_t value = get_value(k, k->kind, k->values, i);

	if (k->kind == ADDRESSES)
		return value;
	return value + (k->kind == OFFSETS ? k->relative_base : k->link_base);
}

void kallsyms_each(const struct kallsyms *kallsyms, kallsyms_fn *fn, void *ctx)
{
	size_t offset = kallsyms->names;
	char name[KALLSYMS_NAME_SIZE];

	for (size_t i = 0; i < kallsyms->count; i++) {
		unpack_name(kallsyms, &offset, name);
		if (name[0] && name[1])
			fn(ctx, name + 1, name[0], value_at(kallsyms, i));
	}
}

/* Without a relocation: the image starts at the round address below the first symbol. */
static void guess_link_base(struct kallsyms *k)
{
	if (!k->link_base)
		k->link_base = value_at(k, 0) / LINK_ALIGN * LINK_ALIGN;
}

/* Find a table of which each part begins at a multiple of ALIGN; NULL, or what is missing. */
static const char *search(struct kallsyms *k, size_t align)
{
	k->align = align;
	if (!k->size || !find_tokens(k))
		return "no kallsyms table in it";
	if (!find_names(k))
		return "a kallsyms token table, but no names that fit it";
	if (!find_values(k))
		return "kallsyms names, but no addresses that fit them";
	return find_base(k) ? NULL : "a kallsyms table, but not the address that it counts from";
}

struct kallsyms *kallsyms_new(const struct bytes *image, const char *name, struct error *err)
{
	struct kallsyms *k = xzalloc(sizeof(*k));
	const char *why;

	k->data = image->data;
	k->size = image->size;
	why = search(k, WORD);
	if (why && search(k, WORD / 2)) {
		kallsyms_free(k);
		return error_null(err, "%s: %s: give its symbols with --symbols", name, why);
	}
	guess_link_base(k);
	return k;
}

void kallsyms_free(struct kallsyms *kallsyms)
{
	free(kallsyms);
}

size_t kallsyms_count(const struct kallsyms *kallsyms)
{
	return kallsyms->count;
}

gva_t kallsyms_link_base(const struct kallsyms *kallsyms)
{
	return kallsyms->link_base;
}
