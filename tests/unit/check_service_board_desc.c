/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a tree says of the machine: Linux's numbering of CPUs and its words for those that it refuses, devices behind
 * buses, what is ignored, and the verdict.  Each row breaks one thing in a sound board of four CPUs.
 */
#include "service/board_desc.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "service/board_report.h"
#include "tree.h"
#include "unit.h"

static void no_change(struct dtb *dtb)
{
	(void)dtb;
}

static void no_reg(struct dtb *dtb)
{
	tree_remove(dtb, "/cpus/cpu@1", "reg");
}

static void short_reg(struct dtb *dtb)
{
	TREE_CELLS(dtb, "/cpus/cpu@1", "reg", 1);
}

static void out_of_range_reg(struct dtb *dtb)
{
	TREE_CELLS(dtb, "/cpus/cpu@1", "reg", 0, 0x80000001);
}

static void duplicate_reg(struct dtb *dtb)
{
	TREE_CELLS(dtb, "/cpus/cpu@2", "reg", 0, 1);
}

static void duplicate_boot(struct dtb *dtb)
{
	TREE_CELLS(dtb, "/cpus/cpu@2", "reg", 0, 0);
}

static void no_method(struct dtb *dtb)
{
	tree_remove(dtb, "/cpus/cpu@1", "enable-method");
}

static void no_method_on_boot(struct dtb *dtb)
{
	tree_remove(dtb, "/cpus/cpu@0", "enable-method");
}

static void bad_method(struct dtb *dtb)
{
	tree_string(dtb, "/cpus/cpu@3", "enable-method", "brcm,magic");
}

static void no_release(struct dtb *dtb)
{
	tree_string(dtb, "/cpus/cpu@3", "enable-method", "spin-table");
}

static void short_release(struct dtb *dtb)
{
	tree_string(dtb, "/cpus/cpu@3", "enable-method", "spin-table");
	TREE_CELLS(dtb, "/cpus/cpu@3", "cpu-release-addr", 0x8000fff8);
}

static void two_methods(struct dtb *dtb)
{
	tree_string(dtb, "/cpus/cpu@3", "enable-method", "spin-table");
	TREE_CELLS(dtb, "/cpus/cpu@3", "cpu-release-addr", 0, 0x8000fff8);
}

static void disabled(struct dtb *dtb)
{
	tree_string(dtb, "/cpus/cpu@3", "status", "disabled");
}

static void failed(struct dtb *dtb)
{
	tree_string(dtb, "/cpus/cpu@1", "status", "fail-sss");
}

static void no_psci(struct dtb *dtb)
{
	tree_remove_node(dtb, "/psci");
}

static void classic_psci_without_ids(struct dtb *dtb)
{
	tree_string(dtb, "/psci", "compatible", "arm,psci");
}

static void no_conduit(struct dtb *dtb)
{
	tree_remove(dtb, "/psci", "method");
}

static void bad_conduit(struct dtb *dtb)
{
	tree_string(dtb, "/psci", "method", "fax");
}

static void no_memory(struct dtb *dtb)
{
	tree_remove_node(dtb, "/memory");
}

static void empty_memory(struct dtb *dtb)
{
	TREE_CELLS(dtb, "/memory", "reg", 0, 0x40000000, 0, 0);
}

static void huge_memory(struct dtb *dtb)
{
	TREE_CELLS(dtb, "/memory", "reg", 0xffffffff, 0xfffff000, 0, 0x2000);
}

static void no_cpus(struct dtb *dtb)
{
	tree_remove_node(dtb, "/cpus");
}

static void no_reg_on_first(struct dtb *dtb)
{
	tree_remove(dtb, "/cpus/cpu@0", "reg");
}

static void no_gic(struct dtb *dtb)
{
	tree_remove_node(dtb, "/intc");
}

static void no_timer(struct dtb *dtb)
{
	tree_remove_node(dtb, "/timer");
}

static void no_uart(struct dtb *dtb)
{
	tree_string(dtb, "/pl011", "status", "disabled");
}

/* LOGICAL: the numbers of the CPUs in the order of the tree, '-' for none.  SAYS: a part of one of the problems. */
static const struct row {
	const char *name;
	void (*change)(struct dtb *dtb);
	const char *logical;
	bool bootable;
	const char *says;
} rows[] = {
	{ "sound", no_change, "0123", true, NULL },
	{ "no reg", no_reg, "0-23", true, "/cpus/cpu@1: missing reg property" },
	{ "short reg", short_reg, "0-23", true, "/cpus/cpu@1: missing reg property" },
	{ "reg out of range", out_of_range_reg, "0-23", true, "/cpus/cpu@1: invalid reg property" },
	{ "duplicate", duplicate_reg, "01-3", true, "/cpus/cpu@2: duplicate cpu reg properties in the DT" },
	{ "second boot CPU", duplicate_boot, "01-3", true, "/cpus/cpu@2: duplicate boot cpu reg property in DT" },
	{ "no method", no_method, "0-23", true, "/cpus/cpu@1: missing enable-method property" },
	{ "no method, boot CPU", no_method_on_boot, "0123", true, NULL },
	{ "bad method", bad_method, "012-", true, "Unsupported enable-method: brcm,magic" },
	{ "no release", no_release, "012-", true, "CPU 3: missing or invalid cpu-release-addr property" },
	{ "short release", short_release, "012-", true, "CPU 3: missing or invalid cpu-release-addr property" },
	{ "two methods", two_methods, "0123", true, "/cpus/cpu@1 has \"psci\": the bundled firmware serves the first" },
	{ "disabled", disabled, "0123", true, "tries this CPU all the same" },
	{ "failed", failed, "012", true, NULL },
	{ "no psci", no_psci, "0123", true, "psci: no cpu_on method, not booting CPU3" },
	{ "psci 0.1", classic_psci_without_ids, "0123", true, "psci: no cpu_on method, not booting CPU1" },
	{ "no conduit", no_conduit, "0123", true, "missing \"method\" property" },
	{ "bad conduit", bad_conduit, "0123", true, "invalid \"method\" property: fax" },
	{ "no memory", no_memory, "0123", false, "no memory" },
	{ "memory of 0", empty_memory, "0123", false, "no memory" },
	{ "memory too high", huge_memory, "0123", false, "no memory" },
	{ "no cpus", no_cpus, "", false, "no cpu node" },
	{ "no boot CPU", no_reg_on_first, "----", false, "missing boot CPU MPIDR, not enabling secondaries" },
	{ "no gic", no_gic, "0123", true, "no interrupt controller" },
	{ "no timer", no_timer, "0123", true, "no generic timer" },
	{ "no uart", no_uart, "0123", true, "no UART" },
};

static bool has_problem(const struct board_desc *board, const char *text)
{
	for (size_t i = 0; i < board->problems.len; i++)
		if (strstr(board->problems.item[i].text, text))
			return true;
	return false;
}

static void logical_numbers(const struct board_desc *board, char *out)
{
	for (size_t i = 0; i < board->cpus.len; i++) {
		const struct board_cpu *cpu = &board->cpus.item[i];

		*out++ = cpu->logical == BOARD_NO_LOGICAL ? '-' : '0' + cpu->logical;
		ck_assert(cpu->logical != BOARD_NO_LOGICAL || cpu->problem);
	}
	*out = '\0';
}

START_TEST(one_thing_broken)
{
	const struct row *row = &rows[_i];
	struct dtb *dtb = tree_psci(4);
	struct board_desc *board;
	char numbers[16];

	row->change(dtb);
	board = board_desc_new(dtb, NULL);
	logical_numbers(board, numbers);
	ck_assert_msg(strcmp(numbers, row->logical) == 0, "%s: %s", row->name, numbers);
	ck_assert_msg(board_desc_is_bootable(board) == row->bootable, "%s", row->name);
	if (row->says)
		ck_assert_msg(has_problem(board, row->says), "%s", row->name);
	else
		ck_assert_msg(board->problems.len == 0, "%s: %s", row->name, board->problems.item[0].text);
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(boot_cpu_is_zero_wherever_it_stands)
{
	static const uint64_t mpidr[] = { 0x100, 0x101, 0x0, 0x1 };
	struct dtb *dtb = tree_board(mpidr, 4, "psci");
	const uint64_t boot = 0, stranger = 7;
	struct board_desc *board = board_desc_new(dtb, &boot);
	char numbers[16];

	logical_numbers(board, numbers);
	ck_assert_str_eq(numbers, "1203");
	ck_assert_uint_eq(board_desc_logical_cpu(board, 0)->mpidr, 0);
	ck_assert_ptr_null(board_desc_logical_cpu(board, 4));
	ck_assert_ptr_null(board_desc_logical_cpu(board, BOARD_NO_LOGICAL));
	board_desc_free(board);
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->boot_mpidr, 0x100);
	board_desc_free(board);
	board = board_desc_new(dtb, &stranger);
	ck_assert(!board_desc_is_bootable(board));
	ck_assert(has_problem(board, "no cpu node has reg 0x7"));
	board_desc_free(board);
	dtb = tree_boot_cpu(dtb, 0x101);
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->boot_mpidr, 0x101);
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(the_65th_cpu_is_clipped)
{
	uint64_t mpidr[66];
	struct board_desc *board;
	struct dtb *dtb;

	for (unsigned int i = 0; i < 66; i++)
		mpidr[i] = (i / 8) << 8 | i % 8;
	dtb = tree_board(mpidr, 66, "psci");
	board = board_desc_new(dtb, NULL);
	ck_assert_int_eq(board->cpus.item[63].logical, 63);
	ck_assert_int_eq(board->cpus.item[64].logical, BOARD_NO_LOGICAL);
	ck_assert_str_eq(board->cpus.item[64].problem,
			 "Number of cores (66) exceeds configured maximum of 64 - clipping");
	ck_assert(has_problem(board, "GICv2 serves 8 CPUs, the tree has 64"));
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(devices)
{
	struct dtb *dtb = tree_psci(1);
	struct board_desc *board;

	TREE_CELLS(dtb, "/timer", "clock-frequency", 62500000);
	tree_add(dtb, "/", "chosen");
	tree_string(dtb, "/chosen", "stdout-path", "/pl011@9000000:115200n8");
	tree_add(dtb, "/", "rtc@9010000");
	tree_string(dtb, "/rtc", "compatible", "arm,pl031");
	tree_add(dtb, "/rtc", "below");
	tree_string(dtb, "/rtc/below", "compatible", "not,listed");
	tree_add(dtb, "/", "pmu");
	tree_string(dtb, "/pmu", "compatible", "arm,armv8-pmuv3");
	board = board_desc_new(dtb, NULL);
	ck_assert_int_eq(board->gic.version, 2);
	ck_assert_uint_eq(board->gic.gicd.base, 0x08000000);
	ck_assert_uint_eq(board->gic.gicc.base, 0x08010000);
	ck_assert_uint_eq(board->uarts.len, 1);
	ck_assert_uint_eq(board->uarts.item[0].reg.base, 0x09000000);
	ck_assert_int_eq(board->uarts.item[0].intid, 33);
	ck_assert_str_eq(board->stdout_path, "/pl011@9000000");
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_SECURE], 29);
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_PHYS], 30);
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_VIRT], 27);
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_HYP], 26);
	ck_assert_uint_eq(board->timer.frequency, 62500000);
	ck_assert_str_eq(board->psci.version, "1.0");
	ck_assert_int_eq(board->psci.conduit, BOARD_CONDUIT_SMC);
	ck_assert_uint_eq(board->ignored.len, 2);
	ck_assert_str_eq(board->ignored.item[0], "/rtc@9010000");
	ck_assert_str_eq(board->ignored.item[1], "/pmu");
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(gicv3_and_timer_by_name)
{
	struct dtb *dtb = tree_psci(3);
	struct board_desc *board;

	tree_string(dtb, "/intc", "compatible", "arm,gic-v3");
	TREE_CELLS(dtb, "/intc", "reg", 0, 0x08000000, 0, 0x10000, 0, 0x080a0000, 0, 0x40000);
	dtb_set_prop(dtb, dtb_find_path(dtb, "/timer"), "interrupt-names", "virt\0phys", 10, NULL);
	board = board_desc_new(dtb, NULL);
	ck_assert_int_eq(board->gic.version, 3);
	ck_assert_uint_eq(board->gic.gicr_count, 1);
	ck_assert_uint_eq(board->gic.gicr[0].base, 0x080a0000);
	ck_assert_uint_eq(board->gic.gicr_stride, 0x20000);
	ck_assert(has_problem(board, "redistributors for 2 of 3 CPUs"));
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_VIRT], 29);
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_PHYS], 30);
	ck_assert_int_eq(board->timer.intid[BOARD_TIMER_HYP], BOARD_NO_INTID);
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(addresses_go_through_buses)
{
	struct dtb *dtb = tree_psci(1);
	struct board_desc *board;

	tree_add(dtb, "/", "bus");
	tree_string(dtb, "/bus", "compatible", "simple-bus");
	TREE_CELLS(dtb, "/bus", "#address-cells", 1);
	TREE_CELLS(dtb, "/bus", "#size-cells", 1);
	TREE_CELLS(dtb, "/bus", "ranges", 0x100, 0, 0x1c000100, 0x1000, 0x2000, 0, 0x1d000000, 0x1000);
	tree_add(dtb, "/bus", "uart@2010");
	tree_string(dtb, "/bus/uart", "compatible", "arm,pl011");
	TREE_CELLS(dtb, "/bus/uart", "reg", 0x2010, 0x1000);
	tree_add(dtb, "/bus", "uart@9000");
	tree_string(dtb, "/bus/uart@9000", "compatible", "arm,pl011");
	TREE_CELLS(dtb, "/bus/uart@9000", "reg", 0x9000, 0x1000);
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->uarts.len, 2);
	ck_assert_uint_eq(board->uarts.item[1].reg.base, 0x1d000010);
	/* Outside of all ranges: no CPU can reach it. */
	ck_assert_str_eq(board->ignored.item[0], "/bus/uart@9000");
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(power_gpio_and_secure_memory)
{
	struct dtb *dtb = tree_psci(1);
	struct board_desc *board;

	tree_add(dtb, "/", "gpio@90b0000");
	tree_string(dtb, "/gpio", "compatible", "arm,pl061");
	TREE_CELLS(dtb, "/gpio", "reg", 0, 0x090b0000, 0, 0x1000);
	TREE_CELLS(dtb, "/gpio", "phandle", 0x77);
	tree_string(dtb, "/gpio", "status", "disabled");
	tree_string(dtb, "/gpio", "secure-status", "okay");
	tree_add(dtb, "/", "gpio-poweroff");
	tree_string(dtb, "/gpio-poweroff", "compatible", "gpio-poweroff");
	TREE_CELLS(dtb, "/gpio-poweroff", "gpios", 0x77, 0, 0);
	tree_string(dtb, "/gpio-poweroff", "status", "disabled");
	tree_add(dtb, "/", "secram@e000000");
	tree_string(dtb, "/secram", "device_type", "memory");
	TREE_CELLS(dtb, "/secram", "reg", 0, 0x0e000000, 0, 0x1000000);
	tree_string(dtb, "/secram", "status", "disabled");
	tree_string(dtb, "/secram", "secure-status", "okay");
	board = board_desc_new(dtb, NULL);
	ck_assert_uint_eq(board->power_gpio.reg.base, BOARD_POWER_GPIO_BASE);
	ck_assert_uint_eq(board->memory.len, 1);
	ck_assert_uint_eq(board->secure_memory.len, 1);
	ck_assert_uint_eq(board->secure_memory.item[0].base, 0x0e000000);
	ck_assert_uint_eq(board->problems.len, 0);
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(release_address_must_be_reserved)
{
	static const uint64_t mpidr[] = { 0, 1 };
	struct dtb *dtb = tree_board(mpidr, 2, "spin-table");
	struct board_desc *board = board_desc_new(dtb, NULL);

	ck_assert_uint_eq(board->problems.len, 0);
	ck_assert_uint_eq(board->reserved.len, 1);
	ck_assert_uint_eq(board->cpus.item[1].release_addr, 0x4000f008);
	board_desc_free(board);
	TREE_CELLS(dtb, "/cpus/cpu@1", "cpu-release-addr", 0, 0x40020000);
	board = board_desc_new(dtb, NULL);
	ck_assert(has_problem(board, "cpu-release-addr 0x40020000 is in RAM that nothing reserves"));
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

/* What boots here is said last: all, the lab kernel alone, or nothing. */
static const struct { void (*edit)(struct dtb *dtb); const char *verdict; } verdicts[] = {
	{ no_method, "\nA kernel can boot on this tree.\n" },
	{ no_gic, "\nThe lab kernel can boot on this tree, Linux cannot.\n" },
	{ no_timer, "\nThe lab kernel can boot on this tree, Linux cannot.\n" },
	{ no_memory, "\nNo kernel can boot on this tree.\n" },
};

START_TEST(verdict)
{
	struct dtb *dtb = tree_psci(2);
	struct strbuf out = STRBUF_INIT;
	struct board_desc *board;

	verdicts[_i].edit(dtb);
	board = board_desc_new(dtb, NULL);
	board_report_text(board, &out);
	ck_assert_ptr_nonnull(strstr(strbuf_text(&out), verdicts[_i].verdict));
	strbuf_free(&out);
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

START_TEST(json)
{
	struct dtb *dtb = tree_psci(2);
	struct strbuf out = STRBUF_INIT;
	struct board_desc *board;

	no_method(dtb);
	board = board_desc_new(dtb, NULL);
	board_report_json(board, &out);
	ck_assert_ptr_nonnull(strstr(strbuf_text(&out),
				     "{\"node\":\"/cpus/cpu@0\",\"mpidr\":\"0x0\",\"logical\":0,"
				     "\"enable_method\":\"psci\",\"release_addr\":null,\"problem\":null"));
	ck_assert_ptr_nonnull(strstr(strbuf_text(&out), "\"logical\":null,\"enable_method\":null,\"release_addr\":null,"
							"\"problem\":\"/cpus/cpu@1: missing enable-method property\""));
	ck_assert_ptr_nonnull(strstr(strbuf_text(&out), "\"conduit\":\"smc\",\"psci\":\"1.0\","
							"\"memory\":[[\"0x40000000\",\"0x8000000\"]]"));
	strbuf_clear(&out);
	board_report_text(board, &out);
	ck_assert_ptr_nonnull(strstr(strbuf_text(&out), "A kernel can boot on this tree.\n"));
	strbuf_free(&out);
	board_desc_free(board);
	dtb_free(dtb);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/board_desc");
	TCase *tcase = tcase_create("board_desc");

	tcase_add_loop_test(tcase, one_thing_broken, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tcase, boot_cpu_is_zero_wherever_it_stands);
	tcase_add_test(tcase, the_65th_cpu_is_clipped);
	tcase_add_test(tcase, devices);
	tcase_add_test(tcase, gicv3_and_timer_by_name);
	tcase_add_test(tcase, addresses_go_through_buses);
	tcase_add_test(tcase, power_gpio_and_secure_memory);
	tcase_add_test(tcase, release_address_must_be_reserved);
	tcase_add_test(tcase, json);
	tcase_add_loop_test(tcase, verdict, 0, sizeof(verdicts) / sizeof(verdicts[0]));
	suite_add_tcase(suite, tcase);
	return suite;
}
