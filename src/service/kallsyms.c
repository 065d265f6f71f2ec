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
	ALIGN = 8,			/* ALGN in scripts/kallsyms.c for 64 bits */
	RELA_SIZE = 24,
	R_AARCH64_RELATIVE = 1027,
	LINK_ALIGN = 2 << 20,		/* KIMAGE_VADDR is a multiple of this */
};

/* Bytes of names parsed in vain before the search is given up: files that only pretend must not take for ever. */
#define PARSE_BUDGET	((size_t)256 << 20)

struct kallsyms {
	const uint8_t *data;
	size_t size;
	size_t tokens;			/* offset of token_table */
	size_t index;			/* offset of token_index */
	size_t count;
	size_t num_syms;		/* offset of num_syms */
	size_t names;			/* offset of the first name */
	size_t values;			/* offset of the offsets or addresses */
	bool is_relative;
	gva_t relative_base;
	gva_t link_base;
	size_t budget;
};

/* Of 4 bytes or 8. */
static uint64_t get_le(const uint8_t *data, unsigned int bytes)
{
	return bytes == 4 ? le_get32(data) : le_get64(data);
}

static size_t align_up(size_t offset)
{
	return (offset + ALIGN - 1) / ALIGN * ALIGN;
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
	k->index = align_up(end);
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

	if (le_get32(k->data + offset + 4) != 0 || count < COUNT_MIN || count > COUNT_MAX)
		return false;
	/* A name has two bytes at least: its length and its type. */
	if (count > (k->tokens - offset) / 2)
		return false;
	end = skip_names(k, offset + ALIGN, count, k->tokens);
	if (!end || !check_markers(k, offset + ALIGN, count, align_up(end)))
		return false;
	k->num_syms = offset;
	k->count = count;
	k->names = offset + ALIGN;
	return true;
}

static bool find_names(struct kallsyms *k)
{
	size_t offset = k->tokens / ALIGN * ALIGN;

	k->budget = PARSE_BUDGET;
	while (offset >= ALIGN && k->budget) {
		offset -= ALIGN;
		if (offset + 2 * ALIGN <= k->tokens && try_count(k, offset))
			return true;
	}
	return false;
}

/* Are the values of EACH bytes at OFFSET in ascending order?  Some symbols share an address, but most do not: that
 * tells a table from a stretch of one repeated word. */
static bool is_ascending(const struct kallsyms *k, size_t offset, unsigned int each)
{
	uint64_t last = 0;
	size_t steps = 0;

	if (offset > k->size || (k->size - offset) / each < k->count)
		return false;
	for (size_t i = 0; i < k->count; i++) {
		uint64_t value = get_le(k->data + offset + i * each, each);

		if (value < last)
			return false;
		steps += value > last;
		last = value;
	}
	return steps > k->count / 4;
}

/* Offsets at OFFSET, relative_base behind them. */
static bool try_relative(struct kallsyms *k, size_t offset)
{
	size_t base = align_up(offset + k->count * 4);

	if (!is_ascending(k, offset, 4) || base > k->size || k->size - base < 8)
		return false;
	k->values = offset;
	k->is_relative = true;
	return true;
}

/* Addresses at OFFSET; a kernel's have the top bit set. */
static bool try_absolute(struct kallsyms *k, size_t offset)
{
	if (!is_ascending(k, offset, 8) || !(le_get64(k->data + offset) >> 63))
		return false;
	k->values = offset;
	k->is_relative = false;
	return true;
}

/* Behind the token index since 6.4, before num_syms in older ones. */
static bool find_values(struct kallsyms *k)
{
	size_t behind = align_up(k->index + INDEX_SIZE);
	size_t offsets = align_up(k->count * 4) + 8, addresses = k->count * 8;

	if (k->num_syms >= offsets && try_relative(k, k->num_syms - offsets))
		return true;
	if (k->num_syms >= addresses && try_absolute(k, k->num_syms - addresses))
		return true;
	return try_absolute(k, behind) || try_relative(k, behind);
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

	for (size_t at = 0; k->size - at >= RELA_SIZE; at += ALIGN) {
		struct relocations run;

		if (!is_relocation(k, at))
			continue;
		run = measure_run(k, at);
		if (run.end - run.start > best.end - best.start)
			best = run;
		at = run.end - ALIGN;
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

static bool find_base(struct kallsyms *k)
{
	size_t place;

	if (!k->is_relative)
		return true;
	place = align_up(k->values + k->count * 4);
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
	if (k->is_relative)
		return k->relative_base + le_get32(k->data + k->values + i * 4);
	return le_get64(k->data + k->values + i * 8);
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

struct kallsyms *kallsyms_new(const struct bytes *image, const char *name, struct error *err)
{
	struct kallsyms *k = xzalloc(sizeof(*k));
	const char *why = NULL;

	k->data = image->data;
	k->size = image->size;
	if (!k->size || !find_tokens(k))
		why = "no kallsyms table in it";
	else if (!find_names(k))
		why = "a kallsyms token table, but no names that fit it";
	else if (!find_values(k))
		why = "kallsyms names, but no addresses that fit them";
	else if (!find_base(k))
		why = "a kallsyms table, but not the address that it counts from";
	if (why) {
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
