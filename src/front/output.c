/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/output.c: where a run's output goes.
 */
#include "front/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "front/version.h"
#include "session/eventring.h"
#include "session/waits.h"

FILE *output_open(const char *path, struct error *err)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "w") : stdout;

	return file ? file : error_null(err, "%s: cannot be written: %s", path, strerror(errno));
}

/* May a file be made where PATH says? */
static bool is_folder_writable(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? xstrndup(path, slash == path ? 1 : (size_t)(slash - path)) : xstrdup(".");
	bool ok = access(folder, W_OK | X_OK) == 0;

	free(folder);
	return ok;
}

bool output_check(const char *path, struct error *err)
{
	struct stat status;
	bool ok;

	if (!path || !strcmp(path, "-"))
		return true;
	errno = 0;
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		errno = EISDIR;
	ok = errno == ENOENT ? is_folder_writable(path) : !errno && access(path, W_OK) == 0;
	return ok || error_set(err, "%s: cannot be written: %s", path, strerror(errno));
}

void output_discard(FILE *file, const char *path)
{
	struct stat status;

	if (file == stdout)
		return;
	fclose(file);
	if (lstat(path, &status) == 0 && S_ISREG(status.st_mode))
		unlink(path);
}

bool output_close(FILE *file, const char *path, struct error *err)
{
	bool ok = !fflush(file) && !ferror(file);

	if (file != stdout && fclose(file))
		ok = false;
	return ok || error_set(err, "%s: could not be written to its end: %s", path, strerror(errno));
}

/* JSON, for programs, has every event. */
static bool is_folding(const struct output_log *log)
{
	return log->format == EVENTLOG_TEXT && log->mask >> EVENT_WFE_WAKE & 1;
}

static void write_lines(struct output_log *log)
{
	fwrite(strbuf_text(&log->line), 1, log->line.len, log->file);
	strbuf_clear(&log->line);
}

/* For a person the CPUs that wait stand one below the other, those that are alike on one line. */
static void format_deadlock(const struct output_log *log, const struct event *event, struct strbuf *out)
{
	struct strbuf lines = STRBUF_INIT;
	char *rest, *line;

	eventlog_format_text_as(session_loaded(log->session), event, event->u.text.reason, out);
	waits_describe_lines(log->session, &lines);
	for (rest = lines.text; rest && (line = strsep(&rest, "\n")) && *line;)
		eventlog_format_text_as(session_loaded(log->session), event, line, out);
	strbuf_free(&lines);
}

static void format_event(struct output_log *log, const struct event *event)
{
	const struct loaded *loaded = session_loaded(log->session);

	if (log->format == EVENTLOG_JSON)
		eventlog_format_json(loaded, event, &log->line);
	else if (event->kind == EVENT_DEADLOCK)
		format_deadlock(log, event, &log->line);
	else
		eventlog_format_text(loaded, event, &log->line);
}

static bool is_told(struct output_log *log, const struct event *event)
{
	return (!is_folding(log) ||
		eventlog_fold_take(&log->fold, session_loaded(log->session), event, &log->line)) &&
	       log->mask >> event->kind & 1;
}

static void write_event(void *ctx, const struct event *event)
{
	struct output_log *log = ctx;

	if (is_told(log, event))
		format_event(log, event);
	write_lines(log);
}

void output_log_start(struct output_log *log, struct session *session)
{
	log->session = session;
	if (log->format == EVENTLOG_JSON) {
		eventlog_json_header(PROGRAM_VERSION, &log->line);
		write_lines(log);
	}
	session_want_events(session, log->mask);
	session_add_sink(session, write_event, log);
}

void output_log_past(struct output_log *log)
{
	const struct eventring *ring = session_events(log->session);

	for (uint64_t n = eventring_first(ring); n < eventring_next(ring); n++)
		write_event(log, eventring_at(ring, n));
}

void output_log_end(struct output_log *log)
{
	session_remove_sink(log->session, write_event, log);
	if (is_folding(log))
		eventlog_fold_end(&log->fold, session_loaded(log->session),
				  machine_time(session_machine(log->session)), &log->line);
	write_lines(log);
	strbuf_free(&log->line);
}
