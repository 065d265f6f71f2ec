/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Disk images: read whole, holes and zeroes too, and refused with the reason.
 */
#include "service/drive.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fnv.h"
#include "unit.h"

enum { SECTOR = 512, PIECE = 64 << 10, SIZE = 3 * PIECE + SECTOR };

static char path[64];
static int fd;

static void setup(void)
{
	snprintf(path, sizeof(path), "/tmp/check_service_drive.XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
}

static void teardown(void)
{
	close(fd);
	unlink(path);
}

/* Where there are bytes in a file of SIZE: from, and how many. */
static const struct { unsigned at, len; } extents[] = {
	{ 0, SIZE }, { 0, 1 }, { SIZE - 1, 1 }, { PIECE - 1, 2 }, { PIECE, PIECE }, { 2 * PIECE + 5, PIECE / 2 },
	{ 0, 0 },
};

START_TEST(is_read_whole)
{
	static uint8_t want[SIZE];
	struct drive_bytes drive;
	struct error err = ERROR_NONE;

	memset(want, 0, sizeof(want));
	for (unsigned i = 0; i < extents[_i].len; i++)
		want[extents[_i].at + i] = (uint8_t)(i * 3 + 1);
	ck_assert_int_eq(ftruncate(fd, SIZE), 0);
	ck_assert_int_eq(pwrite(fd, want + extents[_i].at, extents[_i].len, extents[_i].at), extents[_i].len);
	ck_assert_msg(drive_read(path, SECTOR, &drive, &err), "%s", err.text);
	ck_assert_uint_eq(drive.size, SIZE);
	ck_assert(!memcmp(drive.data, want, SIZE));
	ck_assert_uint_eq(drive_hash(&drive), fnv_add(FNV_START, want, SIZE));
	drive_free(&drive);
	ck_assert_ptr_null(drive.data);
	drive_free(&drive);
}
END_TEST

/* The function as its authors publish it, and zeroes that nobody counts. */
START_TEST(hash_is_fnv)
{
	static const uint8_t zeroes[1000];

	ck_assert_uint_eq(fnv_add(FNV_START, "", 0), 0xcbf29ce484222325);
	ck_assert_uint_eq(fnv_add(FNV_START, "foobar", 6), 0x85944171f73967e8);
	for (size_t n = 0; n < sizeof(zeroes); n = 3 * n + 1)
		ck_assert_uint_eq(fnv_add_zeroes(17, n), fnv_add(17, zeroes, n));
}
END_TEST

/* What is not in the file takes no time: looking at so many bytes would take a minute. */
START_TEST(holes_are_not_looked_at)
{
	struct drive_bytes drive;
	struct error err = ERROR_NONE;
	uint64_t half = DRIVE_SIZE_MAX / 2, hash = fnv_add_zeroes(FNV_START, half);

	ck_assert_int_eq(ftruncate(fd, (off_t)DRIVE_SIZE_MAX), 0);
	ck_assert_int_eq(pwrite(fd, "x", 1, (off_t)half), 1);
	ck_assert_msg(drive_read(path, SECTOR, &drive, &err), "%s", err.text);
	hash = fnv_add(hash, "x", 1);
	ck_assert_uint_eq(drive_hash(&drive), fnv_add_zeroes(hash, half - 1));
	drive_free(&drive);
}
END_TEST

static const struct { off_t size; const char *why; } refused[] = {
	{ 0, "the file is empty" }, { 511, "511 bytes: a raw disk image is a multiple of 512" },
	{ 513, "513 bytes" }, { (off_t)DRIVE_SIZE_MAX + SECTOR, "at most 64 GiB" },
};

START_TEST(is_refused)
{
	struct drive_bytes drive;
	struct error err = ERROR_NONE;

	ck_assert_int_eq(ftruncate(fd, refused[_i].size), 0);
	ck_assert(!drive_read(path, SECTOR, &drive, &err));
	ck_assert_msg(strstr(err.text, refused[_i].why) && strstr(err.text, path), "%s", err.text);
	ck_assert_ptr_null(drive.data);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/drive");
	TCase *tcase = tcase_create("drive");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, is_read_whole, 0, sizeof(extents) / sizeof(extents[0]));
	tcase_add_test(tcase, hash_is_fnv);
	tcase_add_test(tcase, holes_are_not_looked_at);
	tcase_add_loop_test(tcase, is_refused, 0, sizeof(refused) / sizeof(refused[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
