/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/recorded.c: recordings as files.
 */
#include "front/recorded.h"

#include <stdio.h>

#include "front/version.h"
#include "service/file.h"

#define RECORDING_SIZE_MAX	((size_t)256 << 20)

bool recorded_begin(struct session *session, const char *path, struct error *err)
{
	return !path || session_record(session, PROGRAM_VERSION, err);
}

bool recorded_end(struct session *session, const char *path, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool ok;

	if (!path)
		return true;
	session_write_recording(session, &text);
	ok = file_write(path, strbuf_text(&text), text.len, err);
	strbuf_free(&text);
	return ok;
}

/* The saved schedule is a file like the others, but options read it. */
static bool configure(struct machine_options *machine, const struct recording *recording, struct error *err)
{
	recording_configure(recording, &machine->config);
	if (!recording_sched_file(recording) || machine->config.sched)
		return true;
	return machine_options_load_schedule(machine, recording_sched_file(recording), err);
}

static struct session *make(const struct recording *recording, struct machine_options *machine, struct error *err)
{
	struct session *session;

	if (!configure(machine, recording, err))
		return NULL;
	session = session_new(&machine->config, err);
	if (!session)
		return NULL;
	session_start(session);
	if (recording_load(recording, session, PROGRAM_VERSION, err))
		return session;
	session_free(session);
	return NULL;
}

struct session *recorded_open(const char *path, struct machine_options *machine, struct recording **recording,
			      struct error *err)
{
	struct bytes file = BYTES_NONE;
	struct session *session;

	if (!file_read(path, RECORDING_SIZE_MAX, &file, err))
		return NULL;
	*recording = recording_parse(path, (const char *)file.data, file.size, err);
	bytes_free(&file);
	if (!*recording)
		return NULL;
	session = make(*recording, machine, err);
	if (session)
		return session;
	error_prefix(err, path);
	recording_free(*recording);
	*recording = NULL;
	return NULL;
}
