/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of a kernel's exports: one made here is found between other bytes and gives all its names; what only looks
 * like one ends it, or is passed over.
 */
#include "service/ksymtab.h"

#include <string.h>

#include "unit.h"

enum { TABLE = 0x100, STRINGS = 0x200, SIZE = 0x400, MEMORY = 0x1000, ENTRY = 12 };

static const char *const names[] = { "__boot_cpu_id", "__cpu_online_mask", "schedule", "zlib_inflate" };
enum { NAMES = sizeof(names) / sizeof(names[0]) };

static uint8_t data[SIZE];
static const struct bytes image = { data, SIZE };

static void put(size_t at, uint64_t to)
{
	uint32_t offset = (uint32_t)(to - at);

	memcpy(data + at, &offset, sizeof(offset));
}

static uint64_t value_of(size_t i)
{
	return 0x800 + i * 0x10;
}

/* Code, the table, its strings; the values are behind the file, as those in .bss are. */
static void make(void)
{
	size_t text = STRINGS + 1;

	memset(data, 0x1f, sizeof(data));
	data[STRINGS] = 0;
	for (size_t i = 0; i < NAMES; i++) {
		put(TABLE + i * ENTRY, value_of(i));
		put(TABLE + i * ENTRY + 4, text);
		put(TABLE + i * ENTRY + 8, STRINGS);
		strcpy((char *)data + text, names[i]);
		text += strlen(names[i]) + 1;
	}
}

static void see(void *ctx, const char *name, uint64_t offset)
{
	size_t *next = ctx;

	ck_assert_str_eq(name, names[*next]);
	ck_assert_uint_eq(offset, value_of(*next));
	++*next;
}

START_TEST(all_exports_are_found)
{
	size_t next = 0;

	make();
	ck_assert_uint_eq(ksymtab_each(&image, MEMORY, see, &next), NAMES);
	ck_assert_uint_eq(next, NAMES);
}
END_TEST

/* The same name in some other list of strings has no entry that points to it. */
START_TEST(a_mere_string_is_none)
{
	size_t next = 0;

	make();
	memcpy(data + 0x20, "\0__cpu_online_mask", 19);
	ck_assert_uint_eq(ksymtab_each(&image, MEMORY, see, &next), NAMES);
	next = 0;
	put(TABLE + ENTRY + 4, STRINGS);
	ck_assert_uint_eq(ksymtab_each(&image, MEMORY, see, &next), 0);
}
END_TEST

/* A value outside the kernel's memory cannot be: the table ends before it. */
START_TEST(values_are_in_the_kernel)
{
	size_t next = 0;

	make();
	ck_assert_uint_eq(ksymtab_each(&image, value_of(3), see, &next), 3);
	next = 0;
	ck_assert_uint_eq(ksymtab_each(&image, value_of(1), see, &next), 0);
}
END_TEST

START_TEST(no_bytes_have_none)
{
	struct bytes none = { data, 3 };
	size_t next = 0;

	make();
	ck_assert_uint_eq(ksymtab_each(&none, MEMORY, see, &next), 0);
	none.size = TABLE + ENTRY;
	ck_assert_uint_eq(ksymtab_each(&none, MEMORY, see, &next), 0);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/ksymtab");
	TCase *tc = tcase_create("ksymtab");

	tcase_add_test(tc, all_exports_are_found);
	tcase_add_test(tc, a_mere_string_is_none);
	tcase_add_test(tc, values_are_in_the_kernel);
	tcase_add_test(tc, no_bytes_have_none);
	suite_add_tcase(suite, tc);
	return suite;
}
