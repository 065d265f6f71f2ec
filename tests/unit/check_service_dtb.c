/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The door to libfdt: what is refused when a tree is loaded, asking for values that may have the wrong shape, and
 * edits that keep the order of nodes.
 */
#include "service/dtb.h"

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "service/file.h"
#include "tree.h"
#include "unit.h"

/* A blob of two CPUs to damage, of *SIZE bytes; free() it. */
static uint8_t *sound_blob(size_t *size)
{
	struct dtb *dtb = tree_psci(2);
	const void *blob = dtb_blob(dtb, size);
	uint8_t *copy = xmemdup(blob, *size);

	dtb_free(dtb);
	return copy;
}

enum { FIRST_TOKEN = 1 << 20 };	/* stands for where the structure block starts */

/* What is wrong with a blob, and what the error says of it. */
static const struct damage {
	const char *what;
	size_t cut;		/* keep so many bytes, 0 for all */
	size_t offset;		/* write BYTE here */
	int byte;		/* -1: write none */
	const char *says;
} damages[] = {
	{ "three bytes", 3, 0, -1, "too short for the header" },
	{ "header alone", 40, 0, -1, "cut short: the header says" },
	{ "last byte missing", (size_t)-1, 0, -1, "cut short" },
	{ "bad magic", 0, 0, 'x', "not a device tree: it starts with 0x780dfeed" },
	{ "structure block outside", 0, 8, 0xff, "not a sound device tree" },
	{ "strings block outside", 0, 12, 0xff, "not a sound device tree" },
	{ "reservations outside", 0, 16, 0xff, "not a sound device tree" },
	{ "total size of 0", 0, 7, 0, "not a sound device tree" },
	{ "first token damaged", 0, FIRST_TOKEN, 9, "not a sound device tree" },
};

START_TEST(load_refuses_damage)
{
	const struct damage *d = &damages[_i];
	struct error err = ERROR_NONE;
	size_t size;
	uint8_t *blob = sound_blob(&size);
	size_t keep = d->cut == (size_t)-1 ? size - 1 : d->cut ? d->cut : size;
	struct dtb *dtb;

	if (d->offset == FIRST_TOKEN)
		blob[fdt_off_dt_struct(blob) + 3] = d->byte;
	else if (d->byte >= 0)
		blob[d->offset] = d->byte;
	if (d->offset == 7)
		blob[6] = 0;	/* total size is less than 64 KiB: both bytes */
	dtb = dtb_from_memory(blob, keep, "x.dtb", &err);
	ck_assert_msg(!dtb, "%s: accepted", d->what);
	ck_assert_msg(strstr(err.text, d->says) && strncmp(err.text, "x.dtb: ", 7) == 0, "%s: \"%s\"", d->what,
		      err.text);
	free(blob);
}
END_TEST

START_TEST(load_refuses_files)
{
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(dtb_load("/nonexistent.dtb", &err));
	ck_assert_str_eq(err.text, "/nonexistent.dtb: No such file or directory");
	ck_assert_ptr_null(dtb_load("/", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "a directory"));
	ck_assert_ptr_null(dtb_load("/dev/null", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "not a regular file"));
}
END_TEST

START_TEST(load_takes_what_was_written)
{
	char path[] = "/tmp/check-dtb-XXXXXX";
	struct error err = ERROR_NONE;
	struct dtb *dtb = tree_psci(3), *again;
	size_t size, size_again;
	const void *blob = dtb_blob(dtb, &size);

	close(mkstemp(path));
	ck_assert(file_write(path, blob, size, &err));
	again = dtb_load(path, &err);
	ck_assert_msg(again != NULL, "%s", err.text);
	ck_assert_int_eq(memcmp(blob, dtb_blob(again, &size_again), size), 0);
	ck_assert_uint_eq(size, size_again);
	ck_assert(file_write(path, "", 0, &err));
	ck_assert_ptr_null(dtb_load(path, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "the file is empty"));
	unlink(path);
	dtb_free(dtb);
	dtb_free(again);
}
END_TEST

START_TEST(load_refuses_deep_nesting)
{
	struct dtb *dtb = tree_empty();
	struct error err = ERROR_NONE;
	int node = DTB_ROOT;
	const void *blob;
	size_t size;

	for (int i = 0; i < DTB_DEPTH_MAX + 1; i++)
		node = dtb_add_node(dtb, node, "n", &err);
	ck_assert_int_ne(node, DTB_NONE);
	blob = dtb_blob(dtb, &size);
	ck_assert_ptr_null(dtb_from_memory(blob, size, "x", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "nested deeper than 64"));
	dtb_free(dtb);
}
END_TEST

START_TEST(values_of_the_wrong_shape)
{
	struct dtb *dtb = tree_empty();
	uint32_t u32 = 7;
	uint64_t u64 = 7;
	size_t len;

	TREE_CELLS(dtb, "/", "two", 1, 2);
	TREE_CELLS(dtb, "/", "three", 1, 2, 3);
	dtb_set_prop(dtb, DTB_ROOT, "open", "abc", 3, NULL);
	dtb_set_prop(dtb, DTB_ROOT, "list", "a\0bc", 5, NULL);
	dtb_set_prop(dtb, DTB_ROOT, "empty", NULL, 0, NULL);
	ck_assert(!dtb_prop_u32(dtb, DTB_ROOT, "two", &u32));
	ck_assert(!dtb_prop_u32(dtb, DTB_ROOT, "missing", &u32));
	ck_assert(!dtb_prop_number(dtb, DTB_ROOT, "three", &u64));
	ck_assert_uint_eq(u32, 7);
	ck_assert(dtb_prop_number(dtb, DTB_ROOT, "two", &u64));
	ck_assert_uint_eq(u64, 0x100000002);
	ck_assert_ptr_null(dtb_prop_string(dtb, DTB_ROOT, "open"));
	ck_assert_str_eq(dtb_prop_string(dtb, DTB_ROOT, "list"), "a");
	ck_assert_str_eq(dtb_prop_string_at(dtb, DTB_ROOT, "list", 1), "bc");
	ck_assert_ptr_null(dtb_prop_string_at(dtb, DTB_ROOT, "list", 2));
	ck_assert_ptr_nonnull(dtb_prop(dtb, DTB_ROOT, "empty", &len));
	ck_assert_uint_eq(len, 0);
	ck_assert_ptr_null(dtb_prop_string(dtb, DTB_ROOT, "empty"));
	ck_assert_ptr_null(dtb_prop_string(dtb, DTB_NONE, "empty"));
	ck_assert_uint_eq(dtb_read_cells((const uint8_t *)"\0\0\0\1\0\0\0\2\0\0\0\3", 3), 0x200000003);
	dtb_free(dtb);
}
END_TEST

START_TEST(new_nodes_come_last)
{
	struct dtb *dtb = tree_empty();
	struct strbuf seen = STRBUF_INIT;
	size_t size;

	tree_add(dtb, "/", "a");
	tree_add(dtb, "/", "b");
	tree_add(dtb, "/a", "a1");
	tree_add(dtb, "/a", "a2@7");
	TREE_CELLS(dtb, "/a/a1", "x", 1);
	tree_add(dtb, "/", "c");
	for (struct dtb_walk w = dtb_walk_start(); dtb_walk_next(dtb, &w);) {
		dtb_walk_path(dtb, &w, &seen);
		strbuf_putc(&seen, ' ');
	}
	ck_assert_str_eq(strbuf_text(&seen), "/ /a /a/a1 /a/a2@7 /b /c ");
	ck_assert_int_eq(fdt_check_full(dtb_blob(dtb, &size), size), 0);
	ck_assert(dtb_node_is_named(dtb, dtb_find_path(dtb, "/a/a2"), "a2"));
	ck_assert_int_eq(dtb_find_path(dtb, "/a/a3"), DTB_NONE);
	ck_assert_int_eq(dtb_parent(dtb, dtb_find_path(dtb, "/b")), DTB_ROOT);
	strbuf_free(&seen);
	dtb_free(dtb);
}
END_TEST

START_TEST(skip_leaves_out_what_is_below)
{
	struct dtb *dtb = tree_empty();
	struct dtb_walk w = dtb_walk_start();

	tree_add(dtb, "/", "a");
	tree_add(dtb, "/a", "a1");
	tree_add(dtb, "/a/a1", "deep");
	tree_add(dtb, "/", "b");
	ck_assert(dtb_walk_next(dtb, &w) && dtb_walk_next(dtb, &w));
	ck_assert_str_eq(dtb_node_name(dtb, w.node[w.depth]), "a");
	ck_assert(dtb_walk_skip(dtb, &w));
	ck_assert_str_eq(dtb_node_name(dtb, w.node[w.depth]), "b");
	ck_assert(!dtb_walk_skip(dtb, &w));
	dtb_free(dtb);
}
END_TEST

START_TEST(copied_properties_keep_their_order)
{
	struct dtb *dtb = tree_psci(1);
	int copy = tree_add(dtb, "/cpus", "cpu@1");
	struct error err = ERROR_NONE;
	const char *first = NULL;
	size_t size;

	ck_assert(dtb_copy_props(dtb, dtb_find_path(dtb, "/cpus/cpu@0"), copy, &err));
	copy = dtb_find_path(dtb, "/cpus/cpu@1");
	ck_assert_str_eq(dtb_prop_string(dtb, copy, "enable-method"), "psci");
	fdt_getprop_by_offset(dtb_blob(dtb, &size), fdt_first_property_offset(dtb_blob(dtb, &size), copy), &first,
			      NULL);
	/* tree_psci() sets phandle last, and libfdt puts the newest first. */
	ck_assert_str_eq(first, "phandle");
	dtb_free(dtb);
}
END_TEST

START_TEST(edits_grow_the_blob)
{
	struct dtb *dtb = tree_empty();
	char *text = xzalloc(20001), name[16];
	struct error err = ERROR_NONE;

	memset(text, 'x', 20000);
	ck_assert_msg(dtb_set_string(dtb, DTB_ROOT, "bootargs", text, &err), "%s", err.text);
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		ck_assert_msg(dtb_add_node(dtb, DTB_ROOT, name, &err) != DTB_NONE, "%s", err.text);
	}
	ck_assert_str_eq(dtb_prop_string(dtb, DTB_ROOT, "bootargs"), text);
	ck_assert_int_ne(dtb_find_path(dtb, "/n499"), DTB_NONE);
	ck_assert_int_eq(dtb_add_node(dtb, DTB_ROOT, "n7", &err), DTB_NONE);
	ck_assert_ptr_nonnull(strstr(err.text, "cannot rewrite n7"));
	free(text);
	dtb_free(dtb);
}
END_TEST

START_TEST(reservations)
{
	struct dtb *dtb = tree_reserve(tree_empty(), 0x1000, 0x2000);
	struct error err = ERROR_NONE;
	uint64_t base, size;

	ck_assert_uint_eq(dtb_reserve_count(dtb), 1);
	ck_assert(dtb_reserve_set(dtb, 0, 0x1000, 0x5000, &err));
	ck_assert(dtb_reserve_get(dtb, 0, &base, &size));
	ck_assert_uint_eq(base, 0x1000);
	ck_assert_uint_eq(size, 0x5000);
	ck_assert(!dtb_reserve_get(dtb, 1, &base, &size));
	dtb_free(dtb);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/dtb");
	TCase *tcase = tcase_create("dtb");

	tcase_add_loop_test(tcase, load_refuses_damage, 0, sizeof(damages) / sizeof(damages[0]));
	tcase_add_test(tcase, load_refuses_files);
	tcase_add_test(tcase, load_takes_what_was_written);
	tcase_add_test(tcase, load_refuses_deep_nesting);
	tcase_add_test(tcase, values_of_the_wrong_shape);
	tcase_add_test(tcase, new_nodes_come_last);
	tcase_add_test(tcase, skip_leaves_out_what_is_below);
	tcase_add_test(tcase, copied_properties_keep_their_order);
	tcase_add_test(tcase, edits_grow_the_blob);
	tcase_add_test(tcase, reservations);
	suite_add_tcase(suite, tcase);
	return suite;
}
