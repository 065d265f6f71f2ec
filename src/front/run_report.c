/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/run_report.c: how a run ended.
 */
#include "front/run_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "device/board.h"
#include "front/subcommand.h"
#include "service/sysreg.h"
#include "session/command.h"
#include "session/contract.h"
#include "session/eventring.h"
#include "session/idle.h"
#include "session/run.h"
#include "session/waits.h"
#include "session/why.h"

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

/* General registers that are 0 are left out: thirty lines of them would push what was wrong off the screen. */
static void print_registers(struct session *session)
{
	struct strbuf text = STRBUF_INIT;
	uint64_t value;
	int end;

	command_execute(session, "info regs", &text);
	for (char *rest = text.text, *line; (line = strsep(&rest, "\n")) && *line;) {
		end = 0;
		sscanf(line, "x%*u 0x%" SCNx64 "%n", &value, &end);
		if (!end || value)
			fprintf(stderr, "%s\n", line);
	}
	strbuf_free(&text);
}

/* The lines of TEXT, indented. */
static void print_lines(const char *text)
{
	for (size_t len; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		fprintf(stderr, "  %.*s\n", (int)len, text);
	}
}

static void print_why(const struct session *session, const char *wanted)
{
	bool is_deadlock = session_stop(session)->why == STOPPED_DEADLOCK;
	struct strbuf text = STRBUF_INIT;

	if (is_deadlock) {
		strbuf_printf(&text, "t=%" PRIu64 "  deadlock: nothing can wake any CPU", session_stop(session)->t);
		run_describe_missing(session, &text);
	} else {
		run_describe_stop(session, &text);
	}
	if (wanted)
		strbuf_printf(&text, "; %s was not reached", wanted);
	fputs("smptutor: ", stderr);
	print_line(strbuf_text(&text));
	strbuf_free(&text);
}

/* Where each CPU is, and what the sleeping ones wait for. */
static void print_waits(const struct session *session, const struct run_end *end)
{
	enum stopped why = session_stop(session)->why;
	struct strbuf text = STRBUF_INIT;

	if (why == STOPPED_BUDGET || (why == STOPPED_DEADLOCK && !end->is_deadlock_told))
		waits_describe_lines(session, &text);
	if (why == STOPPED_DEADLOCK && !idle_is_known(session))
		strbuf_puts(&text, "is this rest? the kernel has no symbols, so its idle loop is not known: "
			    "--symbols FILE\n");
	print_lines(strbuf_text(&text));
	strbuf_free(&text);
}

/* What a kernel that got stuck, or gave up, was brought into: the log said so long ago. */
static void print_broken_contract(const struct session *session)
{
	struct strbuf text = STRBUF_INIT;

	contract_describe_broken(session_contract(session), &text);
	print_lines(strbuf_text(&text));
	strbuf_free(&text);
}

/* In a machine that has come to rest, a CPU that is not online will never be. */
static void print_missing(const struct session *session, const struct run_end *end)
{
	const struct session_stop *stop = session_stop(session);
	bool is_idle = stop->why == STOPPED_IDLE || (stop->why == STOPPED_CONDITION && !strcmp(stop->text, "idle"));
	struct strbuf text = STRBUF_INIT;

	if ((!is_idle && stop->why != STOPPED_DEADLOCK) || (end->is_scripted && !end->code))
		return;
	why_describe_missing(session, &text);
	if (text.len && !end->code)
		fprintf(stderr, "smptutor: t=%" PRIu64 "  the machine idles, but not with all CPUs:\n", stop->t);
	print_lines(strbuf_text(&text));
	strbuf_free(&text);
}

void run_report_end(struct session *session, const struct run_end *end)
{
	struct pl011 *uart = board_uart(session_board(session), 0);

	if (uart)
		pl011_flush(uart);
	session_note_stop(session);
	/* What was printed before comes before, also where both streams go to one file. */
	fflush(stdout);
	if (end->code) {
		print_why(session, end->wanted);
		print_waits(session, end);
		print_broken_contract(session);
	}
	print_missing(session, end);
	if (end->code == EXIT_FAULT)
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
