/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/case.c: reading a case, running it, comparing and rewriting its golden sections.
 */
#include "lesson/case.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "lesson/difference.h"
#include "service/file.h"
#include "session/command.h"
#include "session/eventlog.h"
#include "session/run.h"

enum section_kind { SECTION_HEAD, SECTION_MACHINE, SECTION_COMMANDS, SECTION_EVENTS, SECTION_OUTPUT };

static const char *const kind_names[] = {
	[SECTION_MACHINE] = "machine", [SECTION_COMMANDS] = "commands", [SECTION_EVENTS] = "events",
	[SECTION_OUTPUT] = "output",
};

enum { KIND_COUNT = sizeof(kind_names) / sizeof(kind_names[0]) };

struct case_line { char *text; unsigned number; };

/* A part of the file: its "[...]" line, "" for what stands before the first, and the lines below it. */
struct section {
	enum section_kind kind;
	char *heading;
	uint64_t events;		/* EVENTS: kinds that are wanted */
	VEC(struct case_line) lines;
};

struct test_case {
	char *file, *dir, *title;
	struct machine_line machine;
	VEC(struct section) sections;
};

/* ---- reading ---- */

static struct section *add_section(struct test_case *test, enum section_kind kind, const char *heading)
{
	struct section *section = vec_push(&test->sections);

	section->kind = kind;
	section->heading = xstrdup(heading);
	return section;
}

static const struct section *find_section(const struct test_case *test, enum section_kind kind)
{
	for (size_t i = 0; i < test->sections.len; i++)
		if (test->sections.item[i].kind == kind)
			return &test->sections.item[i];
	return NULL;
}

/* "[events psci-call,sev]" opens a section. */
static bool open_section(struct test_case *test, const char *line, struct error *err)
{
	size_t len = strcspn(line, " ]\t");
	const char *rest = line + len + strspn(line + len, " \t");
	char *list = xstrndup(rest, strcspn(rest, "]"));
	int kind = KIND_COUNT;
	bool ok = true;

	while (--kind > SECTION_HEAD)
		if (strlen(kind_names[kind]) == len - 1 && !strncmp(kind_names[kind], line + 1, len - 1))
			break;
	if (kind <= SECTION_HEAD)
		ok = error_set(err, "'%s': sections are [machine], [commands], [events KINDS] and [output]", line);
	else if (find_section(test, (enum section_kind)kind))
		ok = error_set(err, "'%s' is there twice", line);
	else
		add_section(test, (enum section_kind)kind, line);
	if (ok && kind == SECTION_EVENTS) {
		struct section *section = &test->sections.item[test->sections.len - 1];

		ok = *list ? eventlog_parse_mask(list, &section->events, err) :
			     error_set(err, "'%s': which events? [events psci-call,sev]", line);
	}
	free(list);
	return ok;
}

static bool set_machine(void *ctx, const char *key, const char *value, struct error *err)
{
	struct test_case *test = ctx;

	return machine_line_set(&test->machine, key, value, err);
}

static void set_title(struct test_case *test, const char *line)
{
	line += strspn(line, "# \t");
	if (*line && !*test->title) {
		free(test->title);
		test->title = xstrdup(line);
	}
}

static bool parse_line(struct test_case *test, const char *line, unsigned number, struct error *err)
{
	struct section *section = &test->sections.item[test->sections.len - 1];
	bool is_empty = !line[strspn(line, " \t")];
	struct case_line *added;

	if (*line == '[')
		return open_section(test, line, err);
	if (section->kind == SECTION_HEAD && !is_empty && *line != '#')
		return error_set(err, "'%s': a case begins with comments (#) and then [machine]", line);
	if (section->kind == SECTION_HEAD)
		set_title(test, line);
	added = vec_push(&section->lines);
	added->text = xstrdup(line);
	added->number = number;
	if (section->kind == SECTION_MACHINE && !is_empty && *line != '#')
		return machine_line_split(line, set_machine, test, err);
	return true;
}

static bool parse_lines(struct test_case *test, char *text, struct error *err)
{
	unsigned number = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		size_t len = strlen(line);
		struct error own = ERROR_NONE;

		number++;
		if (len && line[len - 1] == '\r')
			line[len - 1] = '\0';
		if (!text && !*line)
			break;
		if (!parse_line(test, line, number, &own))
			return error_set(err, "%s:%u: %s", test->file, number, own.text);
	}
	if (!*test->title)
		return error_set(err, "%s:1: the first line says, behind #, what the case proves", test->file);
	if (!find_section(test, SECTION_COMMANDS))
		return error_set(err, "%s: there is no section [commands]", test->file);
	return true;
}

struct test_case *case_parse(const char *text, size_t len, const char *file, struct error *err)
{
	struct test_case *test = xzalloc(sizeof(*test));
	const char *slash = strrchr(file, '/');
	char *copy = xstrndup(text, len);
	bool ok;

	test->file = xstrdup(file);
	test->dir = slash ? xstrndup(file, (size_t)(slash - file)) : xstrdup(".");
	test->title = xstrdup("");
	add_section(test, SECTION_HEAD, "");
	ok = strlen(copy) == len || error_set(err, "%s: a byte is zero: this is no text", file);
	ok = ok && parse_lines(test, copy, err);
	free(copy);
	if (ok)
		return test;
	case_free(test);
	return NULL;
}

static void free_section(struct section *section)
{
	free(section->heading);
	for (size_t i = 0; i < section->lines.len; i++)
		free(section->lines.item[i].text);
	vec_free(&section->lines);
}

void case_free(struct test_case *test)
{
	if (!test)
		return;
	for (size_t i = 0; i < test->sections.len; i++)
		free_section(&test->sections.item[i]);
	vec_free(&test->sections);
	machine_line_free(&test->machine);
	free(test->file);
	free(test->dir);
	free(test->title);
	free(test);
}

const char *case_title(const struct test_case *test)
{
	return test->title;
}

/* ---- running ---- */

/* A case being run. */
struct case_runner {
	struct test_case *test;
	struct session *session;
	struct strbuf output, events;
	uint64_t mask;
	struct report *report;
};

/* A golden line is the event's own line without its time, its words one blank apart. */
static void see_event(void *ctx, const struct event *event)
{
	struct case_runner *run = ctx;
	struct strbuf line = STRBUF_INIT;
	char *word, *save;

	if (!(run->mask >> event->kind & 1))
		return;
	eventlog_format_text(session_loaded(run->session), event, &line);
	strtok_r(line.text, " \n", &save);
	for (word = strtok_r(NULL, " \n", &save); word; word = strtok_r(NULL, " \n", &save))
		strbuf_printf(&run->events, "%s%s", word, *save ? " " : "");
	strbuf_putc(&run->events, '\n');
	strbuf_free(&line);
}

static bool start(struct case_runner *run, const struct machine_places *places, struct error *err)
{
	const struct section *events = find_section(run->test, SECTION_EVENTS);
	struct session_config config;
	struct machine_owned owned;

	if (machine_line_config(&run->test->machine, run->test->dir, places, &config, &owned, err)) {
		config.is_confined = config.keep_history = true;
		config.budget = machine_line_budget(&run->test->machine);
		run->session = session_new(&config, err);
	}
	machine_owned_free(&owned);
	if (!run->session)
		return error_prefix(err, run->test->file);
	run->mask = events ? events->events : 0;
	session_want_events(run->session, run->mask);
	session_add_sink(run->session, see_event, run);
	session_start(run->session);
	return true;
}

static void fail(const struct case_runner *run, unsigned line, const char *expected, const char *got)
{
	struct strbuf detail = STRBUF_INIT;

	strbuf_printf(&detail, "expected: %s\ngot:      %s\nwhere:    %s:%u", expected, got, run->test->file, line);
	if (run->session) {
		strbuf_puts(&detail, "; the machine: ");
		run_describe_stop(run->session, &detail);
	}
	strbuf_printf(&detail, "\nagain:    smptutor test %s", run->test->file);
	report_add(run->report, VERDICT_FAIL, run->test->title, strbuf_text(&detail));
	strbuf_free(&detail);
}

/* One command; false when the case has failed. */
static bool run_line(struct case_runner *run, const struct case_line *line)
{
	bool must_fail = *line->text == '!';
	const char *command = line->text + must_fail;
	struct command_result result = command_execute(run->session, command, &run->output);

	if (must_fail && result.status == COMMAND_OK) {
		fail(run, line->number, "the command fails", "it does not");
		return false;
	}
	if (!must_fail && result.status != COMMAND_OK) {
		fail(run, line->number, command,
		     result.status == COMMAND_QUIT ? "the end ('quit')" : result.error.text);
		return false;
	}
	if (must_fail)
		strbuf_printf(&run->output, "%s\n", result.error.text);
	return true;
}

static bool run_commands(struct case_runner *run)
{
	const struct section *commands = find_section(run->test, SECTION_COMMANDS);

	for (size_t i = 0; i < commands->lines.len; i++) {
		const struct case_line *line = &commands->lines.item[i];

		if (*line->text && *line->text != '#' && !run_line(run, line))
			return false;
	}
	return true;
}

/* ---- golden sections ---- */

/* Bytes of TEXT up to the end of what changes from build to build: a machine time "t=123", the offset of "spin+0x28",
 * or the time in front of a kernel's message; 0 when it does not start with one.  *PUT is what stands for it. */
static size_t variable_len(const char *text, const char **put)
{
	size_t blanks = *text == '[' ? strspn(text + 1, " ") : 0;
	size_t whole = *text == '[' ? strspn(text + 1 + blanks, "0123456789") : 0;

	*put = "";
	if (!strncmp(text, "t=", 2) && isdigit((unsigned char)text[2])) {
		*put = "t=*";
		return 2 + strspn(text + 2, "0123456789");
	}
	if (!strncmp(text, "+0x", 3))
		return 3 + strspn(text + 3, "0123456789abcdef");
	if (!whole || text[1 + blanks + whole] != '.')
		return 0;
	*put = "[*";
	return 2 + blanks + whole + strspn(text + 2 + blanks + whole, "0123456789");
}

/* SB without what changes from build to build. */
static void make_normal(struct strbuf *sb)
{
	struct strbuf normal = STRBUF_INIT;
	const char *put;

	for (const char *at = strbuf_text(sb); *at; ) {
		size_t len = variable_len(at, &put);

		if (len)
			strbuf_puts(&normal, put);
		else
			strbuf_putc(&normal, *at);
		at += len ? len : 1;
	}
	strbuf_free(sb);
	*sb = normal;
}

/* The lines of SECTION as text, comments and empty lines at its end left out. */
static void golden_text(const struct section *section, struct strbuf *out)
{
	size_t len = section->lines.len;

	while (len && !*section->lines.item[len - 1].text)
		len--;
	for (size_t i = 0; i < len; i++)
		strbuf_printf(out, "%s\n", section->lines.item[i].text);
}

static const char *actual_text(const struct case_runner *run, enum section_kind kind)
{
	return strbuf_text(kind == SECTION_EVENTS ? &run->events : &run->output);
}

static bool compare_section(struct case_runner *run, enum section_kind kind)
{
	const struct section *section = find_section(run->test, kind);
	struct strbuf golden = STRBUF_INIT, detail = STRBUF_INIT;
	bool is_same;

	if (!section)
		return true;
	golden_text(section, &golden);
	is_same = !strcmp(strbuf_text(&golden), actual_text(run, kind));
	if (!is_same) {
		strbuf_printf(&detail, "%s of %s differ (- expected, + got):\n", section->heading, run->test->file);
		difference_print(strbuf_text(&golden), actual_text(run, kind), &detail);
		strbuf_printf(&detail, "again:    smptutor test %s   (--update-goldens accepts what came)",
			      run->test->file);
		report_add(run->report, VERDICT_FAIL, run->test->title, strbuf_text(&detail));
	}
	strbuf_free(&golden);
	strbuf_free(&detail);
	return is_same;
}

/* The file again, with what came in its golden sections. */
static bool rewrite(const struct case_runner *run, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool ok;

	for (size_t i = 0; i < run->test->sections.len; i++) {
		const struct section *section = &run->test->sections.item[i];
		bool is_golden = section->kind == SECTION_EVENTS || section->kind == SECTION_OUTPUT;

		if (*section->heading)
			strbuf_printf(&text, "%s\n", section->heading);
		if (is_golden)
			strbuf_puts(&text, actual_text(run, section->kind));
		for (size_t k = 0; !is_golden && k < section->lines.len; k++)
			strbuf_printf(&text, "%s\n", section->lines.item[k].text);
		if (is_golden && i + 1 < run->test->sections.len)
			strbuf_putc(&text, '\n');
	}
	ok = file_write(run->test->file, strbuf_text(&text), text.len, err);
	strbuf_free(&text);
	return ok;
}

static void finish(struct case_runner *run, bool update)
{
	struct error err = ERROR_NONE;

	make_normal(&run->output);
	make_normal(&run->events);
	if (update && !rewrite(run, &err))
		report_add(run->report, VERDICT_FAIL, run->test->title, err.text);
	else if (update || (compare_section(run, SECTION_OUTPUT) && compare_section(run, SECTION_EVENTS)))
		report_add(run->report, VERDICT_PASS, run->test->title, "");
}

void case_run(const char *path, const struct machine_places *places, bool update, struct report *report)
{
	struct case_runner run = { .output = STRBUF_INIT, .events = STRBUF_INIT, .report = report };
	struct bytes bytes = BYTES_NONE;
	struct error err = ERROR_NONE;

	if (file_read(path, CASE_SIZE_MAX, &bytes, &err))
		run.test = case_parse((const char *)bytes.data, bytes.size, path, &err);
	bytes_free(&bytes);
	if (run.test && machine_line_lacks_linux(&run.test->machine, places, &err))
		report_add(report, VERDICT_SKIP, run.test->title, err.text);
	else if (!run.test || !start(&run, places, &err))
		report_fail(report, run.test ? run.test->title : "readable", "%s\nagain:    smptutor test %s", err.text,
			    path);
	else if (run_commands(&run))
		finish(&run, update);
	strbuf_free(&run.output);
	strbuf_free(&run.events);
	session_free(run.session);
	case_free(run.test);
}
