/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/pool.c: processes that check files and send their reports back through pipes.
 */
#include "front/pool.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/vec.h"

enum worker_state { WORKER_WAITING, WORKER_RUNNING, WORKER_DONE };

/* The process that checks one file, and what it has sent. */
struct worker {
	enum worker_state state;
	pid_t pid;
	int fd;
	struct strbuf text;
	struct report report;
};

/* A run of the pool. */
struct pool_run {
	const struct pool *pool;
	struct worker *workers;		/* one an item */
	size_t started, reported;
	unsigned running;
};

unsigned pool_default_jobs(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	return count > 1 ? (unsigned)count : 1;
}

static void run_here(const struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		struct report report = VEC_INIT;

		pool->check(pool->ctx, i, &report);
		pool->done(pool->ctx, i, &report);
		report_free(&report);
	}
}

/* In the child: check, send, end. */
static _Noreturn void work(const struct pool *pool, size_t index, int fd)
{
	struct report report = VEC_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t sent = 0;

	pool->check(pool->ctx, index, &report);
	report_write(&report, &text);
	while (sent < text.len) {
		ssize_t n = write(fd, text.text + sent, text.len - sent);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(EXIT_FAILURE);
		sent += (size_t)n;
	}
	_exit(EXIT_SUCCESS);
}

/* The host refused a process: say so as the result. */
static void refuse(struct worker *worker)
{
	worker->state = WORKER_DONE;
	report_fail(&worker->report, "process", "no process to check it in: %s", strerror(errno));
}

static void start(struct pool_run *run)
{
	size_t index = run->started++;
	struct worker *worker = &run->workers[index];
	int fds[2];

	fflush(stdout);
	if (pipe(fds)) {
		refuse(worker);
		return;
	}
	worker->pid = fork();
	if (!worker->pid) {
		close(fds[0]);
		work(run->pool, index, fds[1]);
	}
	close(fds[1]);
	if (worker->pid < 0) {
		close(fds[0]);
		refuse(worker);
		return;
	}
	worker->fd = fds[0];
	worker->state = WORKER_RUNNING;
	run->running++;
}

static void finish(struct pool_run *run, struct worker *worker)
{
	int status = 0;

	close(worker->fd);
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!report_read(&worker->report, strbuf_text(&worker->text)))
		report_fail(&worker->report, "crash", "the process that checked it ended by %s %d",
			    WIFSIGNALED(status) ? "signal" : "exit code",
			    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	strbuf_free(&worker->text);
	worker->state = WORKER_DONE;
	run->running--;
}

static void receive(struct pool_run *run, struct worker *worker)
{
	char buffer[4096];
	ssize_t n = read(worker->fd, buffer, sizeof(buffer));

	if (n > 0)
		strbuf_add(&worker->text, buffer, (size_t)n);
	else if (n == 0 || errno != EINTR)
		finish(run, worker);
}

/* Wait until a process has sent something. */
static void wait_for_any(struct pool_run *run)
{
	struct pollfd *fds = xcalloc(run->running, sizeof(*fds));
	struct worker **workers = xcalloc(run->running, sizeof(*workers));
	nfds_t count = 0;

	for (size_t i = run->reported; i < run->started; i++) {
		if (run->workers[i].state != WORKER_RUNNING)
			continue;
		workers[count] = &run->workers[i];
		fds[count++] = (struct pollfd){ .fd = run->workers[i].fd, .events = POLLIN };
	}
	if (poll(fds, count, -1) > 0)
		for (nfds_t i = 0; i < count; i++)
			if (fds[i].revents)
				receive(run, workers[i]);
	free(fds);
	free(workers);
}

static void report_done(struct pool_run *run)
{
	while (run->reported < run->pool->count && run->workers[run->reported].state == WORKER_DONE) {
		struct worker *worker = &run->workers[run->reported];

		run->pool->done(run->pool->ctx, run->reported++, &worker->report);
		report_free(&worker->report);
	}
}

void pool_run(const struct pool *pool)
{
	struct pool_run run = { .pool = pool };

	if (pool->jobs <= 1 || pool->count <= 1) {
		run_here(pool);
		return;
	}
	run.workers = xcalloc(pool->count, sizeof(*run.workers));
	while (run.reported < pool->count) {
		while (run.started < pool->count && run.running < pool->jobs)
			start(&run);
		report_done(&run);
		if (run.running)
			wait_for_any(&run);
		report_done(&run);
	}
	free(run.workers);
}
