/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine/sched_file.c: schedules as text: the names of policies, and saved runs.
 *
 * A saved schedule has one line "cpuN COUNT" a burst, or "cpuN COUNT xTIMES" for bursts that repeat; a '+' before it
 * says that the burst is the rest of one that steps came between.  "inject WHAT cpuN [COUNT] at T" is done when T
 * instructions have been run, "at T+TICKS" when the counter has also leapt TICKS over sleep.  '#' starts a comment.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "machine/sched.h"
#include "machine/sched_state.h"

static const char *const injection_names[] = {
	[INJECT_STXR_FAIL] = "stxr-fail", [INJECT_SPURIOUS_WAKE] = "spurious-wake", [INJECT_DROP_SEV] = "drop-sev",
	[INJECT_FREEZE] = "freeze",
};

enum { INJECTIONS = sizeof(injection_names) / sizeof(injection_names[0]) };

/* ---- the policy ---- */

static bool parse_number(const char *text, uint64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return false;
	*value = strtoull(text, &end, 0);
	return *end == '\0';
}

bool sched_set(struct sched *sched, const char *spec, struct error *err)
{
	const char *colon = strchr(spec, ':');
	size_t len = colon ? (size_t)(colon - spec) : strlen(spec);
	uint64_t value = 0;

	if (len == 2 && !strncmp(spec, "rr", len)) {
		value = SCHED_DEFAULT_QUANTUM;
		if (colon && (!parse_number(colon + 1, &value) || value == 0))
			return error_set(err, "schedule '%s': the quantum must be a number of instructions, 1 or more",
					 spec);
		sched_set_policy(sched, POLICY_ROUND_ROBIN, value);
		return true;
	}
	if (len == 6 && !strncmp(spec, "random", len)) {
		if (colon && !parse_number(colon + 1, &value))
			return error_set(err, "schedule '%s': the seed must be a number", spec);
		sched_set_policy(sched, POLICY_RANDOM, value);
		return true;
	}
	return error_set(err, "schedule '%s' is unknown; known are rr, rr:N, random, random:SEED and file:PATH", spec);
}

/* ---- reading ---- */

/* Nothing but space is left of TEXT. */
static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r")] == '\0';
}

static bool parse_burst(const struct sched *sched, const char *line, struct burst *burst)
{
	int used = 0, more = 0;

	*burst = (struct burst){ .times = 1, .goes_on = *line == '+' };
	line += burst->goes_on;
	if (sscanf(line, "cpu%u %" SCNu64 "%n", &burst->cpu, &burst->count, &used) < 2)
		return false;
	if (sscanf(line + used, " x%" SCNu64 "%n", &burst->times, &more) >= 1)
		used += more;
	return is_blank(line + used) && burst->cpu < sched->cpu_count && burst->count && burst->times;
}

static bool find_injection(const char *name, enum injection *what)
{
	for (int i = 0; i < INJECTIONS; i++) {
		if (!strcmp(name, injection_names[i])) {
			*what = i;
			return true;
		}
	}
	return false;
}

static bool parse_injection(const struct sched *sched, const char *line, struct injected *injected)
{
	char name[16];
	int used = 0, more = 0;

	*injected = (struct injected){ 0 };
	if (sscanf(line, " inject %15s cpu%u%n", name, &injected->cpu, &used) < 2 ||
	    !find_injection(name, &injected->what) || injected->cpu >= sched->cpu_count)
		return false;
	line += used;
	if (injected->what == INJECT_FREEZE) {
		if (sscanf(line, " %" SCNu64 "%n", &injected->n, &more) < 1)
			return false;
		line += more;
	}
	if (sscanf(line, " at %" SCNu64 "%n", &injected->t, &used) < 1)
		return false;
	line += used;
	if (*line == '+' && sscanf(line, "+%" SCNu64 "%n", &injected->idle_ticks, &used) >= 1)
		line += used;
	return is_blank(line);
}

/* Add what LINE says to PLAN.  False when it says nothing that is known. */
static bool parse_line(const struct sched *sched, struct sched_plan *plan, char *line)
{
	struct injected injected;
	struct burst burst;

	line[strcspn(line, "#")] = '\0';
	if (is_blank(line))
		return true;
	if (parse_burst(sched, line, &burst))
		vec_add(&plan->list, burst);
	else if (parse_injection(sched, line, &injected))
		vec_add(&plan->to_inject, injected);
	else
		return false;
	return true;
}

bool sched_set_list(struct sched *sched, const char *name, const char *text, struct error *err)
{
	char *copy = xstrdup(text), *rest = copy, *line;
	struct sched_plan *plan = sched_plan_new();
	unsigned number = 1;
	bool ok;

	for (; (line = strsep(&rest, "\n")) && parse_line(sched, plan, line); number++)
		;
	ok = !line;
	free(copy);
	/* The one before stays when this one is no good. */
	if (!ok) {
		sched_plan_release(plan);
		return error_set(err,
				 "%s:%u: neither a burst, 'cpuN COUNT' or 'cpuN COUNT xTIMES', nor 'inject WHAT cpuN "
				 "[COUNT] at T', with N below %u",
				 name, number, sched->cpu_count);
	}
	sched_plan_release(sched->plan);
	sched->plan = plan;
	sched_set_policy(sched, POLICY_LIST, 0);
	snprintf(sched->state.name, sizeof(sched->state.name), "file");
	return true;
}

/* ---- writing ---- */

static void save_burst(const struct burst *burst, struct strbuf *out)
{
	strbuf_printf(out, "%scpu%u %" PRIu64, burst->goes_on ? "+" : "", burst->cpu, burst->count);
	if (burst->times > 1)
		strbuf_printf(out, " x%" PRIu64, burst->times);
	strbuf_putc(out, '\n');
}

static void save_injected(const struct injected *injected, struct strbuf *out)
{
	strbuf_printf(out, "inject %s cpu%u", injection_names[injected->what], injected->cpu);
	if (injected->what == INJECT_FREEZE)
		strbuf_printf(out, " %" PRIu64, injected->n);
	strbuf_printf(out, " at %" PRIu64, injected->t);
	if (injected->idle_ticks)
		strbuf_printf(out, "+%" PRIu64, injected->idle_ticks);
	strbuf_putc(out, '\n');
}

void sched_save(const struct sched *sched, struct strbuf *out)
{
	strbuf_printf(out, "# smptutor schedule 1: what was run, CPU and instructions; it was %s\n", sched->state.name);
	for (size_t i = 0; i < sched->injected.len; i++)
		save_injected(&sched->injected.item[i], out);
	for (size_t i = 0; i < sched->record.len; i++)
		save_burst(&sched->record.item[i], out);
	if (sched->open.count)
		save_burst(&sched->open, out);
}
