/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/ksymtab.c: what a Linux kernel exports to its modules.
 *
 * Nothing says where the table is.  One name that every SMP kernel exports is searched for; the word that points to it
 * is in an entry of the table, and its neighbours are read for as long as they look like entries, too.
 */
#include "service/ksymtab.h"

#include <stdbool.h>
#include <string.h>

#include "base/le.h"

static const char anchor[] = "\0__cpu_online_mask";

enum {
	ENTRY_SIZE = 12, NAME_OFFSET = 4,
	NAME_MAX_LEN = 512,		/* Linux KSYM_NAME_LEN */
	ANCHORS_MAX = 16,		/* each costs a look at the whole image, and a kernel has one or two */
};

struct ksymtab {
	const struct bytes *image;
	uint64_t memory_size;
};

/* Where the 32-bit offset at AT leads; wraps for what leads out of the image in front. */
static uint64_t follow(const struct bytes *image, size_t at)
{
	return at + (uint64_t)(int64_t)(int32_t)le_get32(image->data + at);
}

/* A name is a C string that begins where another one ends. */
static const char *name_at(const struct bytes *image, uint64_t at)
{
	const char *text = (const char *)image->data + at;
	size_t max;

	if (at == 0 || at >= image->size || image->data[at - 1])
		return NULL;
	max = image->size - at < NAME_MAX_LEN ? image->size - at : NAME_MAX_LEN;
	if (!memchr(text, '\0', max))
		return NULL;
	for (const char *c = text; *c; c++)
		if (*c <= ' ' || *c >= 0x7f)
			return NULL;
	return *text ? text : NULL;
}

/* The entry at AT: its name, and where its value is; NULL when it is none. */
static const char *read_entry(const struct ksymtab *k, size_t at, uint64_t *value)
{
	if (at > k->image->size - ENTRY_SIZE)
		return NULL;
	*value = follow(k->image, at);
	return *value < k->memory_size ? name_at(k->image, follow(k->image, at + NAME_OFFSET)) : NULL;
}

/* The entry whose name is at NAME. */
static bool find_entry(const struct ksymtab *k, size_t name, size_t *entry)
{
	uint64_t value;

	for (size_t at = 0; at + ENTRY_SIZE <= k->image->size; at += 4) {
		if (follow(k->image, at + NAME_OFFSET) == name && read_entry(k, at, &value)) {
			*entry = at;
			return true;
		}
	}
	return false;
}

static bool find_table(const struct ksymtab *k, size_t *entry)
{
	const uint8_t *start = k->image->data, *at = start, *end = start + k->image->size;

	for (int i = 0; i < ANCHORS_MAX && (at = memmem(at, (size_t)(end - at), anchor, sizeof(anchor))); i++, at++)
		if (find_entry(k, (size_t)(at - start) + 1, entry))
			return true;
	return false;
}

size_t ksymtab_each(const struct bytes *image, uint64_t memory_size, ksymtab_fn *fn, void *ctx)
{
	struct ksymtab k = { image, memory_size };
	const char *name;
	uint64_t value;
	size_t at, count = 0;

	if (image->size < ENTRY_SIZE || !find_table(&k, &at))
		return 0;
	while (at >= ENTRY_SIZE && read_entry(&k, at - ENTRY_SIZE, &value))
		at -= ENTRY_SIZE;
	for (; (name = read_entry(&k, at, &value)); at += ENTRY_SIZE, count++)
		fn(ctx, name, value);
	return count;
}
