/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names and addresses: which symbol speaks for an address, two modules with one name, and the several places where a
 * kernel is seen.
 */
#include "service/symbols.h"

#include <stdlib.h>
#include <string.h>

#include "elf_file.h"
#include "unit.h"

/* A table with one module, "kernel", of the lines of a System.map. */
static struct symbols *from_map(const char *text, struct symbols_module **module)
{
	struct bytes bytes = { (uint8_t *)text, strlen(text) };
	struct symbols *symbols = symbols_new();
	struct error err = ERROR_NONE;

	*module = symbols_add_module(symbols, "kernel");
	ck_assert_msg(symbols_add_map(symbols, *module, &bytes, "System.map", &err), "%s", err.text);
	return symbols;
}

static const char map[] =
	"ffff800008010000 T _stext\n"
	"ffff800008010000 t handle_irq\n"
	"ffff800008010040 T __do_softirq\n"
	"ffff800008010040 T __softirqentry_text_start\n"
	"ffff800008010080 t $x.1\n"
	"ffff800008010080 W weak_one\n"
	"ffff800008020000 D cpu_ops\n"
	"0000000000001234 A CONSTANT\n"
	"\n";

/* What the text of a lookup is: "name+offset". */
static void check_lookup(struct symbols *symbols, gva_t addr, const char *name, uint64_t offset)
{
	struct symbol_hit hit;
	bool found = symbols_lookup(symbols, addr, &hit);

	if (!name) {
		ck_assert_msg(!found, "0x%llx is %s", (unsigned long long)addr, found ? hit.symbol->name : "");
		return;
	}
	ck_assert_msg(found, "nothing at 0x%llx, where %s is", (unsigned long long)addr, name);
	ck_assert_str_eq(hit.symbol->name, name);
	ck_assert_uint_eq(hit.offset, offset);
}

START_TEST(map_symbols)
{
	struct symbols_module *kernel;
	struct symbols *symbols = from_map(map, &kernel);

	ck_assert_uint_eq(symbols_count(symbols), 6);
	check_lookup(symbols, 0xffff80000801003c, "handle_irq", 0x3c);
	check_lookup(symbols, 0xffff800008010040, "__do_softirq", 0);
	check_lookup(symbols, 0xffff80000801ffff, "weak_one", 0xff7f);
	check_lookup(symbols, 0xffff800008020008, "cpu_ops", 8);
	check_lookup(symbols, 0xffff80000800ffff, NULL, 0);
	check_lookup(symbols, 0xffff800008021000, NULL, 0);
	check_lookup(symbols, 0x1234, NULL, 0);
	ck_assert_ptr_null(symbols_find(symbols, "CONSTANT"));
	ck_assert_ptr_null(symbols_find(symbols, "handle_ir"));
	symbols_free(symbols);
}
END_TEST

static const char *const bad_maps[] = {
	"no address\n", "12345\n", "12345 T\n", "12345 T \n", "12345T x\n", "ffff8000080100000 T too_long\n",
	"\177ELF\n",
};

START_TEST(bad_map)
{
	struct bytes bytes = { (uint8_t *)bad_maps[_i], strlen(bad_maps[_i]) };
	struct symbols *symbols = symbols_new();
	struct error err = ERROR_NONE;

	ck_assert(!symbols_add_map(symbols, symbols_add_module(symbols, "k"), &bytes, "System.map", &err));
	ck_assert_str_eq(err.text, "System.map:1: not a line \"ADDRESS TYPE NAME\" of a System.map");
	symbols_free(symbols);
}
END_TEST

START_TEST(elf_symbols)
{
	struct elf_file f = elf_file_sound();
	struct elf *elf = elf_new((const uint8_t *)&f, sizeof(f), "f.elf", NULL);
	struct symbols *symbols = symbols_new();
	const gva_t code = ELF_FILE_HIGH + 0x40080000;
	gva_t addr;

	symbols_add_elf(symbols, symbols_add_module(symbols, "firmware"), elf);
	elf_free(elf);
	memset(&f, 0, sizeof(f));	/* names were copied */
	check_lookup(symbols, code + 4, "_start", 4);
	check_lookup(symbols, code + 8, "spin", 0);
	/* A label inside a function that says its size does not hide it. */
	check_lookup(symbols, code + 12, "spin", 4);
	check_lookup(symbols, code + 16, "label", 4);
	check_lookup(symbols, ELF_FILE_HIGH + 0x40090010, "branch_table", 16);
	check_lookup(symbols, ELF_FILE_HIGH + 0x40090020, NULL, 0);
	ck_assert(symbols_find_addr(symbols, "spin", &addr));
	ck_assert_uint_eq(addr, code + 8);
	ck_assert(!symbols_find_addr(symbols, "CONST", &addr));
	symbols_free(symbols);
}
END_TEST

START_TEST(views_and_slide)
{
	struct symbols_module *kernel;
	struct symbols *symbols = from_map(map, &kernel);
	const gva_t high = 0xffff800008000000, low = 0x40200000, slide = 0x1200000;
	gva_t all[SYMBOLS_VIEW_MAX], addr, link;
	struct symbol_hit hit;

	symbols_add_view(kernel, low - high, high, high + 0x2000000);
	check_lookup(symbols, low + 0x10004, "handle_irq", 4);
	ck_assert(symbols_lookup(symbols, low + 0x10004, &hit));
	ck_assert_uint_eq(hit.view, 1);
	ck_assert_uint_eq(symbols_addresses(symbols_find(symbols, "weak_one"), all), 2);
	ck_assert_uint_eq(all[0], high + 0x10080);
	ck_assert_uint_eq(all[1], low + 0x10080);
	symbols_set_slide(kernel, slide);
	check_lookup(symbols, high + slide + 0x10004, "handle_irq", 4);
	check_lookup(symbols, high + 0x10004, NULL, 0);
	check_lookup(symbols, low + 0x10004, "handle_irq", 4);
	ck_assert(symbols_find_addr(symbols, "weak_one", &addr));
	ck_assert_uint_eq(addr, high + slide + 0x10080);
	ck_assert(symbols_to_link(symbols, kernel, low + 0x10004, &link));
	ck_assert_uint_eq(link, high + 0x10004);
	ck_assert(!symbols_to_link(symbols, kernel, 0x1000, &link));
	symbols_free(symbols);
}
END_TEST

START_TEST(one_name_in_two_modules)
{
	struct symbols *symbols = symbols_new();
	struct symbols_module *firmware = symbols_add_module(symbols, "firmware");
	struct symbols_module *kernel = symbols_add_module(symbols, "kernel");
	gva_t addr;

	symbols_add(symbols, kernel,
		    &(struct symbol){ .name = "psci_cpu_on", .addr = 0x2000, .kind = SYMBOL_FUNCTION });
	symbols_add(symbols, firmware, &(struct symbol){ .name = "psci_cpu_on", .addr = 0x800, .kind = SYMBOL_LABEL });
	symbols_add(symbols, kernel, &(struct symbol){ .name = "psci_cpu_on", .addr = 0x1000, .kind = SYMBOL_OBJECT });
	ck_assert(symbols_find_addr(symbols, "psci_cpu_on", &addr));
	ck_assert_uint_eq(addr, 0x800);
	ck_assert(symbols_find_addr(symbols, "kernel:psci_cpu_on", &addr));
	ck_assert_uint_eq(addr, 0x2000);
	ck_assert(symbols_find_addr(symbols, "firmware:psci_cpu_on", &addr));
	ck_assert_uint_eq(addr, 0x800);
	ck_assert(!symbols_find_addr(symbols, "user:psci_cpu_on", &addr));
	ck_assert_ptr_eq(symbols_find_module(symbols, "kernel"), kernel);
	ck_assert_str_eq(symbols_module_name(symbols_find(symbols, "psci_cpu_on")->module), "firmware");
	symbols_free(symbols);
}
END_TEST

START_TEST(completion)
{
	struct symbols_module *kernel;
	struct symbols *symbols = from_map(map, &kernel), *none = symbols_new();

	ck_assert_str_eq(symbols_complete(symbols, "__", 0)->name, "__do_softirq");
	ck_assert_str_eq(symbols_complete(symbols, "__", 1)->name, "__softirqentry_text_start");
	ck_assert_ptr_null(symbols_complete(symbols, "__", 2));
	ck_assert_ptr_null(symbols_complete(symbols, "zz", 0));
	ck_assert_ptr_null(symbols_complete(none, "", 0));
	ck_assert_ptr_null(symbols_find(none, "x"));
	check_lookup(none, 0, NULL, 0);
	symbols_free(symbols);
	symbols_free(none);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/symbols");
	TCase *tcase = tcase_create("symbols");

	tcase_add_test(tcase, map_symbols);
	tcase_add_loop_test(tcase, bad_map, 0, sizeof(bad_maps) / sizeof(bad_maps[0]));
	tcase_add_test(tcase, elf_symbols);
	tcase_add_test(tcase, views_and_slide);
	tcase_add_test(tcase, one_name_in_two_modules);
	tcase_add_test(tcase, completion);
	suite_add_tcase(suite, tcase);
	return suite;
}
