/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PL061: the masked data register, and the two outputs that are the board's power switches.
 */
#include "device/pl061.h"

#include <stdlib.h>

#include "fake_machine.h"
#include "unit.h"

enum { DIR = 0x400, RIS = 0x414, AFSEL = 0x420, ALL = 0x3fc };

static struct machine *machine;
static struct pl061 *gpio;

static void setup(void)
{
	machine = fake_machine_new(1);
	gpio = pl061_new(machine);
}

static void teardown(void)
{
	pl061_free(gpio);
	free(machine);
}

static uint64_t get(unsigned reg)
{
	return pl061_ops.read(gpio, 0, reg, 4);
}

static void put(unsigned reg, uint64_t value)
{
	pl061_ops.write(gpio, 0, reg, 4, value);
}

/* Address bits 9:2 mask the data; inputs read 0. */
START_TEST(data)
{
	put(DIR, 0xf0);
	put(0x30 << 2, 0xff);
	ck_assert_uint_eq(get(ALL), 0x30);
	ck_assert_uint_eq(get(0x10 << 2), 0x10);
	put(0x20 << 2, 0);
	ck_assert_uint_eq(get(ALL), 0x10);
	put(ALL, 0x0c);
	ck_assert_uint_eq(get(ALL), 0);
	ck_assert_uint_eq(machine->power_requests, 0);
}
END_TEST

START_TEST(registers)
{
	static const uint8_t id[] = { 0x61, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

	for (unsigned i = 0; i < sizeof(id); i++)
		ck_assert_uint_eq(get(0xfe0 + 4 * i), id[i]);
	put(AFSEL, 0x55);
	ck_assert_uint_eq(get(AFSEL), 0x55);
	put(RIS, 0xff);
	ck_assert_uint_eq(get(RIS), 0);
	ck_assert_uint_eq(get(0x424), 0);
}
END_TEST

/* What is written to DIR and then to the data register, and what becomes of the board. */
static const struct { uint8_t dir, data; unsigned requests; enum power_state state; } switches[] = {
	{ 3, 0, 0, POWER_ON }, { 0, 3, 0, POWER_ON }, { 1, 1, 1, POWER_SYSTEM_OFF }, { 2, 2, 1, POWER_SYSTEM_RESET },
	{ 3, 3, 1, POWER_SYSTEM_OFF }, { 2, 1, 0, POWER_ON }, { 0xfc, 0xff, 0, POWER_ON },
};

START_TEST(power)
{
	put(DIR, switches[_i].dir);
	put(ALL, switches[_i].data);
	ck_assert_uint_eq(machine->power_requests, switches[_i].requests);
	if (switches[_i].requests)
		ck_assert_int_eq(machine->power, switches[_i].state);
	put(ALL, switches[_i].data);	/* still high: no second edge */
	ck_assert_uint_eq(machine->power_requests, switches[_i].requests);
}
END_TEST

/* As firmware may do it: the value first, then the direction; and over a restore. */
START_TEST(direction_last)
{
	struct strbuf saved = STRBUF_INIT;
	struct device_blob blob;

	put(ALL, 1);
	pl061_ops.save(gpio, &saved);
	pl061_ops.reset(gpio);
	put(DIR, 1);
	ck_assert_uint_eq(machine->power_requests, 0);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len, 0 };
	ck_assert(pl061_ops.load(gpio, &blob));
	put(DIR, 1);
	ck_assert_uint_eq(machine->power_requests, 1);
	strbuf_free(&saved);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/pl061");
	TCase *tcase = tcase_create("pl061");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, data);
	tcase_add_test(tcase, registers);
	tcase_add_loop_test(tcase, power, 0, sizeof(switches) / sizeof(switches[0]));
	tcase_add_test(tcase, direction_last);
	suite_add_tcase(suite, tcase);
	return suite;
}
