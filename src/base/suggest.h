/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/suggest.h: what somebody meant who misspelt a word.
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

/* A search for the nearest of several candidates; strings are borrowed. */
struct suggest {
	const char *word;	/* what was typed */
	const char *best;	/* the nearest one so far, NULL while none is near */
	unsigned distance;	/* its distance */
};

/* Begin to look for WORD. */
struct suggest suggest_start(const char *word);

/* CANDIDATE is a right word: take it when it is nearer than all before.  Letters changed, missing, too many or
 * swapped count one each, up to a third of the word; a word cut short after three letters or more is near, too. */
void suggest_offer(struct suggest *suggest, const char *candidate);

/* "; did you mean 'break'?", or NOTHING when no candidate was near.  It is written to TEXT. */
#define SUGGEST_TEXT_MAX 96
const char *suggest_text(const struct suggest *suggest, const char *nothing, char text[SUGGEST_TEXT_MAX]);

#endif /* BASE_SUGGEST_H */
