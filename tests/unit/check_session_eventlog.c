/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events in text and in JSON, and lists of their kinds.
 */
#include "session/eventlog.h"
#include "session/eventlog_fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "unit.h"

#define BIT(kind)	(1ull << (kind))
#define ALL		(BIT(EVENT_KIND_COUNT) - 1)

START_TEST(names_are_unique)
{
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		ck_assert_int_eq(eventlog_find_kind(eventlog_kind_name(kind)), kind);
		ck_assert_ptr_nonnull(eventlog_kind_brief(kind));
	}
	ck_assert_int_eq(eventlog_find_kind("nothing"), -1);
}
END_TEST

static const struct { const char *list; uint64_t start, mask; } lists[] = {
	{ "all", 0, ALL }, { "none", ALL, 0 }, { "+ldxr", BIT(EVENT_SEV), BIT(EVENT_SEV) | BIT(EVENT_LDXR) },
	{ "-uart", BIT(EVENT_SEV) | BIT(EVENT_UART), BIT(EVENT_SEV) },
	  { "sev,table", ALL, BIT(EVENT_SEV) | BIT(EVENT_TABLE) },
	{ "all,-sev", 0, ALL & ~BIT(EVENT_SEV) }, { "none,+sev", ALL, BIT(EVENT_SEV) },
	  { "", BIT(EVENT_SEV), BIT(EVENT_SEV) },
	{ "sev -uart", ALL, BIT(EVENT_SEV) },
};

START_TEST(reads_lists)
{
	uint64_t mask = lists[_i].start;

	ck_assert(eventlog_parse_mask(lists[_i].list, &mask, NULL));
	ck_assert_msg(mask == lists[_i].mask, "%s: 0x%llx", lists[_i].list, (unsigned long long)mask);
}
END_TEST

START_TEST(refuses_lists)
{
	struct error err = ERROR_NONE;
	uint64_t mask = 5;

	ck_assert(!eventlog_parse_mask("sev,nothing", &mask, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "'nothing'"));
	ck_assert(!eventlog_parse_mask("+a-very-long-word-that-is-no-event-at-all-and-never-was", &mask, &err));
	ck_assert_uint_eq(mask, 5);
}
END_TEST

static const struct { struct event event; const char *text, *json; } formats[] = {
	{ { .t = 7, .cpu = 1, .el = 3, .pc = 0x40, .kind = EVENT_WFE_WAKE, .u.wake = { WAKE_SEV, 0 } },
	  "         7  cpu1  EL3 0x40                          wfe-wake      by sev from cpu0\n",
	  "{\"t\":7,\"cpu\":1,\"el\":3,\"pc\":\"0x40\",\"sym\":null,\"ev\":\"wfe-wake\",\"by\":\"sev\",\"from\":0}\n" },
	{ { .t = 8, .cpu = 0, .el = 1, .pc = 0x44, .kind = EVENT_SEV, .u.sev = { 6 } },
	  "         8  cpu0  EL1 0x44                          sev           woke cpu1,cpu2\n",
	  "{\"t\":8,\"cpu\":0,\"el\":1,\"pc\":\"0x44\",\"sym\":null,\"ev\":\"sev\",\"woke\":[1,2]}\n" },
	{ { .t = 9, .cpu = 0, .el = 1, .pc = 0x48, .kind = EVENT_STXR,
	   .u.exclusive = { 0x400, 8, 1, false, STXR_LOST } },
	  "         9  cpu0  EL1 0x48                          stxr          0x400 = 1 FAILED: lost\n",
	  "{\"t\":9,\"cpu\":0,\"el\":1,\"pc\":\"0x48\",\"sym\":null,\"ev\":\"stxr\",\"addr\":\"0x400\","
	  "\"size\":8,\"value\":\"0x1\","
	  "\"ok\":false,\"why\":\"lost\"}\n" },
	{ { .t = 10, .cpu = 0, .el = 3, .pc = 0x4c, .kind = EVENT_TABLE,
	   .u.table = { "branch_table", 1, 1, 0x400, 0, UINT64_MAX } },
	  "        10  cpu0  EL3 0x4c                          table         branch_table[1] for cpu1: 0 -> -1\n",
	  "{\"t\":10,\"cpu\":0,\"el\":3,\"pc\":\"0x4c\",\"sym\":null,\"ev\":\"table\",\"table\":\"branch_table\","
	  "\"slot\":1,"
	  "\"for\":1,"
	  "\"addr\":\"0x400\",\"old\":\"0x0\",\"new\":\"0xffffffffffffffff\",\"new_sym\":null}\n" },
	{ { .t = 11, .cpu = 0, .el = 1, .pc = 0x50, .kind = EVENT_PSCI_CALL,
	   .u.psci_call = { 0xc4000003, { 1, 0x40200000, 0 } } },
	  "        11  cpu0  EL1 0x50                          psci-call     CPU_ON mpidr=0x1 entry=0x40200000 ctx=0\n",
	  "{\"t\":11,\"cpu\":0,\"el\":1,\"pc\":\"0x50\",\"sym\":null,\"ev\":\"psci-call\",\"fn\":\"CPU_ON\","
	  "\"args\":[\"0x1\",\"0x40200000\",\"0x0\"]}\n" },
	{ { .t = 12, .cpu = EVENT_NO_CPU, .kind = EVENT_STOP, .u.text = { "until", "idle" } },
	  "        12  -                                       stop          until: idle\n",
	  "{\"t\":12,\"cpu\":null,\"ev\":\"stop\",\"reason\":\"until\",\"detail\":\"idle\"}\n" },
};

/* How the JSON of the other kinds ends. */
static const struct { struct event event; const char *json; } fields[] = {
	{ { .kind = EVENT_RESET, .u.power = { POWER_ON } }, "\"reset\",\"state\":\"on\"}" },
	{ { .kind = EVENT_POWER, .u.power = { POWER_SYSTEM_OFF } }, "\"power\",\"state\":\"system-off\"}" },
	{ { .kind = EVENT_EXCEPTION, .u.exception = { 0x17, 1, 3, 0x5e000000, 0x44, 0, 0x800 } },
	  "\"exception\",\"class\":\"SMC64\",\"from\":1,\"to\":3,\"esr\":\"0x5e000000\",\"elr\":\"0x44\",\"far\":\"0x0\","
	  "\"vector\":\"0x800\"}" },
	{ { .kind = EVENT_ERET, .u.eret = { 3, 2, 0x80, false } },
	  "\"eret\",\"from\":3,\"to\":2,\"target\":\"0x80\",\"target_sym\":null}" },
	{ { .kind = EVENT_ERET, .u.eret = { 3, 3, 0x80, true } },
	  "\"eret\",\"from\":3,\"to\":3,\"target\":\"0x80\",\"target_sym\":null,\"illegal\":true}" },
	{ { .kind = EVENT_PSCI_CALL, .u.psci_call = { 0xc4000099, { 1, 2, 3 } } },
	  "\"psci-call\",\"fn\":\"0xc4000099\",\"args\":[\"0x1\",\"0x2\",\"0x3\"]}" },
	{ { .kind = EVENT_PSCI_RETURN, .u.psci_return = { 0xc4000003, -4, 0 } },
	  "\"psci-return\",\"fn\":\"CPU_ON\",\"value\":-4,\"name\":\"ALREADY_ON\"}" },
	{ { .kind = EVENT_PSCI_RETURN, .u.psci_return = { 0xc4000003, 0, 0x40200000 } },
	  "\"value\":0,\"name\":\"SUCCESS\",\"lost\":[\"x21\",\"x30\"]}" },
	{ { .kind = EVENT_WFI_WAKE, .u.wake = { WAKE_IRQ, -1 } }, "\"wfi-wake\",\"by\":\"irq\",\"from\":null}" },
	{ { .kind = EVENT_LDXR, .u.exclusive = { 0x400, 4, 7, false, 0 } },
	  "\"ldxr\",\"addr\":\"0x400\",\"size\":4,\"value\":\"0x7\"}" },
	{ { .kind = EVENT_STXR, .u.exclusive = { 0x400, 8, 1, true, 0 } }, "\"ok\":true,\"why\":null}" },
	{ { .kind = EVENT_MONITOR_LOST, .u.lost = { 0x400, 1, LOST_STORE } },
	  "\"addr\":\"0x400\",\"by\":1,\"how\":\"store\"}" },
	{ { .kind = EVENT_MONITOR_LOST, .u.lost = { 0x400, -1, LOST_STORE } }, "\"by\":null,\"how\":\"store\"}" },
	{ { .kind = EVENT_MMU, .u.mmu = { true } }, "\"mmu\",\"on\":true}" },
	{ { .kind = EVENT_IRQ, .u.irq = { 27, 0 } }, "\"irq\",\"intid\":27}" },
	{ { .kind = EVENT_SGI, .u.irq = { 1, 10 } }, "\"sgi\",\"intid\":1,\"to\":[1,3]}" },
	{ { .kind = EVENT_MILESTONE, .u.milestone = { "spin", 2 } }, "\"milestone\",\"name\":\"spin\",\"order\":2}" },
	{ { .kind = EVENT_UART, .u.uart = { "say \"hi\"\t\x01" } }, "\"uart\",\"text\":\"say \\\"hi\\\"\\t\\u0001\"}" },
};

START_TEST(formats_fields)
{
	struct strbuf json = STRBUF_INIT;
	size_t len = strlen(fields[_i].json);

	eventlog_format_json(NULL, &fields[_i].event, &json);
	ck_assert_msg(json.len > len + 1 && !strncmp(json.text + json.len - len - 1, fields[_i].json, len), "%s",
		      json.text);
	strbuf_free(&json);
}
END_TEST

START_TEST(json_begins_with_a_header)
{
	struct strbuf json = STRBUF_INIT;

	eventlog_json_header("1.2", &json);
	ck_assert_str_eq(json.text,
			 "{\"format\":1,\"program\":\"smptutor\",\"version\":\"1.2\",\"time\":\"instructions\"}\n");
	strbuf_free(&json);
}
END_TEST

START_TEST(formats_events)
{
	struct strbuf text = STRBUF_INIT, json = STRBUF_INIT;

	eventlog_format_text(NULL, &formats[_i].event, &text);
	eventlog_format_json(NULL, &formats[_i].event, &json);
	ck_assert_str_eq(strbuf_text(&text), formats[_i].text);
	ck_assert_str_eq(strbuf_text(&json), formats[_i].json);
	strbuf_free(&text);
	strbuf_free(&json);
}
END_TEST

/* What comes to a log, a letter an event: w CPU 1 wakes by the stream, W by a sev, s it sleeps, x it does something
 * else, o another CPU does, < somebody goes back by 30; what is told of it, letters for events and "|" for a line that tells what was folded;
 * and that line. */
static const struct { const char *letters, *told, *line; } floods[] = {
	{ "swsx", "swsx", NULL },
	{ "swswswsx", "sws|x", "        80  cpu1  EL3 0x44                          wfe-wake      "
	  "by stream 2 more times until t=60, asleep again each time\n" },
	{ "swswx", "sws|x", " by stream 1 more time until t=40, asleep again each time but the last\n" },
	{ "swswsWs", "sws|Ws", " by stream 1 more time until t=40, asleep again each time\n" },
	{ "sWsWs", "sWsWs", NULL },
	{ "swxswx", "swxswx", NULL },
	{ "swswoswo", "swsoo|", "        80  cpu1 " },
	{ "swsws<sws", "sws|sws", "        50  cpu1  EL3 0x44                          wfe-wake      "
	  "by stream 1 more time until t=40, asleep again each time\n" },
	{ "swsws", "sws|", "        50  cpu1 " },
};

/* The event that LETTER stands for. */
static struct event event_of(char letter, uint64_t t)
{
	bool is_wake = letter == 'w' || letter == 'W';
	struct event event = { .t = t, .cpu = letter == 'o' ? 2 : 1, .el = 3, .pc = is_wake ? 0x44 : 0x40 };

	event.kind = is_wake ? EVENT_WFE_WAKE : letter == 's' ? EVENT_WFE_SLEEP : EVENT_SEVL;
	event.u.wake.by = letter == 'w' ? WAKE_STREAM : WAKE_SEV;
	event.u.wake.from = -1;
	return event;
}

START_TEST(folds_the_event_stream)
{
	struct eventlog_fold *fold = xzalloc(sizeof(*fold));
	struct strbuf lines = STRBUF_INIT, told = STRBUF_INIT;
	size_t len = 0;
	uint64_t t = 0;

	for (const char *c = floods[_i].letters; *c; c++) {
		struct event event;
		bool is_told;

		t += *c == '<' ? (uint64_t)-30 : 10;
		if (*c == '<')
			continue;
		event = event_of(*c, t);
		is_told = eventlog_fold_take(fold, NULL, &event, &lines);
		strbuf_puts(&told, lines.len > len ? "|" : "");
		strbuf_add(&told, c, is_told);
		len = lines.len;
	}
	eventlog_fold_end(fold, NULL, t, &lines);
	strbuf_puts(&told, lines.len > len ? "|" : "");
	ck_assert_str_eq(strbuf_text(&told), floods[_i].told);
	if (floods[_i].line)
		ck_assert_msg(strstr(strbuf_text(&lines), floods[_i].line), "%s", strbuf_text(&lines));
	else
		ck_assert_uint_eq(lines.len, 0);
	strbuf_free(&lines);
	strbuf_free(&told);
	free(fold);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/eventlog");
	TCase *tc = tcase_create("eventlog");

	tcase_add_test(tc, names_are_unique);
	tcase_add_loop_test(tc, reads_lists, 0, sizeof(lists) / sizeof(lists[0]));
	tcase_add_test(tc, refuses_lists);
	tcase_add_loop_test(tc, formats_events, 0, sizeof(formats) / sizeof(formats[0]));
	tcase_add_loop_test(tc, formats_fields, 0, sizeof(fields) / sizeof(fields[0]));
	tcase_add_test(tc, json_begins_with_a_header);
	tcase_add_loop_test(tc, folds_the_event_stream, 0, sizeof(floods) / sizeof(floods[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
