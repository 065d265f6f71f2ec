/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * front/run_report.c: how a run ended.
 */
#include "front/run_report.h"

#include <inttypes.h>
#include <stdio.h>

#include "device/board.h"
#include "front/subcommand.h"
#include "service/sysreg.h"
#include "session/command.h"
#include "session/eventring.h"
#include "session/run.h"
#include "session/waits.h"

/* TEXT on one line. */
static void print_line(const char *text)
{
	for (; *text; text++) {
		if (*text != '\n')
			putc(*text, stderr);
		else if (text[1])
			fputs("; ", stderr);
	}
	putc('\n', stderr);
}

static void print_registers(struct session *session)
{
	struct strbuf text = STRBUF_INIT;

	command_execute(session, "info regs", &text);
	fputs(strbuf_text(&text), stderr);
	strbuf_free(&text);
}

static void print_why(const struct session *session, const char *wanted)
{
	struct strbuf text = STRBUF_INIT;

	run_describe_stop(session, &text);
	if (session_stop(session)->why == STOPPED_BUDGET) {
		strbuf_puts(&text, ": ");
		waits_describe_all(session, &text);
	}
	if (wanted)
		strbuf_printf(&text, "; %s was not reached", wanted);
	fputs("smptutor: ", stderr);
	print_line(strbuf_text(&text));
	strbuf_free(&text);
}

void run_report_end(struct session *session, int code, const char *wanted)
{
	struct pl011 *uart = board_uart(session_board(session), 0);

	if (uart)
		pl011_flush(uart);
	session_note_stop(session);
	if (code)
		print_why(session, wanted);
	if (code == EXIT_FAULT)
		print_registers(session);
}

static void print_exceptions(const struct eventring *ring)
{
	for (unsigned ec = 0; ec <= EVENT_EC_SERROR; ec++) {
		const char *class = sysreg_exception_class(ec);

		for (int el = 1; el <= 3; el++)
			if (eventring_exceptions(ring, ec, el))
				fprintf(stderr, "exceptions  %-12s to EL%d %12" PRIu64 "\n", class ? class : "?", el,
					eventring_exceptions(ring, ec, el));
	}
}

void run_report_stats(const struct session *session, double seconds)
{
	struct machine *machine = session_machine(session);
	double rate = seconds > 0 ? (double)machine_time(machine) / seconds / 1e6 : 0;

	for (unsigned n = 0; n < machine_cpu_count(machine); n++)
		fprintf(stderr, "cpu%-2u       instructions %20" PRIu64 "\n", n,
			cpu_instructions(machine_cpu_const(machine, n)));
	print_exceptions(session_events(session));
	fprintf(stderr, "all CPUs    instructions %20" PRIu64 "\n", machine_time(machine));
	fprintf(stderr, "host        %.2f s, %.1f million instructions a second\n", seconds, rate);
}
