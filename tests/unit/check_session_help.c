/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help and completion: both come from the tables of commands, and know what a front end adds.
 */
#include "session/help.h"

#include <stdlib.h>
#include <string.h>

#include "said.h"
#include "session/eventlog.h"
#include "unit.h"

static const struct said topics[] = {
	{ "help", "until " },
	{ "help", "memory-model" },
	{ "help until", "Shortest form: u\n" },
	{ "help u", "until COND" },
	{ "help conditions", "  online:N " },
	{ "help events", "branch_table" },
	{ "help expressions", "  branch_table[1] " },
	{ "help memory-model", "sequentially consistent" },
	{ "help milestones", "secondary_start_kernel" },
	{ "help history", "rcontinue" },
	{ "! help histroy", "did you mean 'history'" },
	{ "! help frobnicate", "frobnicate" },
};

START_TEST(helps)
{
	SAID_BOOTED("psci-smc", 1, topics);
}
END_TEST

/* No command and no event is left out, and no line is too long for a terminal. */
START_TEST(is_complete)
{
	const struct command_set *set;
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_NONE;

	for (size_t i = 0; (set = commands_at(i)); i++) {
		for (size_t n = 0; n < set->count; n++) {
			strbuf_free(&out);
			ck_assert_msg(help_print(NULL, set->items[n].name, &out, &err), "%s", err.text);
			ck_assert_msg(strstr(out.text, set->items[n].name) != NULL, "%s", set->items[n].name);
			for (const char *at = out.text; *at; at += strcspn(at, "\n") + 1)
				ck_assert_msg(strcspn(at, "\n") <= 100, "help %s: %.30s", set->items[n].name, at);
		}
	}
	strbuf_free(&out);
	ck_assert(help_print(NULL, "events", &out, &err));
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++)
		ck_assert_msg(strstr(out.text, eventlog_kind_name(kind)) != NULL, "%s", eventlog_kind_name(kind));
	strbuf_free(&out);
}
END_TEST

/* A front end's topics are known to `help` as its own are. */
START_TEST(knows_what_is_added)
{
	static const struct help_topic own[] = { { "keys", "what keys do", "q is the end.\n", NULL } };
	static const struct said table[] = {
		{ "help", "what keys do" }, { "help keys", "q is the end.\n" }, { "! help kesy", "did you mean 'keys'" },
	};
	struct session *session = booted("psci-smc", 1);

	help_add_topics(session, (struct help_topics){ own, 1 });
	SAID_CHECK(session, table);
	session_free(session);
}
END_TEST

/* After LINE the word WORD is offered, and there are COUNT in all (0: any number). */
static const struct { const char *line, *word; size_t count; } lines[] = {
	{ "", "until", 0 }, { "disas", "disassemble", 1 }, { "  disas", "disassemble", 1 },
	{ "frobnicate x", NULL, 0 }, { "break secondary_start_", "secondary_start_kernel", 1 },
	{ "cpu ", "1", 2 }, { "info mon", "monitors", 1 }, { "help memory", NULL, 0 },
	{ "print cpu1.st", "cpu1.state", 1 }, { "print cpu1.sctlr_el1", "cpu1.sctlr_el1", 1 },
	{ "print cpu0.x0 + cp", "cpu1.", 0 }, { "print mem3", "mem32[", 1 },
	{ "print milestone.secondary_start_", "milestone.secondary_start_kernel", 1 },
	{ "until milestone:secondary_start_", "milestone:secondary_start_kernel", 1 },
	{ "until event:psci-c", "event:psci-call", 1 }, { "until onl", "online:", 2 },
	{ "until cpu1:", NULL, 0 }, { "source no", NULL, 0 },
};

START_TEST(completes)
{
	struct session *session = booted("psci-smc", 2);
	struct completions c;
	bool found = false;

	command_complete(session, lines[_i].line, strlen(lines[_i].line), &c);
	for (size_t i = 0; i < c.words.len; i++) {
		const char *typed = lines[_i].line + c.start;

		ck_assert_msg(!strncmp(c.words.item[i], typed, strlen(typed)), "%s: %s", lines[_i].line, c.words.item[i]);
		found = found || (lines[_i].word && !strcmp(c.words.item[i], lines[_i].word));
	}
	ck_assert_msg(found == (lines[_i].word != NULL), "'%s' is not offered for '%s'", lines[_i].word, lines[_i].line);
	if (lines[_i].count)
		ck_assert_uint_eq(c.words.len, lines[_i].count);
	command_completions_free(&c);
	session_free(session);
}
END_TEST

/* What is offered stands for the word before the cursor, not for what is behind it. */
START_TEST(completes_at_the_cursor)
{
	struct session *session = booted("psci-smc", 1);
	struct completions c;

	command_complete(session, "info monXXX", 8, &c);
	ck_assert_uint_eq(c.start, 5);
	ck_assert_uint_eq(c.words.len, 1);
	ck_assert_str_eq(c.words.item[0], "monitors");
	command_completions_free(&c);
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/help");
	TCase *tc = tcase_create("help");

	tcase_add_test(tc, helps);
	tcase_add_test(tc, is_complete);
	tcase_add_test(tc, knows_what_is_added);
	tcase_add_loop_test(tc, completes, 0, sizeof(lines) / sizeof(lines[0]));
	tcase_add_test(tc, completes_at_the_cursor);
	suite_add_tcase(suite, tc);
	return suite;
}
