/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/panic.c: a kernel that gave up.
 *
 * Linux kernel/panic.c prints "Kernel panic - not syncing: WHY" first, much more after it, and when there is no reboot
 * to come "---[ end Kernel panic - not syncing: WHY ]---" last of all.  Then it loops with interrupts enabled, and
 * touches the watchdog every 100 ms.  A kernel of which threads print (PREEMPT_RT) may never come to print the end.
 */
#include "session/panic.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "session/console.h"
#include "session/eventlog.h"
#include "session/eventring.h"
#include "session/guest_text.h"
#include "session/names.h"
#include "session/session_private.h"

static const char first_words[] = "Kernel panic - not syncing";
static const char last_words[] = "---[ end Kernel panic";

#define PSTATE_I	UINT64_C(0x80)

/* ---- on the way ---- */

static struct session_place find_place(struct session *session, const char *symbol)
{
	struct name name;

	if (!names_find(session->loaded, symbol, &name, NULL))
		return (struct session_place){ .is_known = false };
	machine_set_mark(session->loaded->machine, name.pa, MARK_NOTE);
	return (struct session_place){ true, name.pa };
}

void panic_find(struct session *session)
{
	memset(session->dead_since, 0, sizeof(session->dead_since));
	session->panic = (struct session_panic){ 0 };
	session->dead_end = find_place(session, "firmware:unexpected_exception");
	session->panic_entry = find_place(session, "kernel:panic");
	session->panic_round = (struct session_place){ .is_known = false };
	if (session->panic_entry.is_known)
		session->panic_round = find_place(session, "kernel:touch_softlockup_watchdog");
}

/* A CPU that sev wakes there goes round once more: that is no news. */
static bool see_dead_end(struct session *session, const struct cpu *cpu)
{
	uint64_t *since = &session->dead_since[cpu_index(cpu)], t = machine_time(session->loaded->machine);

	if (*since && *since < t)
		return false;
	*since = t;
	return true;
}

/* What the kernel says of it may never come to a console: its reason is still in its registers.  The first call counts;
 * others follow from it. */
static void see_call(struct session *session, const struct cpu *cpu)
{
	struct session_panic *panic = &session->panic;
	struct strbuf why = STRBUF_INIT;

	if (panic->is_seen)
		return;
	*panic = (struct session_panic){
		.is_seen = true, .cpu = cpu_index(cpu), .t = machine_time(session->loaded->machine),
	};
	guest_text_format(session->loaded, cpu, &why);
	snprintf(panic->why, sizeof(panic->why), "%s", strbuf_text(&why));
	strbuf_free(&why);
}

/* Until its last loop panic() masks interrupts, also while it waits for a reboot.  What they may still print has had a
 * whole round for it. */
static bool see_round(struct session *session, const struct cpu *cpu)
{
	struct session_panic *panic = &session->panic;
	uint64_t written = console_written(session->console);
	gva_t from = cpu_get_reg(cpu, 30);
	bool is_quiet = panic->round_from == from && panic->round_written == written;

	if (!panic->is_seen || panic->is_over || cpu_index(cpu) != panic->cpu ||
	    cpu_get_reg(cpu, CPU_PSTATE) & PSTATE_I)
		return false;
	panic->round_from = from;
	panic->round_written = written;
	panic->is_over = is_quiet;
	return is_quiet;
}

static bool is_at(const struct session_place *place, gpa_t pa)
{
	return place->is_known && place->pa == pa;
}

bool panic_see(struct session *session, const struct cpu *cpu, gpa_t pa)
{
	if (is_at(&session->panic_entry, pa))
		see_call(session, cpu);
	return (is_at(&session->dead_end, pa) && see_dead_end(session, cpu)) ||
	       (is_at(&session->panic_round, pa) && see_round(session, cpu));
}

/* ---- afterwards ---- */

bool panic_is_over(const struct session *session)
{
	size_t len;
	const char *text = console_text(session_console(session), &len);
	const char *before;

	if (!len || text[len - 1] != '\n')
		return false;
	before = memrchr(text, '\n', len - 1);
	return strstr(before ? before : text, last_words);
}

/* The CPU that printed it. */
static int find_printer(const struct session *session)
{
	const struct eventring *ring = session_events(session);

	for (uint64_t n = eventring_next(ring); n > eventring_first(ring); n--) {
		const struct event *event = eventring_at(ring, n - 1);

		if (event->kind == EVENT_UART && strstr(event->u.uart.text, first_words))
			return event->cpu;
	}
	return EVENT_NO_CPU;
}

/* The CPU that stands in the dead end, and came there last. */
static int find_dead(const struct session *session)
{
	uint64_t offset, last = 0;
	struct name name;
	int found = EVENT_NO_CPU;

	for (unsigned n = 0; session->dead_end.is_known && n < session->loaded->cpu_count; n++) {
		gva_t pc = cpu_get_reg(machine_cpu_const(session->loaded->machine, n), CPU_PC);

		if (session->dead_since[n] > last && names_at(session->loaded, pc, &name, &offset) &&
		    name.pa == session->dead_end.pa) {
			last = session->dead_since[n];
			found = (int)n;
		}
	}
	return found;
}

/* What was the last exception of CPU? */
static void put_exception(const struct session *session, int cpu, struct strbuf *out)
{
	const struct eventring *ring = session_events(session);

	for (uint64_t n = eventring_next(ring); n > eventring_first(ring); n--) {
		const struct event *event = eventring_at(ring, n - 1);

		if (event->kind != EVENT_EXCEPTION || event->cpu != cpu)
			continue;
		strbuf_puts(out, ": ");
		eventlog_details(session_loaded(session), event, out);
		return;
	}
}

bool panic_is_seen(const struct session *session)
{
	return session->panic.is_seen;
}

static bool put_silent(const struct session *session, int *cpu, struct strbuf *out)
{
	const struct session_panic *panic = &session->panic;

	if (!panic->is_seen)
		return false;
	*cpu = (int)panic->cpu;
	strbuf_printf(out, "%s: %s (CPU%u called panic() at t=%" PRIu64 "; the console has nothing of it)", first_words,
		      panic->why, panic->cpu, panic->t);
	return true;
}

/* LINE of the console.  Linux 5.10-rt puts the reason on the next one, behind a time. */
static void put_line(const struct session *session, const char *line, struct strbuf *out)
{
	size_t len = strcspn(line, "\r\n");

	strbuf_add(out, line, len);
	if (len == strlen(first_words) + strlen(":") && session->panic.is_seen)
		strbuf_printf(out, " %s", session->panic.why);
}

bool panic_text(const struct session *session, int *cpu, struct strbuf *out)
{
	const char *line = strstr(console_text(session_console(session), NULL), first_words);

	*cpu = find_dead(session);
	if (*cpu != EVENT_NO_CPU) {
		strbuf_printf(out, "CPU%d took an exception that the firmware does not handle", *cpu);
		put_exception(session, *cpu, out);
		return true;
	}
	if (!line)
		return put_silent(session, cpu, out);
	*cpu = session->panic.is_seen ? (int)session->panic.cpu : find_printer(session);
	put_line(session, line, out);
	return true;
}
