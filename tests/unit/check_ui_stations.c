/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stations of a boot: key m stops in every row of the overview that the board passes, in order, and then no more.
 */
#include "ui/stations.h"

#include <stdio.h>

#include "booted.h"
#include "unit.h"

#define ROWS(first, last)	((2ull << (last)) - (1ull << (first)))
#define ROW(row)		(1ull << (row))

static const struct { const char *board; unsigned cpus; uint64_t rows; } boots[] = {
	{ "psci-smc", 4, ROWS(1, 22) },
	{ "psci-smc", 1, ROWS(1, 14) },
	{ "psci-classic", 2, ROWS(1, 22) },
	/* No PSCI to be looked for, and none to be called; and while the secondaries go from pen to pen, CPU0 passes
	 * row 13. */
	{ "spin-table", 4, (ROWS(1, 23) & ~(ROW(8) | ROW(13) | ROW(16) | ROW(17))) },
	/* Without firmware nothing happens before the kernel, and no pen opens. */
	{ "psci-hvc", 2, (ROWS(5, 22) & ~(ROW(16) | ROW(17) | ROW(18))) | ROW(24) },
};

START_TEST(stops_in_every_row)
{
	struct session *session = booted(boots[_i].board, boots[_i].cpus);
	const struct milestone *station;
	uint64_t rows = 0, t = 0;
	char line[64];

	while ((station = stations_next(session))) {
		ck_assert(!stations_is_end(session));
		snprintf(line, sizeof(line), "until milestone:%s", station->name);
		booted_ok(session, line);
		ck_assert_msg(session_stop(session)->why == STOPPED_CONDITION, "%s was not reached", station->name);
		ck_assert(session_stop(session)->t >= t);
		t = session_stop(session)->t;
		rows |= ROW(station->row);
	}
	ck_assert_msg(rows == boots[_i].rows, "rows %llx, not %llx", (unsigned long long)rows,
		      (unsigned long long)boots[_i].rows);
	booted_ok(session, "until idle");
	ck_assert(stations_is_end(session));
	session_free(session);
}
END_TEST

/* What was passed over is not come back to. */
START_TEST(goes_on_from_where_it_stands)
{
	struct session *session = booted("psci-smc", 2);

	booted_ok(session, "until milestone:smp_init");
	ck_assert_str_eq(stations_next(session)->name, "__cpu_up");
	booted_ok(session, "until milestone:secondary_start_kernel");
	ck_assert_str_eq(stations_next(session)->name, "smpboot_unpark_threads");
	booted_ok(session, "reset");
	ck_assert_str_eq(stations_next(session)->name, "find_logical_id");
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("ui/stations");
	TCase *tc = tcase_create("stations");

	tcase_add_loop_test(tc, stops_in_every_row, 0, sizeof(boots) / sizeof(boots[0]));
	tcase_add_test(tc, goes_on_from_where_it_stands);
	suite_add_tcase(suite, tc);
	return suite;
}
