/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The events of the past: numbers, texts that outlive their makers, counts, and a ring that goes round.
 */
#include "session/eventring.h"

#include <string.h>

#include "unit.h"

static struct event event_at(uint64_t t, int cpu, enum event_kind kind)
{
	return (struct event){ .t = t, .cpu = cpu, .kind = kind };
}

START_TEST(keeps_texts)
{
	struct eventring *ring = eventring_new();
	struct event event = event_at(5, 1, EVENT_UART);
	char text[] = "hello";

	event.u.uart.text = text;
	eventring_add(ring, &event);
	memset(text, 'x', 5);
	ck_assert_str_eq(eventring_at(ring, 0)->u.uart.text, "hello");
	ck_assert_str_eq(eventring_last(ring, 1)->u.uart.text, "hello");
	ck_assert_ptr_null(eventring_last(ring, 0));
	ck_assert_ptr_null(eventring_at(ring, 1));
	eventring_free(ring);
}
END_TEST

START_TEST(counts)
{
	struct eventring *ring = eventring_new();
	struct event smc = event_at(1, 0, EVENT_EXCEPTION), none = event_at(2, EVENT_NO_CPU, EVENT_STOP);

	smc.u.exception.ec = 0x17;
	smc.u.exception.to = 3;
	eventring_add(ring, &smc);
	eventring_add(ring, &smc);
	eventring_add(ring, &none);
	ck_assert_uint_eq(eventring_count(ring, EVENT_EXCEPTION), 2);
	ck_assert_uint_eq(eventring_count_cpu(ring, EVENT_EXCEPTION, 0), 2);
	ck_assert_uint_eq(eventring_count_cpu(ring, EVENT_EXCEPTION, 1), 0);
	ck_assert_uint_eq(eventring_exceptions(ring, 0x17, 3), 2);
	ck_assert_uint_eq(eventring_exceptions(ring, 0x17, 2), 0);
	ck_assert_uint_eq(eventring_count(ring, EVENT_STOP), 1);
	eventring_free(ring);
}
END_TEST

START_TEST(goes_round)
{
	struct eventring *ring = eventring_new();

	for (uint64_t t = 0; t < EVENTRING_MAX + 100; t++) {
		struct event event = event_at(t * 2, (int)(t % 4), EVENT_SEV);

		eventring_add(ring, &event);
	}
	ck_assert_uint_eq(eventring_first(ring), 100);
	ck_assert_uint_eq(eventring_next(ring), EVENTRING_MAX + 100);
	ck_assert_ptr_null(eventring_at(ring, 99));
	ck_assert_uint_eq(eventring_at(ring, 100)->t, 200);
	ck_assert_uint_eq(eventring_find_time(ring, 0), 100);
	ck_assert_uint_eq(eventring_find_time(ring, 1001), 501);
	ck_assert_uint_eq(eventring_count(ring, EVENT_SEV), EVENTRING_MAX + 100);
	eventring_free(ring);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("session/eventring");
	TCase *tc = tcase_create("eventring");

	tcase_add_test(tc, keeps_texts);
	tcase_add_test(tc, counts);
	tcase_add_test(tc, goes_round);
	suite_add_tcase(suite, tc);
	return suite;
}
