/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/suggest.c: the distance of two words, by Damerau and Levenshtein.
 */
#include "base/suggest.h"

#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 40, PREFIX_MIN = 3 };

static unsigned min(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Row I of the table is the distance of the first I letters of A to those of B; three rows are enough. */
static unsigned distance(const char *a, const char *b)
{
	unsigned rows[3][WORD_MAX + 1], len = (unsigned)strlen(b);
	unsigned *before = rows[0], *last = rows[1], *row = rows[2];

	for (unsigned j = 0; j <= len; j++)
		last[j] = before[j] = j;
	for (unsigned i = 1; a[i - 1]; i++) {
		unsigned *oldest = before;

		row[0] = i;
		for (unsigned j = 1; j <= len; j++) {
			row[j] = min(min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = min(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = oldest;
	}
	return last[len];
}

struct suggest suggest_start(const char *word)
{
	return (struct suggest){ .word = word, .distance = (unsigned)strlen(word) / 3 + 1 };
}

void suggest_offer(struct suggest *suggest, const char *candidate)
{
	size_t len = strlen(suggest->word);
	unsigned d;

	if (!len || len > WORD_MAX || strlen(candidate) > WORD_MAX)
		return;
	d = distance(suggest->word, candidate);
	if (len >= PREFIX_MIN && !strncmp(candidate, suggest->word, len))
		d = min(d, 1);
	/* Of two letters one wrong one leaves nothing to go by. */
	if (d >= suggest->distance || d >= len)
		return;
	suggest->distance = d;
	suggest->best = candidate;
}

const char *suggest_text(const struct suggest *suggest, const char *nothing, char text[SUGGEST_TEXT_MAX])
{
	if (!suggest->best)
		return nothing;
	snprintf(text, SUGGEST_TEXT_MAX, "; did you mean '%s'?", suggest->best);
	return text;
}
