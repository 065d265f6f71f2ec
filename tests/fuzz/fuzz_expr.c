/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any text as an expression on a machine that stands at its first instruction: refused, or worked out and shown.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "fuzz.h"
#include "session/expr.h"

/* One for all inputs: evaluating changes nothing. */
static struct session *session_of_all(void)
{
	static struct session *session;
	struct session_config config = { .boot = { .guest_dir = "guest", .cpus = 2, .model = CPU_CORTEX_A72 } };
	struct error err = ERROR_NONE;

	if (session)
		return session;
	session = session_new(&config, &err);
	if (!session) {
		fprintf(stderr, "%s\n", err.text);
		exit(99);
	}
	session_start(session);
	return session;
}

static void show(const struct session *session, const struct expr *expr)
{
	struct strbuf text = STRBUF_INIT;
	uint64_t value;

	if (expr_eval(expr, session, &value, NULL))
		expr_format(expr, session, value, &text);
	expr_explain(expr, session, &text);
	strbuf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct session *session = session_of_all();
	char *text = xstrndup((const char *)data, size);
	struct error err = ERROR_NONE;
	struct expr *expr = expr_parse(session, text, &err);

	/* Who refuses says why. */
	if (!expr && !error_is_set(&err))
		abort();
	if (expr)
		show(session, expr);
	expr_free(expr);
	free(text);
	return 0;
}
