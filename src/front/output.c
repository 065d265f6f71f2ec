/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * front/output.c: where a run's output goes.
 */
#include "front/output.h"

#include <errno.h>
#include <string.h>

#include "front/version.h"

FILE *output_open(const char *path, struct error *err)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "w") : stdout;

	return file ? file : error_null(err, "%s: cannot be written: %s", path, strerror(errno));
}

bool output_close(FILE *file, const char *path, struct error *err)
{
	bool ok = !fflush(file) && !ferror(file);

	if (file != stdout && fclose(file))
		ok = false;
	return ok || error_set(err, "%s: could not be written to its end: %s", path, strerror(errno));
}

static void write_event(void *ctx, const struct event *event)
{
	struct output_log *log = ctx;

	if (!(log->mask >> event->kind & 1))
		return;
	strbuf_clear(&log->line);
	if (log->format == EVENTLOG_JSON)
		eventlog_format_json(session_loaded(log->session), event, &log->line);
	else
		eventlog_format_text(session_loaded(log->session), event, &log->line);
	fwrite(log->line.text, 1, log->line.len, log->file);
}

void output_log_start(struct output_log *log, struct session *session)
{
	log->session = session;
	if (log->format == EVENTLOG_JSON) {
		eventlog_json_header(PROGRAM_VERSION, &log->line);
		fputs(strbuf_text(&log->line), log->file);
	}
	session_want_events(session, log->mask);
	session_add_sink(session, write_event, log);
}

void output_log_end(struct output_log *log)
{
	session_remove_sink(log->session, write_event, log);
	strbuf_free(&log->line);
}
