/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever runs for long asks, now and then, whether to go on: also what looks at each instruction.
 */
#include "booted.h"
#include "device/board.h"
#include "past.h"
#include "session/drive.h"
#include "unit.h"

static bool stop_at_second(void *ctx, struct session *session)
{
	unsigned *calls = ctx;

	(void)session;
	return ++*calls < 2;
}

/* None of them would end by itself within the test's time. */
static const char *const lines[] = {
	"until cpu0.x0 == 0x123456789",
	"until off",
	"step 2000000000",
	"continue",
};

START_TEST(asks_whether_to_go_on)
{
	struct session *session = booted("psci-smc", 1);
	unsigned calls = 0;

	/* b to itself */
	booted_ok(session, "until cpu0:start_kernel; set mem32[pc] = 0x14000000");
	session_set_progress(session, stop_at_second, &calls);
	booted_ok(session, lines[_i]);
	ck_assert_int_eq(session_stop(session)->why, STOPPED_INTERRUPT);
	ck_assert_uint_eq(calls, 2);
	ck_assert_uint_gt(session_stop(session)->t, 1 << 18);
	ck_assert_uint_lt(session_stop(session)->t, 1 << 20);
	session_free(session);
}
END_TEST

static bool type_at_second(void *ctx, struct session *session)
{
	unsigned *calls = ctx;

	if (++*calls == 2)
		drive_type(session, "ab", 2);
	return *calls < 4;
}

/* What is typed while the machine runs comes to the UART then, and going there again it comes again. */
START_TEST(types_while_it_runs)
{
	struct session *session = past_session("psci-smc", 1, NULL, true);
	struct pl011 *uart = board_uart(session_board(session), 0);
	unsigned calls = 0;

	booted_ok(session, "until cpu0:start_kernel; set mem32[pc] = 0x14000000");
	session_set_progress(session, type_at_second, &calls);
	booted_ok(session, "continue");
	ck_assert_int_eq(session_stop(session)->why, STOPPED_INTERRUPT);
	ck_assert_uint_eq(pl011_input_unread(uart), 2);
	session_set_progress(session, NULL, NULL);
	booted_ok(session, "goto 500000");
	ck_assert_uint_eq(pl011_input_unread(uart), 0);
	booted_ok(session, "goto 700000");
	ck_assert_uint_eq(pl011_input_unread(uart), 2);
	session_free(session);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/interrupt");
	TCase *tc = tcase_create("interrupt");

	tcase_add_loop_test(tc, asks_whether_to_go_on, 0, sizeof(lines) / sizeof(lines[0]));
	tcase_add_test(tc, types_while_it_runs);
	suite_add_tcase(suite, tc);
	return suite;
}
