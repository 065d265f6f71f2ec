/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Benchmarks of going back: how long `back` takes after a long run, `who` at the end of a boot, and what keeping the
 * past costs while running.
 *
 * usage: back [KERNEL [INSTRUCTIONS [CPUS]]]: an arm64 Image in place of the bundled kernel, how long the long run is,
 * and on how many CPUs.  What keeping costs is only measured with a kernel.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "session/command.h"
#include "session/drive.h"

enum { REPEATS = 5, BACKS = 21, KEEP_INTERVAL = 1 << 20 };

/* What is run, from the command line. */
struct load { const char *kernel; uint64_t instructions; unsigned cpus; };

/* Linux then looks for a disk that never comes: timers, idle CPUs and threads, as long as one likes. */
static const char wait_for_ever[] = "console=ttyAMA0 earlycon=pl011,0x9000000 root=/dev/vda rootwait";

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
		.boot = { .guest_dir = "guest", .board = "virt", .cpus = load->cpus, .memory = (uint64_t)512 << 20,
			  .model = CPU_CORTEX_A72, .kernel = load->kernel, .append = wait_for_ever },
		.keep_history = keep_history,
	};

	return start(&config);
}

/* Until time END or until nothing runs any more: a guest that gives up, say, ends a run, but not this one. */
static void run_to(struct session *session, uint64_t end)
{
	uint64_t t = 0, before;

	do {
		before = t;
		drive_run(session, end - before);
		t = machine_time(session_machine(session));
	} while (t < end && t > before);
	if (t < end)
		fprintf(stderr, "the guest ran %" PRIu64 " instructions, not %" PRIu64 "\n", t, end);
}

/* Most memory that this process had so far. */
static double peak_mib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
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

/* The median of asking LINE some times, in milliseconds. */
static double time_question(struct session *session, const char *line)
{
	double times[REPEATS];

	for (unsigned i = 0; i < REPEATS; i++)
		times[i] = 1e3 * time_command(session, line);
	return median(times, REPEATS);
}

static void bench_who(void)
{
	struct session *session = start_lab();

	time_command(session, "continue");
	printf("bench who-ms %.1f want 100 (median of %d at the end of a boot of 4 CPUs, t=%" PRIu64 ")\n",
	       time_question(session, "who branch_table[1]"), REPEATS, machine_time(session_machine(session)));
	session_free(session);
}

/* One `back` from the end, as far from any keep as it comes, then those that follow. */
static void bench_back(const struct load *load)
{
	struct session *session = start_long(load, true);
	double times[BACKS], first;
	uint64_t end;

	/* Far from the last keep. */
	run_to(session, load->instructions - load->instructions % KEEP_INTERVAL + KEEP_INTERVAL / 8 * 13);
	end = machine_time(session_machine(session));
	first = 1e3 * time_command(session, "back");
	for (unsigned i = 0; i < BACKS; i++)
		times[i] = 1e3 * time_command(session, "back");
	printf("bench back-ms %.1f want 50 (median of %d, the first %.1f, after %" PRIu64 " instructions of %s, %u CPUs, "
	       "%.0f MiB in all)\n",
	       median(times, BACKS), BACKS, first, end, load->kernel ? load->kernel : "the lab kernel", load->cpus,
	       peak_mib());
	if (load->kernel)
		printf("bench who-linux-ms %.1f want 100 (who stored at the stack pointer, median of %d)\n", time_question(session, "who mem64[sp]"), REPEATS);
	session_free(session);
}

static double time_run(const struct load *load, bool keep_history)
{
	struct session *session = start_long(load, keep_history);
	double begin = seconds(), took;

	run_to(session, load->instructions / REPEATS);
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
		.cpus = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 0) : 2,
		.instructions = argc > 2 ? strtoull(argv[2], NULL, 0) : argc > 1 ? UINT64_C(1000000000) : 300000,
	};

	bench_who();
	bench_back(&load);
	/* The lab kernel is done before there is anything to measure. */
	if (load.kernel)
		bench_keeping(&load);
	return EXIT_SUCCESS;
}
