/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/lines.c: source lines for addresses, and the text of source files; the one door to libdw.
 *
 * The line tables of all compilation units are copied into one sorted array when they are read, so nothing of libdw
 * lives on.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "service/lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef HAVE_LIBDW
#include <elfutils/libdw.h>
#endif

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"

enum { SOURCE_MAX = 16 << 20 };	/* a longer file is no source */

/* One row of the line table: the addresses up to the next row's. */
struct row {
	gva_t addr;
	size_t order;		/* as read, to keep rows of one address in their order */
	const char *file;	/* one of lines->files; NULL: no line from here on */
	unsigned int line;
};

/* A source file that was read, or found to be missing. */
struct source {
	char *file;		/* the name that was asked for */
	char *text;		/* each line ended with a NUL; NULL when the file was not found */
	VEC(char *) line;	/* starts of lines in text */
};

struct lines {
	VEC(struct row) rows;
	VEC(char *) files;
	VEC(char *) dirs;
	VEC(struct source) sources;
};

#ifdef HAVE_LIBDW

enum { RECENT_MAX = 512 };	/* file names of libdw whose string in lines->files is remembered */

/* What is at hand while the tables are read. */
struct reader {
	struct lines *lines;
	const char *from[RECENT_MAX];	/* libdw keeps one string a file of a unit, so pointers are compared */
	const char *to[RECENT_MAX];
};

/* FILE as one string that is owned by LINES. */
static const char *intern(struct lines *lines, const char *file)
{
	for (size_t i = lines->files.len; i-- > 0; )
		if (strcmp(lines->files.item[i], file) == 0)
			return lines->files.item[i];
	vec_add(&lines->files, xstrdup(file));
	return lines->files.item[lines->files.len - 1];
}

static const char *file_of(struct reader *r, Dwarf_Line *from)
{
	const char *file = dwarf_linesrc(from, NULL, NULL);
	size_t slot = (uintptr_t)file / 8 % RECENT_MAX;

	if (!file)
		return NULL;
	if (r->from[slot] != file) {
		r->from[slot] = file;
		r->to[slot] = intern(r->lines, file);
	}
	return r->to[slot];
}

static void add_row(struct reader *r, Dwarf_Line *from)
{
	struct lines *lines = r->lines;
	struct row row = { .order = lines->rows.len };
	bool is_end = false;
	Dwarf_Addr addr;
	int line = 0;

	if (dwarf_lineaddr(from, &addr) != 0 || dwarf_lineno(from, &line) != 0 ||
	    dwarf_lineendsequence(from, &is_end) != 0)
		return;
	row.addr = addr;
	row.line = line;
	/* Line 0 is code that no line made; it belongs to the line before. */
	if (!is_end && line == 0)
		return;
	row.file = is_end ? NULL : file_of(r, from);
	vec_add(&lines->rows, row);
}

/* Rows of one address: an end goes before a start, and of several starts the last one read is what counts. */
static int compare_rows(const void *pa, const void *pb)
{
	const struct row *a = pa, *b = pb;

	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	if (!a->file != !b->file)
		return !a->file ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void read_units(struct lines *lines, Dwarf *dwarf)
{
	struct reader *reader = xzalloc(sizeof(*reader));
	Dwarf_Off offset = 0, next;
	size_t header;

	reader->lines = lines;
	while (dwarf_nextcu(dwarf, offset, &next, &header, NULL, NULL, NULL) == 0) {
		Dwarf_Lines *table;
		Dwarf_Die die;
		size_t count;

		if (dwarf_offdie(dwarf, offset + header, &die) && dwarf_getsrclines(&die, &table, &count) == 0)
			for (size_t i = 0; i < count; i++)
				add_row(reader, dwarf_onesrcline(table, i));
		offset = next;
	}
	free(reader);
}

static void read_elf(struct lines *lines, const struct bytes *bytes)
{
	Elf *elf;
	Dwarf *dwarf;

	elf_version(EV_CURRENT);
	elf = elf_memory((char *)bytes->data, bytes->size);
	dwarf = elf ? dwarf_begin_elf(elf, DWARF_C_READ, NULL) : NULL;
	if (dwarf)
		read_units(lines, dwarf);
	dwarf_end(dwarf);
	elf_end(elf);
	if (lines->rows.len)
		qsort(lines->rows.item, lines->rows.len, sizeof(lines->rows.item[0]), compare_rows);
}

bool lines_are_supported(void)
{
	return true;
}

#else

static void read_elf(struct lines *lines, const struct bytes *bytes)
{
	(void)lines;
	(void)bytes;
}

bool lines_are_supported(void)
{
	return false;
}

#endif

struct lines *lines_new(const struct bytes *elf)
{
	struct lines *lines = xzalloc(sizeof(*lines));

	read_elf(lines, elf);
	return lines;
}

static void free_source(struct source *source)
{
	free(source->file);
	free(source->text);
	vec_free(&source->line);
}

void lines_free(struct lines *lines)
{
	if (!lines)
		return;
	for (size_t i = 0; i < lines->files.len; i++)
		free(lines->files.item[i]);
	for (size_t i = 0; i < lines->dirs.len; i++)
		free(lines->dirs.item[i]);
	for (size_t i = 0; i < lines->sources.len; i++)
		free_source(&lines->sources.item[i]);
	vec_free(&lines->rows);
	vec_free(&lines->files);
	vec_free(&lines->dirs);
	vec_free(&lines->sources);
	free(lines);
}

size_t lines_count(const struct lines *lines)
{
	return lines->rows.len;
}

bool lines_find(const struct lines *lines, gva_t addr, struct lines_place *out)
{
	size_t low = 0, high = lines->rows.len;
	const struct row *row;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (lines->rows.item[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return false;
	row = &lines->rows.item[low - 1];
	if (!row->file)
		return false;
	*out = (struct lines_place){ .file = row->file, .line = row->line };
	return true;
}

/* Does the path FULL end with the path components TAIL? */
static bool ends_with_path(const char *full, const char *tail)
{
	size_t a = strlen(full), b = strlen(tail);

	if (b > a || strcmp(full + a - b, tail) != 0)
		return false;
	return a == b || full[a - b - 1] == '/' || tail[0] == '/';
}

bool lines_find_addr(const struct lines *lines, const char *file, unsigned int line, gva_t *addr)
{
	const struct row *best = NULL;
	const char *matched = NULL;

	for (size_t i = 0; i < lines->rows.len; i++) {
		const struct row *row = &lines->rows.item[i];

		if (!row->file || row->line < line || (best && row->line >= best->line))
			continue;
		if (row->file != matched && !ends_with_path(row->file, file))
			continue;
		matched = row->file;
		best = row;
	}
	if (best)
		*addr = best->addr;
	return best != NULL;
}

void lines_add_source_dir(struct lines *lines, const char *dir)
{
	vec_add(&lines->dirs, xstrdup(dir));
}

/* Cut the LEN bytes of source->text into lines. */
static void split_source(struct source *source, size_t len)
{
	char *at = source->text, *end = at + len;

	while (at < end) {
		char *newline = memchr(at, '\n', end - at);

		vec_add(&source->line, at);
		if (!newline)
			break;
		*newline = '\0';
		at = newline + 1;
	}
}

static bool read_source(struct source *source, const char *path)
{
	struct bytes bytes;

	if (!file_read(path, SOURCE_MAX, &bytes, NULL))
		return false;
	source->text = xstrndup((const char *)bytes.data, bytes.size);
	bytes_free(&bytes);
	split_source(source, strlen(source->text));
	return true;
}

/* Look for FILE below DIR: with all of its path, then with ever fewer leading components. */
static bool find_below(struct source *source, const char *dir, const char *file)
{
	bool found = false;

	while (!found && file) {
		struct strbuf path = STRBUF_INIT;
		const char *slash = strchr(file, '/');

		strbuf_printf(&path, "%s/%s", dir, file);
		found = read_source(source, strbuf_text(&path));
		strbuf_free(&path);
		file = slash ? slash + 1 : NULL;
	}
	return found;
}

static struct source *get_source(struct lines *lines, const char *file)
{
	struct source *source;

	for (size_t i = 0; i < lines->sources.len; i++)
		if (strcmp(lines->sources.item[i].file, file) == 0)
			return &lines->sources.item[i];
	source = vec_push(&lines->sources);
	source->file = xstrdup(file);
	for (size_t i = 0; i < lines->dirs.len; i++)
		if (find_below(source, lines->dirs.item[i], file))
			return source;
	read_source(source, file);
	return source;
}

const char *lines_text(struct lines *lines, const char *file, unsigned int line)
{
	struct source *source = get_source(lines, file);

	if (line == 0 || line > source->line.len)
		return NULL;
	return source->line.item[line - 1];
}
