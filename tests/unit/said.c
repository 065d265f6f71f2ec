/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/said.c: what commands must say.
 */
#include "said.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

void said_check(struct session *session, const struct said *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *line = table[i].line;
		bool is_wrong = !strncmp(line, "! ", 2);
		char *text = booted_do(session, is_wrong ? line + 2 : line, is_wrong ? COMMAND_ERROR : COMMAND_OK);

		ck_assert_msg(strstr(text, table[i].text) != NULL, "%s: no '%s' in\n%s", line, table[i].text, text);
		free(text);
	}
}

void said_booted(const char *board, unsigned cpus, const struct said *table, size_t count)
{
	struct session *session = booted(board, cpus);

	said_check(session, table, count);
	session_free(session);
}
