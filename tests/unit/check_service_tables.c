/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of data: milestones and system registers are what they claim, and room in memory is found.
 */
#include <stdio.h>
#include <string.h>

#include "machine/device.h"
#include "machine/event.h"
#include "service/milestones.h"
#include "service/placement.h"
#include "service/sysreg.h"
#include "unit.h"

START_TEST(milestones_are_whole)
{
	bool has_row[32] = { false };

	for (size_t i = 0; i < milestones_count(); i++) {
		const struct milestone *m = milestones_at(i);

		ck_assert_int_eq(milestones_find(m->name), (int)i);
		ck_assert_msg(m->row >= 1 && m->row <= 24, "%s", m->name);
		ck_assert_msg(!i || m->order > milestones_at(i - 1)->order, "%s", m->name);
		ck_assert_msg(*m->title && strlen(m->text) > 20, "%s", m->name);
		has_row[m->row] = true;
	}
	for (unsigned row = 1; row <= 24; row++)
		ck_assert_msg(has_row[row], "row %u", row);
	ck_assert_int_eq(milestones_find("psci_init"), milestones_find("psci_dt_init"));
	ck_assert_int_ne(milestones_find("psci_cpu_on"), milestones_find("firmware_psci_cpu_on"));
	ck_assert_int_eq(milestones_find("psci"), -1);
}
END_TEST

START_TEST(sysregs_are_unique)
{
	uint32_t number;

	for (size_t i = 0; i < sysreg_count(); i++) {
		ck_assert_ptr_eq(sysreg_find(sysreg_at(i)->name), sysreg_at(i));
		ck_assert_ptr_eq(sysreg_find_number(sysreg_at(i)->number), sysreg_at(i));
	}
	ck_assert(sysreg_number("S3_0_C0_C0_5", &number) && number == SYSREG(3, 0, 0, 0, 5));
	ck_assert(sysreg_number("MPIDR_EL1", &number) && number == SYSREG(3, 0, 0, 0, 5));
	ck_assert(!sysreg_number("S4_0_C0_C0_5", &number) && !sysreg_number("s3_0_c0_c0_5x", &number) &&
		  !sysreg_number("nothing_el1", &number));
}
END_TEST

static const struct { const char *name; uint64_t value; const char *text; } described[] = {
	{ "sctlr_el3", 0x30c50830, "I=0 C=0 M=0" }, { "sctlr_el1", 0x1005, "I=1 C=1 M=1" },
	  { "scr_el3", 0x531, "RW=1 HCE=1 NS=1" },
	{ "spsr_el3", 0x3c9, "D A I F M=EL2h" }, { "mpidr_el1", 0x80000103, "Aff3=0 Aff2=0 Aff1=1 Aff0=3" },
	  { "vbar_el3", 5, "" },
};

START_TEST(describes_fields)
{
	struct strbuf text = STRBUF_INIT;

	sysreg_describe(sysreg_find(described[_i].name), described[_i].value, &text);
	ck_assert_str_eq(strbuf_text(&text), described[_i].text);
	strbuf_free(&text);
}
END_TEST

START_TEST(names_exceptions)
{
	ck_assert_str_eq(sysreg_exception_class(0x17), "SMC64");
	ck_assert_str_eq(sysreg_exception_class(EVENT_EC_IRQ), "IRQ");
	ck_assert_ptr_null(sysreg_exception_class(0x3f));
	ck_assert_str_eq(sysreg_mode_name(0x3c9), "EL2h");
	ck_assert_str_eq(sysreg_mode_name(0x1), "?");
}
END_TEST

START_TEST(finds_room)
{
	struct placement p = PLACEMENT_INIT;
	struct error err = ERROR_NONE;
	gpa_t base;

	ck_assert(placement_take(&p, "first", 0x1000, 0x1000, &err));
	ck_assert(!placement_take(&p, "second", 0x1fff, 2, &err));
	ck_assert_str_eq(err.text, "second (0x1fff to 0x2000) overlaps first (0x1000 to 0x1fff)");
	ck_assert(placement_find(&p, 0, 0x10000, 0x1000, 0x1000, 0, &base) && base == 0);
	ck_assert(placement_find(&p, 0, 0x10000, 0x1001, 0x1000, 0, &base) && base == 0x2000);
	ck_assert(placement_find(&p, 0x800, 0x10000, 0x800, 0x1000, 0x80, &base) && base == 0x2080);
	ck_assert(!placement_find(&p, 0x1000, 0x3000, 0x1001, 0x1000, 0, &base));
	ck_assert(!placement_find(&p, 0, UINT64_MAX, UINT64_MAX, 0x1000, 0, &base));
	placement_free(&p);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/tables");
	TCase *tc = tcase_create("tables");

	tcase_add_test(tc, milestones_are_whole);
	tcase_add_test(tc, sysregs_are_unique);
	tcase_add_loop_test(tc, describes_fields, 0, sizeof(described) / sizeof(described[0]));
	tcase_add_test(tc, names_exceptions);
	tcase_add_test(tc, finds_room);
	suite_add_tcase(suite, tc);
	return suite;
}
