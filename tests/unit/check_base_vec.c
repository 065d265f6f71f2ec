/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The array that grows: elements keep their value and order, and a new one is zero even in used memory.
 */
#include "base/vec.h"

#include <stdint.h>

#include "unit.h"

struct slot {
	uint64_t entry;
	uint32_t cpu;
};

START_TEST(push_grows_and_keeps)
{
	VEC(struct slot) all = VEC_INIT;

	for (uint32_t i = 0; i < 1000; i++) {
		struct slot *slot = vec_push(&all);

		ck_assert_uint_eq(slot->entry, 0);
		ck_assert_uint_eq(slot->cpu, 0);
		*slot = (struct slot){ .entry = ~(uint64_t)i, .cpu = i };
	}
	ck_assert_uint_eq(all.len, 1000);
	for (uint32_t i = 0; i < 1000; i++) {
		ck_assert_uint_eq(all.item[i].cpu, i);
		ck_assert_uint_eq(all.item[i].entry, ~(uint64_t)i);
	}
	vec_free(&all);
}
END_TEST

START_TEST(add_appends)
{
	VEC(const char *) names = VEC_INIT;

	vec_add(&names, "psci-smc");
	vec_add(&names, "spin-table");
	ck_assert_uint_eq(names.len, 2);
	ck_assert_str_eq(names.item[0], "psci-smc");
	ck_assert_str_eq(names.item[1], "spin-table");
	vec_free(&names);
}
END_TEST

START_TEST(clear_then_push_is_zero_again)
{
	VEC(uint64_t) values = VEC_INIT;
	uint64_t *memory;

	for (int i = 0; i < 8; i++)
		vec_add(&values, UINT64_MAX);
	memory = values.item;
	vec_clear(&values);
	ck_assert_uint_eq(values.len, 0);
	ck_assert_uint_eq(*vec_push(&values), 0);
	ck_assert_ptr_eq(values.item, memory);
	vec_free(&values);
}
END_TEST

START_TEST(free_leaves_an_empty_vector)
{
	VEC(char) text = VEC_INIT;

	vec_free(&text);
	vec_add(&text, 'a');
	vec_free(&text);
	ck_assert_ptr_null(text.item);
	ck_assert_uint_eq(text.len, 0);
	ck_assert_uint_eq(text.size, 0);
	vec_add(&text, 'b');
	ck_assert_int_eq(text.item[0], 'b');
	vec_free(&text);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("base/vec");
	TCase *tcase = tcase_create("vec");

	tcase_add_test(tcase, push_grows_and_keeps);
	tcase_add_test(tcase, add_appends);
	tcase_add_test(tcase, clear_then_push_is_zero_again);
	tcase_add_test(tcase, free_leaves_an_empty_vector);
	suite_add_tcase(suite, tcase);
	return suite;
}
