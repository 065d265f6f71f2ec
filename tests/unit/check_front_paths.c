/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding the bundled files: a build tree inside or outside its source tree, an installed tree, and nowhere.
 */
#include "front/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char top[] = "/tmp/check paths.XXXXXX";

/* Everything happens below a folder of its own, in the process of the test. */
static void enter_folder(void)
{
	ck_assert_ptr_nonnull(mkdtemp(top));
	ck_assert_int_eq(chdir(top), 0);
}

static void leave_folder(void)
{
	char command[sizeof(top) + 16];

	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	ck_assert_int_eq(system(command), 0);
}

static void put_file(const char *path, const char *text)
{
	char dir[64];
	FILE *file;

	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(dir, sizeof(dir), "%.*s", (int)(slash - path), path);
		mkdir(dir, 0777);
	}
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

static void expect_found(const char *dir, const char *name, const char *want)
{
	struct error err = ERROR_NONE;
	char *path = paths_find_from(dir, name, &err);

	ck_assert_msg(path != NULL, "%s", err.text);
	ck_assert_str_eq(path, want);
	free(path);
}

START_TEST(built_in_the_source_tree)
{
	put_file("guest/source-tree", ".\n");
	put_file("guest/kernel.elf", "");
	put_file("lessons/02-pen.md", "");
	expect_found(".", "guest/kernel.elf", "./guest/kernel.elf");
	expect_found(".", "lessons", "./lessons");
}
END_TEST

START_TEST(built_beside_the_source_tree)
{
	put_file("build/guest/source-tree", "../source\n");
	put_file("build/guest/kernel.elf", "");
	put_file("source/asm/firmware/spin.S", "");
	expect_found("build", "guest/kernel.elf", "build/guest/kernel.elf");
	expect_found("build", "asm/firmware/spin.S", "build/../source/asm/firmware/spin.S");
}
END_TEST

START_TEST(source_tree_by_absolute_name)
{
	char line[sizeof(top) + 16], want[sizeof(top) + 16];

	snprintf(line, sizeof(line), "%s/source\n", top);
	snprintf(want, sizeof(want), "%s/source/dts", top);
	put_file("build/guest/source-tree", line);
	put_file("source/dts/psci-smc.dts", "");
	expect_found("build", "dts", want);
}
END_TEST

START_TEST(installed)
{
	put_file("usr/bin/other", "");
	put_file("usr/share/smptutor/guest/Image", "");
	expect_found("usr/bin", "guest/Image", "usr/bin/../share/smptutor/guest/Image");
}
END_TEST

/* A folder that merely has a "guest" in it is no build tree. */
START_TEST(not_found_says_where)
{
	struct error err = ERROR_NONE;

	put_file("bin/guest/no-such-image", "");
	ck_assert_ptr_null(paths_find_from("bin", "guest/no-such-image", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "guest/no-such-image: not found in bin/../share/smptutor, /"));
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("front/paths");
	TCase *tcase = tcase_create("paths");

	tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
	tcase_add_test(tcase, built_in_the_source_tree);
	tcase_add_test(tcase, built_beside_the_source_tree);
	tcase_add_test(tcase, source_tree_by_absolute_name);
	tcase_add_test(tcase, installed);
	tcase_add_test(tcase, not_found_says_where);
	suite_add_tcase(suite, tcase);
	return suite;
}
