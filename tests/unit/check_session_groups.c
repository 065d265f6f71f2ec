/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sentences about CPUs that are alike become one.
 */
#include "session/groups.h"

#include "unit.h"

/* What is said of each CPU; a groups_fn has no other place to get it from. */
static const char *const *said;

static void say(const struct session *session, unsigned n, struct strbuf *out)
{
	(void)session;
	strbuf_puts(out, said[n]);
}

static const struct { const char *said[5]; uint64_t cpus; const char *text; } groups[] = {
	{ { "CPU0 runs at main", "CPU1 is off", "CPU2 is off" }, 7, "CPU0 runs at main\nCPU1-CPU2 are off\n" },
	{ { "CPU0 sleeps in wfe at spin+0x28 in EL3 since t=7, for branch_table[0]", "CPU1 is off",
	    "CPU2 sleeps in wfe at spin+0x28 in EL3 since t=9, for branch_table[2]" }, 7,
	  "CPU0, CPU2 sleep in wfe at spin+0x28 in EL3, CPU0 since t=7, for branch_table[0]\nCPU1 is off\n" },
	{ { "CPU0 runs at f+0x4", "CPU1 runs at f+0x8", "CPU2 runs at f+0x4" }, 3,
	  "CPU0 runs at f+0x4\nCPU1 runs at f+0x8\n" },
	{ { "CPU0 never came online because CPU0 sleeps", "CPU1 never came online because CPU0 sleeps",
	    "CPU2 never came online because CPU0 sleeps" }, 6,
	  "CPU1-CPU2 never came online, CPU1 because CPU0 sleeps\n" },
	{ { "CPU0 says: [    1.000001] CPU0: failed", "CPU1 says: [    2.000002] CPU1: failed" }, 3,
	  "CPU0-CPU1 says, CPU0: [    1.000001] CPU0: failed\n" },
	{ { "CPU0 is off" }, 0, "" },
};

START_TEST(groups_what_is_alike)
{
	struct strbuf out = STRBUF_INIT;

	said = groups[_i].said;
	groups_describe(NULL, groups[_i].cpus, say, &out);
	ck_assert_str_eq(strbuf_text(&out), groups[_i].text);
	strbuf_free(&out);
}
END_TEST

static const struct { uint64_t cpus; const char *text; } lists[] = {
	{ 1, "CPU0" }, { 5, "CPU0, CPU2" }, { 7, "CPU0-CPU2" }, { UINT64_MAX, "CPU0-CPU63" },
	{ UINT64_C(1) << 63 | 3, "CPU0-CPU1, CPU63" },
};

START_TEST(lists_cpus)
{
	struct strbuf out = STRBUF_INIT;

	groups_put_cpus(lists[_i].cpus, &out);
	ck_assert_str_eq(strbuf_text(&out), lists[_i].text);
	strbuf_free(&out);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/groups");
	TCase *tc = tcase_create("groups");

	tcase_add_loop_test(tc, groups_what_is_alike, 0, sizeof(groups) / sizeof(groups[0]));
	tcase_add_loop_test(tc, lists_cpus, 0, sizeof(lists) / sizeof(lists[0]));
	suite_add_tcase(suite, tc);
	return suite;
}
