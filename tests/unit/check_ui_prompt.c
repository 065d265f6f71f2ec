/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The prompt: editing, history and completion, each as keys in and a line out.
 */
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/keys.h"
#include "unit.h"

/* Completes the first word to one of these. */
static void complete(void *ctx, const char *line, size_t len, struct completions *c)
{
	static const char *const words[] = { "step", "stepping", "spin" };

	(void)ctx;
	*c = (struct completions){ VEC_INIT, 0 };
	for (size_t i = 0; i < 3; i++)
		if (!strncmp(words[i], line, len))
			vec_add(&c->words, xstrdup(words[i]));
}

/* Press the blank-separated KEYS; what the last one did. */
static enum prompt_state press(struct prompt *prompt, const char *keys)
{
	enum prompt_state state = PROMPT_EDITING;
	char *copy = xstrdup(keys);

	for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "))
		state = prompt_key(prompt, keys_parse(name));
	free(copy);
	return state;
}

static const struct edit {
	const char *keys, *want;
	int cursor;
} edits[] = {
	{ "a b c", "abc", 3 },
	{ "a b c Left Left x", "axbc", 2 },
	{ "a b c Home x End y", "xabcy", 5 },
	{ "a b c C-a x C-e y", "xabcy", 5 },
	{ "a b c Backspace", "ab", 2 },
	{ "a b c Left Del", "ab", 2 },
	{ "a b c Home Del", "bc", 0 },
	{ "a b c Left C-k", "ab", 2 },
	{ "a b c Left C-u", "c", 0 },
	{ "a b Space c d Space C-w", "ab ", 3 },
	{ "a Left Left Left x", "xa", 1 },
	{ "核 心 Left x", "核x心", 3 },
	{ "核 心 Backspace", "核", 2 },
	{ "é a Left Left Del", "a", 0 },
	{ "F1 a", "a", 1 },
};

START_TEST(keys_edit)
{
	struct prompt *prompt = prompt_new();

	prompt_start(prompt, "");
	ck_assert_int_eq(press(prompt, edits[_i].keys), PROMPT_EDITING);
	ck_assert_str_eq(prompt_text(prompt), edits[_i].want);
	ck_assert_int_eq(prompt_cursor(prompt), edits[_i].cursor);
	prompt_free(prompt);
}
END_TEST

START_TEST(lines_are_remembered)
{
	struct prompt *prompt = prompt_new();

	for (const char *const *line = (const char *const[]){ "o n e", "t w o", "t w o", NULL }; *line; line++) {
		prompt_start(prompt, "");
		press(prompt, *line);
		ck_assert_int_eq(press(prompt, "Enter"), PROMPT_DONE);
	}
	prompt_start(prompt, "");
	press(prompt, "x Up");
	ck_assert_str_eq(prompt_text(prompt), "two");
	press(prompt, "Up");
	ck_assert_str_eq(prompt_text(prompt), "one");
	press(prompt, "Up");
	ck_assert_str_eq(prompt_text(prompt), "one");
	press(prompt, "Down Down");
	ck_assert_str_eq(prompt_text(prompt), "x");
	press(prompt, "Down");
	ck_assert_str_eq(prompt_text(prompt), "x");
	prompt_free(prompt);
}
END_TEST

static const struct end { const char *keys; enum prompt_state want;
} ends[] = {
	{ "a Enter", PROMPT_DONE },    { "Enter", PROMPT_DONE },	  { "a Esc", PROMPT_CANCELLED },
	{ "a C-c", PROMPT_CANCELLED }, { "a Backspace", PROMPT_EDITING }, { "a Backspace Backspace", PROMPT_CANCELLED },
};

START_TEST(keys_end)
{
	struct prompt *prompt = prompt_new();

	prompt_start(prompt, "");
	ck_assert_int_eq(press(prompt, ends[_i].keys), ends[_i].want);
	prompt_free(prompt);
}
END_TEST

static const struct completion { const char *keys, *want, *choices; } completions[] = {
	{ "s Tab", "s", "step  stepping  spin" },
	{ "s t Tab", "step", "step  stepping" },
	{ "s p Tab", "spin ", "" },
	{ "x Tab", "x", "" },
	{ "s t Tab p", "stepp", "" },
	{ "s p x Left Tab", "spin x", "" },
};

START_TEST(tab_completes)
{
	struct prompt *prompt = prompt_new();

	prompt_set_completer(prompt, complete, NULL);
	prompt_start(prompt, "");
	press(prompt, completions[_i].keys);
	ck_assert_str_eq(prompt_text(prompt), completions[_i].want);
	ck_assert_str_eq(prompt_choices(prompt), completions[_i].choices);
	prompt_free(prompt);
}
END_TEST

START_TEST(start_takes_a_text)
{
	struct prompt *prompt = prompt_new();

	prompt_start(prompt, "watch ");
	press(prompt, "x");
	ck_assert_str_eq(prompt_text(prompt), "watch x");
	prompt_free(prompt);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("ui/prompt");
	TCase *tcase = tcase_create("prompt");

	tcase_add_loop_test(tcase, keys_edit, 0, sizeof(edits) / sizeof(edits[0]));
	tcase_add_test(tcase, lines_are_remembered);
	tcase_add_loop_test(tcase, keys_end, 0, sizeof(ends) / sizeof(ends[0]));
	tcase_add_loop_test(tcase, tab_completes, 0, sizeof(completions) / sizeof(completions[0]));
	tcase_add_test(tcase, start_takes_a_text);
	suite_add_tcase(suite, tcase);
	return suite;
}
