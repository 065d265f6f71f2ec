/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/prompt.c: editing one line.
 */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/width.h"
#include "ui/keys.h"

struct prompt {
	struct strbuf text;
	size_t at;			/* byte that the cursor is on */
	VEC(char *) history;
	size_t recalled;		/* index in history; its length: the line being typed */
	char *typed;			/* that line, while an older one is shown */
	struct strbuf choices;
	prompt_complete_fn *complete;
	void *complete_ctx;
};

struct prompt *prompt_new(void)
{
	struct prompt *prompt = xzalloc(sizeof(*prompt));

	strbuf_puts(&prompt->text, "");
	return prompt;
}

void prompt_free(struct prompt *prompt)
{
	if (!prompt)
		return;
	for (size_t i = 0; i < prompt->history.len; i++)
		free(prompt->history.item[i]);
	vec_free(&prompt->history);
	strbuf_free(&prompt->text);
	strbuf_free(&prompt->choices);
	free(prompt->typed);
	free(prompt);
}

void prompt_set_completer(struct prompt *prompt, prompt_complete_fn *fn, void *ctx)
{
	prompt->complete = fn;
	prompt->complete_ctx = ctx;
}

const char *prompt_text(const struct prompt *prompt)
{
	return strbuf_text(&prompt->text);
}

int prompt_cursor(const struct prompt *prompt)
{
	char *before = xstrndup(prompt_text(prompt), prompt->at);
	int width = width_of_text(before);

	free(before);
	return width;
}

const char *prompt_choices(const struct prompt *prompt)
{
	return strbuf_text(&prompt->choices);
}

static void replace(struct prompt *prompt, const char *text)
{
	char *copy = xstrdup(text);

	strbuf_clear(&prompt->text);
	strbuf_puts(&prompt->text, copy);
	prompt->at = prompt->text.len;
	free(copy);
}

void prompt_start(struct prompt *prompt, const char *text)
{
	replace(prompt, text);
	strbuf_clear(&prompt->choices);
	prompt->recalled = prompt->history.len;
}

/* ---- editing ---- */

static size_t before(const struct prompt *prompt, size_t at)
{
	if (at)
		at--;
	while (at && ((unsigned char)prompt_text(prompt)[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static size_t after(const struct prompt *prompt, size_t at)
{
	size_t len = utf8_char_len(prompt_text(prompt) + at);

	return at < prompt->text.len ? at + (len ? len : 1) : at;
}

/* Start of the word before the cursor. */
static size_t word_before(const struct prompt *prompt)
{
	const char *text = prompt_text(prompt);
	size_t at = prompt->at;

	while (at && text[at - 1] == ' ')
		at--;
	while (at && text[at - 1] != ' ')
		at--;
	return at;
}

/* Replace the bytes from FROM to TO by TEXT and put the cursor behind it. */
static void splice(struct prompt *prompt, size_t from, size_t to, const char *text)
{
	char *tail = xstrdup(prompt_text(prompt) + to);

	prompt->text.len = from;
	strbuf_puts(&prompt->text, text);
	prompt->at = prompt->text.len;
	strbuf_puts(&prompt->text, tail);
	free(tail);
}

static void insert(struct prompt *prompt, int key)
{
	char text[UTF8_SIZE];

	utf8_encode((uint32_t)key, text);
	splice(prompt, prompt->at, prompt->at, text);
}

/* ---- history ---- */

static void remember(struct prompt *prompt)
{
	const char *text = prompt_text(prompt);
	size_t len = prompt->history.len;

	if (*text && (!len || strcmp(prompt->history.item[len - 1], text)))
		vec_add(&prompt->history, xstrdup(text));
}

static void recall(struct prompt *prompt, size_t index)
{
	if (index > prompt->history.len)
		return;
	if (prompt->recalled == prompt->history.len) {
		free(prompt->typed);
		prompt->typed = xstrdup(prompt_text(prompt));
	}
	prompt->recalled = index;
	replace(prompt, index < prompt->history.len ? prompt->history.item[index] : prompt->typed);
}

/* ---- completion ---- */

/* Bytes that all words of C start with. */
static size_t common(const struct completions *c)
{
	size_t len = strlen(c->words.item[0]);

	for (size_t i = 1; i < c->words.len; i++) {
		size_t same = 0;

		while (same < len && c->words.item[i][same] == c->words.item[0][same])
			same++;
		len = same;
	}
	return len;
}

static void list_choices(struct prompt *prompt, const struct completions *c)
{
	for (size_t i = 0; i < c->words.len; i++)
		strbuf_printf(&prompt->choices, "%s%s", i ? "  " : "", c->words.item[i]);
}

static void complete(struct prompt *prompt)
{
	struct completions c = { VEC_INIT, 0 };
	char *word;

	if (!prompt->complete)
		return;
	prompt->complete(prompt->complete_ctx, prompt_text(prompt), prompt->at, &c);
	if (c.words.len) {
		word = xstrndup(c.words.item[0], common(&c));
		if (c.start + strlen(word) >= prompt->at)
			splice(prompt, c.start, prompt->at, word);
		free(word);
	}
	if (c.words.len == 1)
		splice(prompt, prompt->at, prompt->at, " ");
	else
		list_choices(prompt, &c);
	command_completions_free(&c);
}

/* ---- keys ---- */

/* A key that moves or deletes; false when it is another one. */
static bool edit(struct prompt *prompt, int key)
{
	switch (key) {
	case UI_KEY_LEFT: case UI_CTRL('b'):
		prompt->at = before(prompt, prompt->at);
		return true;
	case UI_KEY_RIGHT: case UI_CTRL('f'):
		prompt->at = after(prompt, prompt->at);
		return true;
	case UI_KEY_TO_START: case UI_CTRL('a'):
		prompt->at = 0;
		return true;
	case UI_KEY_TO_END: case UI_CTRL('e'):
		prompt->at = prompt->text.len;
		return true;
	case UI_KEY_RUBOUT: case UI_CTRL('h'):
		splice(prompt, before(prompt, prompt->at), prompt->at, "");
		return true;
	case UI_CTRL('w'):
		splice(prompt, word_before(prompt), prompt->at, "");
		return true;
	case UI_CTRL('u'):
		splice(prompt, 0, prompt->at, "");
		return true;
	}
	return false;
}

/* Deletions that leave the cursor where it is. */
static bool delete_after(struct prompt *prompt, int key)
{
	size_t at = prompt->at;

	if (key == UI_KEY_DELETE || key == UI_CTRL('d'))
		splice(prompt, at, after(prompt, at), "");
	else if (key == UI_CTRL('k'))
		splice(prompt, at, prompt->text.len, "");
	else
		return false;
	return true;
}

enum prompt_state prompt_key(struct prompt *prompt, int key)
{
	strbuf_clear(&prompt->choices);
	if (key == UI_KEY_ENTER || key == '\n') {
		remember(prompt);
		return PROMPT_DONE;
	}
	if (key == UI_KEY_ESCAPE || key == UI_CTRL('c') ||
	    (!prompt->text.len && (key == UI_KEY_RUBOUT || key == UI_CTRL('h'))))
		return PROMPT_CANCELLED;
	if (edit(prompt, key) || delete_after(prompt, key))
		return PROMPT_EDITING;
	if (key == UI_KEY_UP || key == UI_CTRL('p'))
		recall(prompt, prompt->recalled - 1);
	else if (key == UI_KEY_DOWN || key == UI_CTRL('n'))
		recall(prompt, prompt->recalled + 1);
	else if (key == UI_KEY_TAB)
		complete(prompt);
	else if (key >= ' ' && key < UI_KEY_FIRST_SPECIAL && key != UI_KEY_RUBOUT)
		insert(prompt, key);
	return PROMPT_EDITING;
}
