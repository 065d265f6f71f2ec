/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rewriting a tree: whatever the count of CPUs, it stays one that Linux takes whole, with the shape that it had.
 */
#include "service/board_edit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "service/board_desc.h"
#include "tree.h"
#include "unit.h"

static const uint64_t flat[] = { 0, 1, 2, 3 };
static const uint64_t unlike[] = { 0, 1, 0x100, 0x101, 0x102, 0x103 };
static const uint64_t threaded[] = { 0, 0x100, 0x200 };
static const uint64_t high[] = { 0x100000000, 0x100000001 };

/* WANT: the MPIDRs from the first that is new (or the last that stays) on. */
static const struct row {
	const uint64_t *mpidr;
	unsigned int have, count;
	bool is_gicv3;
	unsigned int from;
	const char *want;
} rows[] = {
	{ flat, 4, 1, false, 0, "0" },
	{ flat, 4, 4, false, 0, "0 1 2 3" },
	{ flat, 4, 8, false, 4, "4 5 6 7" },
	{ flat, 4, 10, false, 6, "6 7 100 101" },
	{ flat, 4, 18, true, 14, "e f 100 101" },
	{ flat, 4, 64, false, 62, "706 707" },
	{ flat, 4, 64, true, 62, "30e 30f" },
	{ unlike, 6, 2, false, 0, "0 1" },
	{ unlike, 6, 3, false, 0, "0 1 100" },
	{ unlike, 6, 8, false, 4, "102 103 104 105" },
	{ unlike, 6, 12, false, 9, "107 200 201" },
	{ threaded, 3, 9, false, 7, "700 10000" },
	{ high, 2, 4, false, 2, "100000002 100000003" },
};

static void check_mpidrs(const struct board_desc *board, const struct row *row)
{
	struct strbuf seen = STRBUF_INIT;

	for (size_t i = row->from; i < board->cpus.len; i++)
		strbuf_printf(&seen, "%s%" PRIx64, i == row->from ? "" : " ", board->cpus.item[i].mpidr);
	ck_assert_str_eq(strbuf_text(&seen), row->want);
	strbuf_free(&seen);
}

START_TEST(cpus)
{
	const struct row *row = &rows[_i];
	struct dtb *dtb = tree_board(row->mpidr, row->have, "psci");
	struct error err = ERROR_NONE;
	struct board_desc *board;
	char path[64];

	if (row->is_gicv3)
		tree_string(dtb, "/intc", "compatible", "arm,gic-v3");
	ck_assert_msg(board_edit_set_cpus(dtb, row->count, &err), "%s", err.text);
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->cpus.len, row->count);
	check_mpidrs(board, row);
	for (size_t i = 0; i < board->cpus.len; i++) {
		const struct board_cpu *cpu = &board->cpus.item[i];

		ck_assert_int_eq(cpu->logical, (int)i);
		ck_assert_str_eq(cpu->enable_method, "psci");
		snprintf(path, sizeof(path), "/cpus/cpu@%" PRIx64, cpu->mpidr);
		ck_assert_str_eq(cpu->path, path);
		ck_assert_int_eq(dtb_find_phandle(dtb, dtb_phandle(dtb, dtb_find_path(dtb, path))),
				 dtb_find_path(dtb, path));
	}
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(shrinking_and_growing_gives_the_same)
{
	struct dtb *dtb = tree_psci(4), *as_made = tree_psci(4);
	struct board_desc *a, *b;

	ck_assert(board_edit_set_cpus(dtb, 1, NULL) && board_edit_set_cpus(dtb, 4, NULL));
	a = board_desc_new(dtb, NULL);
	b = board_desc_new(as_made, NULL);
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(a->cpus.item[i].path, b->cpus.item[i].path);
	board_desc_free(a);
	board_desc_free(b);
	dtb_free(dtb);
	dtb_free(as_made);
}
END_TEST

START_TEST(release_addresses_go_on_and_stay_reserved)
{
	struct dtb *dtb = tree_board(flat, 2, "spin-table");
	struct error err = ERROR_NONE;
	struct board_desc *board;

	/* A stride of half a page, so that the reserved page is too small. */
	TREE_CELLS(dtb, "/cpus/cpu@1", "cpu-release-addr", 0, 0x4000f800);
	tree_add(dtb, "/", "reserved-memory");
	TREE_CELLS(dtb, "/reserved-memory", "#address-cells", 2);
	TREE_CELLS(dtb, "/reserved-memory", "#size-cells", 2);
	dtb_set_prop(dtb, dtb_find_path(dtb, "/reserved-memory"), "ranges", NULL, 0, NULL);
	tree_add(dtb, "/reserved-memory", "pen@4000f000");
	TREE_CELLS(dtb, "/reserved-memory/pen", "reg", 0, 0x4000f000, 0, 0x1000);
	ck_assert_msg(board_edit_set_cpus(dtb, 6, &err), "%s", err.text);
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->cpus.item[5].release_addr, 0x40011800);
	ck_assert_uint_eq(board->problems.len, 0);
	ck_assert_uint_eq(board->reserved.len, 1);
	ck_assert_uint_eq(board->reserved.item[0].size, 0x3000);
	board_desc_free(board);
	ck_assert_uint_eq(dtb_read_cells(dtb_prop(dtb, dtb_find_path(dtb, "/reserved-memory/pen"), "reg",
						  &(size_t){ 0 }) + 8, 2), 0x3000);
	dtb_free(dtb);
}
END_TEST

/* A cpu-map of two clusters for the MPIDRs of "unlike". */
static struct dtb *mapped_board(void)
{
	static const char *const cores[] = { "/cpus/cpu-map/cluster0/core0", "/cpus/cpu-map/cluster0/core1",
					     "/cpus/cpu-map/cluster1/core0", "/cpus/cpu-map/cluster1/core1",
					     "/cpus/cpu-map/cluster1/core2", "/cpus/cpu-map/cluster1/core3" };
	struct dtb *dtb = tree_board(unlike, 6, "psci");

	tree_add(dtb, "/cpus", "cpu-map");
	tree_add(dtb, "/cpus/cpu-map", "cluster0");
	tree_add(dtb, "/cpus/cpu-map", "cluster1");
	for (uint32_t i = 0; i < 6; i++) {
		char parent[64] = "";

		memcpy(parent, cores[i], strrchr(cores[i], '/') - cores[i]);
		tree_add(dtb, parent, strrchr(cores[i], '/') + 1);
		TREE_CELLS(dtb, cores[i], "cpu", 0x10 + i);
	}
	return dtb;
}

/* The name of the cpu node that the map entry PATH stands for, "" when there is none. */
static const char *mapped_cpu(const struct dtb *dtb, const char *path)
{
	uint32_t phandle;

	if (!dtb_prop_u32(dtb, dtb_find_path(dtb, path), "cpu", &phandle))
		return "";
	return dtb_node_name(dtb, dtb_find_phandle(dtb, phandle));
}

START_TEST(the_map_follows)
{
	struct dtb *dtb = mapped_board();

	ck_assert(board_edit_set_cpus(dtb, 12, NULL));
	ck_assert_str_eq(mapped_cpu(dtb, "/cpus/cpu-map/cluster0/core1"), "cpu@1");
	ck_assert_str_eq(mapped_cpu(dtb, "/cpus/cpu-map/cluster0/core2"), "");
	ck_assert_str_eq(mapped_cpu(dtb, "/cpus/cpu-map/cluster1/core7"), "cpu@107");
	ck_assert_str_eq(mapped_cpu(dtb, "/cpus/cpu-map/cluster2/core1"), "cpu@201");
	ck_assert(board_edit_set_cpus(dtb, 2, NULL));
	ck_assert_str_eq(mapped_cpu(dtb, "/cpus/cpu-map/cluster0/core1"), "cpu@1");
	ck_assert_int_eq(dtb_find_path(dtb, "/cpus/cpu-map/cluster1"), DTB_NONE);
	dtb_free(dtb);
}
END_TEST

static uint32_t timer_flags(const struct dtb *dtb)
{
	size_t len;
	const uint8_t *data = dtb_prop(dtb, dtb_find_path(dtb, "/timer"), "interrupts", &len);

	ck_assert_uint_eq(len, 48);
	return dtb_read_cells(data + 44, 1);
}

START_TEST(private_interrupts_name_the_cpus)
{
	struct dtb *dtb = tree_psci(4);

	ck_assert(board_edit_set_cpus(dtb, 2, NULL));
	ck_assert_uint_eq(timer_flags(dtb), 0x304);
	ck_assert(board_edit_set_cpus(dtb, 16, NULL));
	ck_assert_uint_eq(timer_flags(dtb), 0xff04);
	dtb_free(dtb);
}
END_TEST

START_TEST(counts_out_of_range)
{
	struct dtb *dtb = tree_psci(4), *none = tree_empty();
	struct error err = ERROR_NONE;

	ck_assert(!board_edit_set_cpus(dtb, 0, &err));
	ck_assert(!board_edit_set_cpus(dtb, 65, &err));
	ck_assert_str_eq(err.text, "65 CPUs asked for: 1 to 64 would be right");
	ck_assert(!board_edit_set_cpus(none, 2, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "no cpu node"));
	tree_remove(dtb, "/cpus/cpu@3", "reg");
	ck_assert(!board_edit_set_cpus(dtb, 5, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/cpus/cpu@3 has no usable \"reg\""));
	ck_assert(board_edit_set_cpus(dtb, 3, &err));
	dtb_free(dtb);
	dtb_free(none);
}
END_TEST

START_TEST(memory)
{
	struct dtb *dtb = tree_psci(1);
	struct error err = ERROR_NONE;
	struct board_desc *board;

	TREE_CELLS(dtb, "/memory", "reg", 0, 0x40000000, 0, 0x1000, 8, 0, 0, 0x1000);
	ck_assert(board_edit_set_memory(dtb, UINT64_C(6) << 30, &err));
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->memory.len, 1);
	ck_assert_uint_eq(board->memory.item[0].base, 0x40000000);
	ck_assert_uint_eq(board->memory.item[0].size, UINT64_C(6) << 30);
	board_desc_free(board);
	ck_assert(!board_edit_set_memory(dtb, 0, &err));
	ck_assert(!board_edit_set_memory(dtb, 4097, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "multiple of 4096"));
	TREE_CELLS(dtb, "/", "#size-cells", 1);
	TREE_CELLS(dtb, "/memory", "reg", 0, 0x40000000, 0x1000);
	ck_assert(!board_edit_set_memory(dtb, UINT64_C(1) << 32, &err));
	tree_remove_node(dtb, "/memory");
	ck_assert(!board_edit_set_memory(dtb, 4096, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "no memory node"));
	dtb_free(dtb);
}
END_TEST

START_TEST(chosen)
{
	struct dtb *dtb = tree_psci(1);
	uint64_t value;

	ck_assert(board_edit_set_bootargs(dtb, "quiet", NULL) && board_edit_set_bootargs(dtb, "console=ttyAMA0", NULL));
	ck_assert(board_edit_set_initrd(dtb, 0x48000000, 0x48001234, NULL));
	ck_assert_str_eq(dtb_prop_string(dtb, dtb_find_path(dtb, "/chosen"), "bootargs"), "console=ttyAMA0");
	ck_assert(dtb_prop_number(dtb, dtb_find_path(dtb, "/chosen"), "linux,initrd-end", &value));
	ck_assert_uint_eq(value, 0x48001234);
	dtb_free(dtb);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/board_edit");
	TCase *tcase = tcase_create("board_edit");

	tcase_add_loop_test(tcase, cpus, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tcase, shrinking_and_growing_gives_the_same);
	tcase_add_test(tcase, release_addresses_go_on_and_stay_reserved);
	tcase_add_test(tcase, the_map_follows);
	tcase_add_test(tcase, private_interrupts_name_the_cpus);
	tcase_add_test(tcase, counts_out_of_range);
	tcase_add_test(tcase, memory);
	tcase_add_test(tcase, chosen);
	suite_add_tcase(suite, tcase);
	return suite;
}
