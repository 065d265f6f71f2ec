/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The JSON writer: commas, nesting, and strings that any reader takes (RFC 8259 section 7).
 */
#include "base/json.h"

#include "unit.h"

static const struct string_case {
	const char *value, *want;
} string_cases[] = {
	{ "", "\"\"" },
	{ "spin+0x28", "\"spin+0x28\"" },
	{ "say \"wfe\"", "\"say \\\"wfe\\\"\"" },
	{ "C:\\x", "\"C:\\\\x\"" },
	{ "a\nb\tc", "\"a\\nb\\tc\"" },
	{ "\x01\x1f\x7f\r", "\"\\u0001\\u001f\\u007f\\u000d\"" },
	{ "\xeb\xb6\x80\xed\x8c\x85", "\"\xeb\xb6\x80\xed\x8c\x85\"" },
	{ "\xff", "\"\xef\xbf\xbd\"" },
	{ "a\xc3", "\"a\xef\xbf\xbd\"" },
	{ NULL, "null" },
};

START_TEST(string_is_quoted)
{
	const struct string_case *c = &string_cases[_i];
	struct strbuf out = STRBUF_INIT;
	struct json json;

	json_init(&json, &out);
	json_string(&json, c->value);
	ck_assert_str_eq(strbuf_text(&out), c->want);
	strbuf_free(&out);
}
END_TEST

START_TEST(scalars)
{
	struct strbuf out = STRBUF_INIT;
	struct json json;

	json_init(&json, &out);
	json_array_begin(&json);
	json_u64(&json, UINT64_MAX);
	json_i64(&json, INT64_MIN);
	json_hex(&json, 0xffff000008080000);
	json_bool(&json, true);
	json_bool(&json, false);
	json_null(&json);
	json_array_end(&json);
	ck_assert_str_eq(strbuf_text(&out), "[18446744073709551615,-9223372036854775808,"
			 "\"0xffff000008080000\",true,false,null]");
	strbuf_free(&out);
}
END_TEST

START_TEST(nesting_and_commas)
{
	struct strbuf out = STRBUF_INIT;
	struct json json;

	json_init(&json, &out);
	json_object_begin(&json);
	json_key(&json, "cpus");
	json_array_begin(&json);
	json_object_begin(&json);
	json_object_end(&json);
	json_object_begin(&json);
	json_key(&json, "mpidr");
	json_hex(&json, 1);
	json_key(&json, "logical");
	json_u64(&json, 1);
	json_object_end(&json);
	json_array_end(&json);
	json_key(&json, "ignored");
	json_array_begin(&json);
	json_array_end(&json);
	json_object_end(&json);
	ck_assert_str_eq(strbuf_text(&out),
			 "{\"cpus\":[{},{\"mpidr\":\"0x1\",\"logical\":1}],\"ignored\":[]}");
	strbuf_free(&out);
}
END_TEST

START_TEST(key_is_quoted_too)
{
	struct strbuf out = STRBUF_INIT;
	struct json json;

	json_init(&json, &out);
	json_object_begin(&json);
	json_key(&json, "a\"b");
	json_null(&json);
	json_object_end(&json);
	ck_assert_str_eq(strbuf_text(&out), "{\"a\\\"b\":null}");
	strbuf_free(&out);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/json");
	TCase *tcase = tcase_create("json");

	tcase_add_loop_test(tcase, string_is_quoted, 0, sizeof(string_cases) / sizeof(string_cases[0]));
	tcase_add_test(tcase, scalars);
	tcase_add_test(tcase, nesting_and_commas);
	tcase_add_test(tcase, key_is_quoted_too);
	suite_add_tcase(suite, tcase);
	return suite;
}
