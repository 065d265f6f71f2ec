/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/difference.c: the longest common subsequence of lines, and what is not in it.
 *
 * The table of lengths is quadratic, so texts are first cut down to where they begin to differ and to LINES_MAX lines
 * from there.
 */
#include "lesson/difference.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

enum { LINES_MAX = 500, AROUND = 3 };

/* A line, without its end, in somebody else's text. */
struct line { const char *text; size_t len; };
struct lines { struct line *item; size_t len, size; };

static void split(struct lines *lines, const char *text)
{
	while (*text) {
		struct line *line = vec_push(lines);

		line->text = text;
		line->len = strcspn(text, "\n");
		text += line->len + (text[line->len] == '\n');
	}
}

static bool is_equal(const struct line *a, const struct line *b)
{
	return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

static void put(struct strbuf *out, char sign, const struct line *line)
{
	strbuf_printf(out, "%c%.*s\n", sign, (int)line->len, line->text);
}

/* Both texts from FIRST on, at most LINES_MAX lines of each. */
struct pair { const struct line *a, *b; size_t a_len, b_len; uint16_t *common; };

/* Lines in common from A's line I and B's line J on. */
static uint16_t *common(const struct pair *p, size_t i, size_t j)
{
	return &p->common[i * (p->b_len + 1) + j];
}

static void fill_table(const struct pair *p)
{
	for (size_t i = p->a_len; i-- > 0; ) {
		for (size_t j = p->b_len; j-- > 0; ) {
			uint16_t down = *common(p, i + 1, j), right = *common(p, i, j + 1);

			*common(p, i, j) = is_equal(&p->a[i], &p->b[j]) ? *common(p, i + 1, j + 1) + 1 :
					   down > right ? down : right;
		}
	}
}

/* Equal lines COUNT from A's I on: the first and last few of them. */
static void put_equal(const struct pair *p, size_t i, size_t count, bool is_last, struct strbuf *out)
{
	size_t head = count < AROUND ? count : AROUND;
	size_t tail = is_last || count <= 2 * AROUND ? count - head : AROUND;

	for (size_t k = 0; k < head; k++)
		put(out, ' ', &p->a[i + k]);
	if (is_last)
		return;
	if (head + tail < count)
		strbuf_puts(out, "@@\n");
	for (size_t k = count - tail; k < count; k++)
		put(out, ' ', &p->a[i + k]);
}

static size_t equal_run(const struct pair *p, size_t i, size_t j)
{
	size_t count = 0;

	while (i + count < p->a_len && j + count < p->b_len && is_equal(&p->a[i + count], &p->b[j + count]))
		count++;
	return count;
}

static void put_pair(const struct pair *p, struct strbuf *out)
{
	size_t i = 0, j = 0;

	while (i < p->a_len || j < p->b_len) {
		size_t same = equal_run(p, i, j);

		if (same) {
			put_equal(p, i, same, i + same == p->a_len && j + same == p->b_len, out);
			i += same;
			j += same;
		} else if (i < p->a_len && (j == p->b_len || *common(p, i + 1, j) >= *common(p, i, j + 1))) {
			put(out, '-', &p->a[i++]);
		} else {
			put(out, '+', &p->b[j++]);
		}
	}
}

static size_t at_most(size_t n)
{
	return n < LINES_MAX ? n : LINES_MAX;
}

void difference_print(const char *a, const char *b, struct strbuf *out)
{
	struct lines left = VEC_INIT, right = VEC_INIT;
	struct pair p;
	size_t first = 0;

	split(&left, a);
	split(&right, b);
	while (first < left.len && first < right.len && is_equal(&left.item[first], &right.item[first]))
		first++;
	first = first > AROUND ? first - AROUND : 0;
	p = (struct pair){ .a_len = at_most(left.len - first), .b_len = at_most(right.len - first) };
	p.a = p.a_len ? left.item + first : NULL;
	p.b = p.b_len ? right.item + first : NULL;
	p.common = xcalloc((p.a_len + 1) * (p.b_len + 1), sizeof(*p.common));
	fill_table(&p);
	put_pair(&p, out);
	free(p.common);
	vec_free(&left);
	vec_free(&right);
}
