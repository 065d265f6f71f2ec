/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/booted.c: a session on a bundled board.
 */
#include "booted.h"

#include <stdlib.h>

#include "unit.h"

struct session *booted(const char *board, unsigned cpus)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .board = board, .cpus = cpus, .model = CPU_CORTEX_A72 },
	};
	struct error err = ERROR_NONE;
	struct session *session = session_new(&config, &err);

	ck_assert_msg(session != NULL, "%s", err.text);
	session_start(session);
	return session;
}

char *booted_do(struct session *session, const char *line, enum command_status status)
{
	struct strbuf out = STRBUF_INIT;
	struct command_result result = command_execute(session, line, &out);

	ck_assert_msg(result.status == status, "%s: status %d, %s", line, result.status, result.error.text);
	if (status != COMMAND_OK && status != COMMAND_QUIT)
		strbuf_puts(&out, result.error.text);
	return strbuf_steal(&out);
}

void booted_ok(struct session *session, const char *line)
{
	free(booted_do(session, line, COMMAND_OK));
}
