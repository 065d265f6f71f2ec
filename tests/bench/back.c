/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Benchmarks of going back: how long `back` takes after a long run, `who` at the end of a boot, and what keeping the
 * past costs while running.
 *
 * usage: back [KERNEL [INSTRUCTIONS]]: an arm64 Image in place of the bundled kernel, and how long the long run is.
 * What keeping costs is only measured with one.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/command.h"
#include "session/drive.h"

enum { REPEATS = 5, BACKS = 21, KEEP_INTERVAL = 1 << 20 };

/* What is run, from the command line. */
struct load { const char *kernel; uint64_t instructions; };

/* Of this process: others on the host do not count. */
static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare);
	return values[count / 2];
}

static struct session *start(const struct session_config *config)
{
	struct error err = ERROR_NONE;
	struct session *session = session_new(config, &err);

	if (!session) {
		fprintf(stderr, "%s\n", err.text);
		exit(EXIT_FAILURE);
	}
	session_start(session);
	return session;
}

static struct session *start_lab(void)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "psci-smc", .cpus = 4, .model = CPU_CORTEX_A72 },
		.keep_history = true,
	};

	return start(&config);
}

static struct session *start_long(const struct load *load, bool keep_history)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = "virt", .cpus = 2, .memory = (uint64_t)512 << 20,
			  .model = CPU_CORTEX_A72, .kernel = load->kernel },
		.keep_history = keep_history,
	};

	return start(&config);
}

static double time_command(struct session *session, const char *line)
{
	struct strbuf out = STRBUF_INIT;
	double begin = seconds();
	struct command_result result = command_execute(session, line, &out);
	double took = seconds() - begin;

	if (result.status != COMMAND_OK) {
		fprintf(stderr, "%s: %s\n", line, result.error.text);
		exit(EXIT_FAILURE);
	}
	strbuf_free(&out);
	return took;
}

static void bench_who(void)
{
	struct session *session = start_lab();
	double times[REPEATS];

	time_command(session, "continue");
	for (unsigned i = 0; i < REPEATS; i++)
		times[i] = 1e3 * time_command(session, "who branch_table[1]");
	printf("bench who-ms %.1f want 100 (median of %d at the end of a boot of 4 CPUs, t=%" PRIu64 ")\n",
	       median(times, REPEATS), REPEATS, machine_time(session_machine(session)));
	session_free(session);
}

/* One `back` from the end, as far from any keep as it comes, then those that follow. */
static void bench_back(const struct load *load)
{
	struct session *session = start_long(load, true);
	double times[BACKS], first;
	uint64_t end;

	/* Far from the last keep. */
	drive_run(session, load->instructions + KEEP_INTERVAL / 8 * 5 - load->instructions % KEEP_INTERVAL);
	end = machine_time(session_machine(session));
	first = 1e3 * time_command(session, "back");
	for (unsigned i = 0; i < BACKS; i++)
		times[i] = 1e3 * time_command(session, "back");
	printf("bench back-ms %.1f want 50 (median of %d, the first %.1f, after %" PRIu64 " instructions of %s)\n",
	       median(times, BACKS), BACKS, first, end, load->kernel ? load->kernel : "the lab kernel");
	session_free(session);
}

static double time_run(const struct load *load, bool keep_history)
{
	struct session *session = start_long(load, keep_history);
	double begin = seconds(), took;

	drive_run(session, load->instructions / REPEATS);
	took = seconds() - begin;
	session_free(session);
	return took;
}

static void bench_keeping(const struct load *load)
{
	double with[REPEATS], without[REPEATS], ratio[REPEATS];

	for (unsigned i = 0; i < REPEATS; i++) {
		without[i] = time_run(load, false);
		with[i] = time_run(load, true);
		ratio[i] = with[i] / without[i];
	}
	printf("bench keeping %.2f want 1.10 (ours %.3f s, reference %.3f s without a past)\n", median(ratio, REPEATS),
	       median(with, REPEATS), median(without, REPEATS));
}

int main(int argc, char **argv)
{
	struct load load = {
		.kernel = argc > 1 ? argv[1] : NULL,
		.instructions = argc > 2 ? strtoull(argv[2], NULL, 0) : argc > 1 ? UINT64_C(1000000000) : 100000000,
	};

	bench_who();
	bench_back(&load);
	/* The lab kernel is done before there is anything to measure. */
	if (load.kernel)
		bench_keeping(&load);
	return EXIT_SUCCESS;
}
