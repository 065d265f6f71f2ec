/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/lesson_new.c: `smptutor lesson new`: a lesson that can be played, to write one's own over.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "front/lesson.h"
#include "service/file.h"

static const char skeleton[] =
	"board: psci-smc · cpus: 2 · time: 5 min · needs: 02\n"
	"\n"
	"What the lesson is about, and why it matters.\n"
	"\n"
	"## The first step {#first}\n"
	"\n"
	"What the learner sees, and what to do.  CPU1 left reset together with CPU0; make it fall asleep.\n"
	"\n"
	"```smp goal\n"
	"cpu1.state == wfe\n"
	"```\n"
	"\n"
	"> hint: A weak hint first: which CPU is meant?\n"
	"\n"
	"> hint: A strong one last: `until cpu1.state == wfe`\n"
	"\n"
	"```smp solution\n"
	"until cpu1.state == wfe\n"
	"```\n"
	"\n"
	"### quiz: What does CPU1's slot of `branch_table` hold?\n"
	"\n"
	"```smp answer\n"
	"branch_table[1]\n"
	"```\n"
	"\n"
	"> hint: `print branch_table[1]`\n"
	"\n"
	"> why: It holds -1, ADDR_INVALID: nobody has called CPU_ON for this CPU.\n";

/* A name that makes a file and an anchor: "21-my-board". */
static bool is_name(const char *name)
{
	for (const char *at = name; *at; at++)
		if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && *at != '-')
			return false;
	return *name && *name != '-';
}

/* "21-my-board" as the anchor "my-board" and the title "21 my board". */
static void put_title(const char *name, struct strbuf *out)
{
	const char *anchor = name + strspn(name, "0123456789");

	anchor += *anchor == '-';
	strbuf_puts(out, "# ");
	for (const char *at = name; *at; at++)
		strbuf_putc(out, *at == '-' ? ' ' : *at);
	strbuf_printf(out, " {#%s}\n", *anchor ? anchor : name);
}

int lesson_new(const char *name)
{
	struct error err = ERROR_NONE;
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	bool ok = is_name(name) ||
		  error_set(&err, "'%s': a name is lower-case letters, digits and '-': 21-my-board", name);

	strbuf_printf(&path, "%s.md", name);
	if (ok && access(strbuf_text(&path), F_OK) == 0)
		ok = error_set(&err, "%s: is there already", strbuf_text(&path));
	if (ok) {
		put_title(name, &text);
		strbuf_puts(&text, skeleton);
		ok = file_write(strbuf_text(&path), strbuf_text(&text), text.len, &err);
	}
	if (ok)
		printf("%s written; 'smptutor lesson run %s' plays it, 'smptutor lesson check %s' proves it\n",
		       strbuf_text(&path), strbuf_text(&path), strbuf_text(&path));
	strbuf_free(&path);
	strbuf_free(&text);
	return ok ? EXIT_REACHED : subcommand_fail(&err, EXIT_USAGE);
}
