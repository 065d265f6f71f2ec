/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of keys: no key means two things, every row can be reached by its name, and the help lists them all.
 */
#include "ui/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "unit.h"

START_TEST(no_key_means_two_things)
{
	const struct key_binding *a, *b;

	for (size_t i = 0; (a = keys_at(i)); i++)
		for (size_t j = i + 1; (b = keys_at(j)); j++)
			for (size_t k = 0; k < 9; k++)
				ck_assert_msg(!a->keys[k % 3] || a->keys[k % 3] != b->keys[k / 3], "%s and %s", a->name,
					      b->name);
}
END_TEST

START_TEST(names_are_keys)
{
	const struct key_binding *row;

	for (size_t i = 0; (row = keys_at(i)); i++) {
		char *names = xstrdup(row->name);

		for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) {
			if (row->action == ACTION_CPU && !strcmp(name, "to"))
				continue;
			ck_assert_msg(keys_find(keys_parse(name), NULL) == row, "%s", name);
		}
		free(names);
	}
}
END_TEST

START_TEST(rows_with_commands_and_no_others)
{
	const struct key_binding *row;

	for (size_t i = 0; (row = keys_at(i)); i++)
		ck_assert_int_eq(row->action == ACTION_COMMAND || row->action == ACTION_ANSWER, row->command != NULL);
}
END_TEST

START_TEST(help_lists_every_key)
{
	struct strbuf out = STRBUF_INIT;
	const struct key_binding *row;

	keys_help(NULL, &out);
	for (size_t i = 0; (row = keys_at(i)); i++)
		ck_assert_msg(strstr(out.text, row->help), "%s", row->name);
	strbuf_free(&out);
}
END_TEST

static const struct named { const char *name; int key;
} named[] = {
	{ "s", 's' },	     { "C-c", 3 },     { "Tab", '\t' },		{ "Space", ' ' },
	{ "?", '?' },	     { "核", 0x6838 }, { "Down", UI_KEY_DOWN }, { "nonsense", UI_KEY_NONE },
	{ "", UI_KEY_NONE },
};

START_TEST(names_are_read)
{
	ck_assert_int_eq(keys_parse(named[_i].name), named[_i].key);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("ui/keys");
	TCase *tcase = tcase_create("keys");

	tcase_add_test(tcase, no_key_means_two_things);
	tcase_add_test(tcase, names_are_keys);
	tcase_add_test(tcase, rows_with_commands_and_no_others);
	tcase_add_test(tcase, help_lists_every_key);
	tcase_add_loop_test(tcase, names_are_read, 0, sizeof(named) / sizeof(named[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
