/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Source lines.  The line table read here is this test program's own, whatever machine it was built for: libdw does not
 * mind, and the line of a marked instruction is known.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "service/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "elf_file.h"
#include "unit.h"

START_TEST(no_line_information)
{
	struct elf_file f = elf_file_sound();
	struct bytes sound = { (uint8_t *)&f, sizeof(f) }, junk = { (uint8_t *)"junk", 4 };
	struct lines *lines = lines_new(&sound);
	struct lines_place place;
	gva_t addr;

	ck_assert_uint_eq(lines_count(lines), 0);
	ck_assert(!lines_find(lines, f.header.e_entry, &place));
	ck_assert(!lines_find_addr(lines, "spin.S", 1, &addr));
	lines_free(lines);
	lines = lines_new(&junk);
	ck_assert_uint_eq(lines_count(lines), 0);
	lines_free(lines);
	lines_free(NULL);
}
END_TEST

START_TEST(own_lines)
{
	struct lines_place place, again;
	struct error err = ERROR_NONE;
	struct bytes self;
	struct lines *lines;
	gva_t addr;

	if (!lines_are_supported())
		return;
	ck_assert_msg(file_read("/proc/self/exe", SIZE_MAX, &self, &err), "%s", err.text);
	lines = lines_new(&self);
	bytes_free(&self);
	/* Built without -g there is nothing to look at. */
	if (!lines_find_addr(lines, "check_service_lines.c", __LINE__, &addr)) {
		lines_free(lines);
		return;
	}
	ck_assert(lines_find(lines, addr, &place));
	ck_assert_ptr_nonnull(strstr(place.file, "check_service_lines.c"));
	ck_assert_uint_ge(place.line, __LINE__ - 7);
	ck_assert(lines_find(lines, addr + 1, &again));
	ck_assert_ptr_eq(place.file, again.file);
	ck_assert(!lines_find_addr(lines, "lines.c", 1000000, &addr));
	ck_assert(!lines_find_addr(lines, "ervice_lines.c", 1, &addr));
	ck_assert(!lines_find(lines, 0, &place));
	lines_free(lines);
}
END_TEST

START_TEST(source_text)
{
	char dir[] = "/tmp/check-lines-XXXXXX", path[64];
	struct bytes none = BYTES_NONE;
	struct lines *lines = lines_new(&none);
	struct error err = ERROR_NONE;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/spin.S", dir);
	ck_assert(file_write(path, "one\n\nthree", 10, &err));
	lines_add_source_dir(lines, "/nonexistent");
	lines_add_source_dir(lines, dir);
	ck_assert_str_eq(lines_text(lines, "/build/asm/firmware/spin.S", 1), "one");
	unlink(path);	/* it was kept */
	rmdir(dir);
	ck_assert_str_eq(lines_text(lines, "/build/asm/firmware/spin.S", 2), "");
	ck_assert_str_eq(lines_text(lines, "/build/asm/firmware/spin.S", 3), "three");
	ck_assert_ptr_null(lines_text(lines, "/build/asm/firmware/spin.S", 4));
	ck_assert_ptr_null(lines_text(lines, "/build/asm/firmware/spin.S", 0));
	ck_assert_ptr_null(lines_text(lines, "other.S", 1));
	lines_free(lines);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/lines");
	TCase *tcase = tcase_create("lines");

	tcase_add_test(tcase, no_line_information);
	tcase_add_test(tcase, own_lines);
	tcase_add_test(tcase, source_text);
	suite_add_tcase(suite, tcase);
	return suite;
}
