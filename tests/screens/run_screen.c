/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tests/screens/run_screen.c: plays a .screen file: keys in, a screen and its twin of styles out, without a terminal.
 *
 *	# What it proves.
 *	size: 80x24
 *	options: --board psci-smc --cpus 4
 *	command: until cpu1.state == wfe
 *	keys: s s 1 Tab
 *	type: view memory
 *	--- screen
 *	...
 *	--- styles
 *	...
 *
 * Other lines: `resize: WxH`, `click: X Y`, `drag: X ROW ROW`, `wheel: up|down X Y`, `paste: LINE|LINE`, `ascii: on`, `interrupt: N` (C-c at the Nth time
 * that the next run shows its progress), `running: N` (the screen is taken there), `lesson: FILE` (its machine and
 * first step).  UPDATE=1 rewrites the screens of the file.  Long numbers (times, addresses) are masked with '#'.
 * Prints TAP; run from the top of a build tree.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "front/machine_options.h"
#include "front/options.h"
#include "lesson/difference.h"
#include "lesson/lesson.h"
#include "lesson/play.h"
#include "service/file.h"
#include "ui/app.h"
#include "ui/keys.h"

enum { WORDS_MAX = 64, FILE_MAX = 1 << 20, NEVER = 0 };

static const char screen_mark[] = "--- screen\n", styles_mark[] = "--- styles\n";

/* A file being played. */
struct test {
	const char *path;
	struct session *session;
	struct app *app;
	struct grid *grid;
	int width, height;
	unsigned interrupt, running; /* number of the progress call that ends the run, at which the screen is taken */
	unsigned progress;
	bool is_taken;			/* the screen was taken while running */
	struct machine_options options;
	struct lesson *lesson;
	struct play *lesson_play;	/* owns the session when there is one */
	struct error err;
};

/* ---- the machine ---- */

/* The words of TEXT as an argument vector, in TEXT itself. */
static int split(char *text, char **argv)
{
	int argc = 1;

	argv[0] = (char *)"run_screen";
	for (char *word = strtok(text, " "); word && argc < WORDS_MAX - 1; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	return argc;
}

static bool parse_options(struct test *test, const char *text)
{
	struct option_target targets[] = { { &machine_option_table, &test->options }, { NULL, NULL } };
	char *copy = xstrdup(text), *argv[WORDS_MAX];
	int rest;
	enum options_wish wish;
	bool ok;

	vec_add(&test->options.names, copy);
	ok = options_parse(split(copy, argv), argv, targets, &rest, &wish, &test->err);
	return ok && (!rest || error_set(&test->err, "options: there are words behind them"));
}

static bool progress(void *ctx, struct app *app)
{
	struct test *test = ctx;

	test->progress++;
	if (test->running && test->progress == test->running) {
		app_draw(app, test->grid);
		test->is_taken = true;
	}
	return !(test->interrupt && test->progress >= test->interrupt) && !test->is_taken;
}

static bool make_session(struct test *test, const struct machine_places *places)
{
	test->options.config.boot.guest_dir = places->guest_dir;
	test->options.config.boot.source_dir = places->source_dir;
	test->options.config.keep_history = true;
	test->session = session_new(&test->options.config, &test->err);
	if (!test->session)
		return false;
	session_start(test->session);
	return true;
}

static bool make_play(struct test *test, const struct machine_places *places)
{
	test->lesson_play = play_new(test->lesson, places, &test->err);
	if (!test->lesson_play || !play_begin(test->lesson_play, 0, &test->err))
		return false;
	test->session = play_session(test->lesson_play);
	return true;
}

static bool start(struct test *test)
{
	const char *source = getenv("srcdir");
	struct machine_places places = { .guest_dir = "guest" };
	struct app_host host = { .progress = progress, .ctx = test };

	if (test->app)
		return true;
	places.source_dir = source ? source : ".";
	if (!(test->lesson ? make_play(test, &places) : make_session(test, &places)))
		return false;
	test->app = app_new(test->session, &host);
	app_set_play(test->app, test->lesson_play);
	test->grid = grid_new(test->width, test->height);
	app_draw(test->app, test->grid);
	return true;
}

static void stop(struct test *test)
{
	app_free(test->app);
	if (!test->lesson)
		session_free(test->session);
	play_free(test->lesson_play);
	lesson_free(test->lesson);
	grid_free(test->grid);
	machine_options_free(&test->options);
}

/* ---- lines of the file ---- */

/* Everything is drawn after each key, as on a terminal, and a lesson looks for its goal. */
static void draw(struct test *test)
{
	if (test->lesson_play)
		play_look(test->lesson_play);
	if (!test->is_taken)
		app_draw(test->app, test->grid);
}

static void press(struct test *test, int key)
{
	app_key(test->app, key);
	draw(test);
}

static bool set_size(struct test *test, const char *text)
{
	if (sscanf(text, "%dx%d", &test->width, &test->height) != 2)
		return error_set(&test->err, "size: '%s' is not WIDTHxHEIGHT", text);
	if (test->grid) {
		grid_resize(test->grid, test->width, test->height);
		app_draw(test->app, test->grid);
	}
	return true;
}

static bool press_keys(struct test *test, const char *text)
{
	char *copy = xstrdup(text), *argv[WORDS_MAX];
	int argc = split(copy, argv);
	bool ok = true;

	for (int i = 1; i < argc && ok; i++) {
		int key = keys_parse(argv[i]);

		ok = key != UI_KEY_NONE || error_set(&test->err, "keys: '%s' is no key", argv[i]);
		if (ok)
			press(test, key);
	}
	free(copy);
	return ok;
}

static bool type(struct test *test, const char *text)
{
	for (; *text; text++)
		press(test, (unsigned char)*text);
	return true;
}

/* What is pasted, "|" for the end of a line. */
static bool paste(struct test *test, const char *text)
{
	size_t count = strlen(text);
	int *pasted = xcalloc(count + 1, sizeof(*pasted));

	for (size_t i = 0; i < count; i++)
		pasted[i] = text[i] == '|' ? '\r' : (unsigned char)text[i];
	app_paste(test->app, pasted, count);
	free(pasted);
	draw(test);
	return true;
}

static bool run_command(struct test *test, const char *text)
{
	app_command(test->app, text);
	draw(test);
	return true;
}

static bool click(struct test *test, const char *text)
{
	int x, y;

	if (sscanf(text, "%d %d", &x, &y) != 2)
		return error_set(&test->err, "click: '%s' is not X Y", text);
	app_mouse(test->app, APP_CLICK, x, y);
	app_draw(test->app, test->grid);
	return true;
}

static bool drag(struct test *test, const char *text)
{
	int x, from, to;

	if (sscanf(text, "%d %d %d", &x, &from, &to) != 3)
		return error_set(&test->err, "drag: '%s' is not X FROM TO", text);
	app_mouse(test->app, APP_CLICK, x, from);
	draw(test);
	while (from != to) {
		from += from < to ? 1 : -1;
		app_mouse(test->app, APP_DRAG, x, from);
		draw(test);
	}
	return true;
}

static bool turn_wheel(struct test *test, const char *text)
{
	char way[8];
	int x, y;

	if (sscanf(text, "%7s %d %d", way, &x, &y) != 3)
		return error_set(&test->err, "wheel: '%s' is not up|down X Y", text);
	app_mouse(test->app, *way == 'u' ? APP_WHEEL_UP : APP_WHEEL_DOWN, x, y);
	app_draw(test->app, test->grid);
	return true;
}

static bool set_ascii(struct test *test, const char *text)
{
	app_set_ascii(test->app, !strcmp(text, "on"));
	app_draw(test->app, test->grid);
	return true;
}

static bool set_interrupt(struct test *test, const char *text)
{
	test->interrupt = (unsigned)strtoul(text, NULL, 10);
	test->progress = 0;
	return true;
}

static bool set_running(struct test *test, const char *text)
{
	test->running = (unsigned)strtoul(text, NULL, 10);
	test->progress = 0;
	return true;
}

/* FILE, from the source tree's top. */
static bool set_lesson(struct test *test, const char *text)
{
	const char *source = getenv("srcdir");
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/%s", source ? source : ".", text);
	test->lesson = lesson_load(path.text, &test->err);
	strbuf_free(&path);
	return test->lesson;
}

static const struct {
	const char *name;
	bool is_setting;		/* before the machine is made */
	bool (*take)(struct test *test, const char *text);
} directives[] = {
	{ "size", true, set_size },	   { "options", true, parse_options },
	{ "resize", false, set_size },	   { "command", false, run_command },
	{ "keys", false, press_keys },	   { "type", false, type },
	{ "click", false, click },	   { "wheel", false, turn_wheel },
	{ "drag", false, drag },	   { "paste", false, paste },
	{ "ascii", false, set_ascii },	   { "interrupt", false, set_interrupt },
	{ "running", false, set_running }, { "lesson", true, set_lesson },
};

static bool take_line(struct test *test, char *line)
{
	char *text = strstr(line, ": ");

	if (!*line || *line == '#')
		return true;
	if (!text)
		return error_set(&test->err, "'%s' is not NAME: TEXT", line);
	*text = '\0';
	text += 2;
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++)
		if (!strcmp(directives[i].name, line))
			return (directives[i].is_setting || start(test)) && directives[i].take(test, text);
	return error_set(&test->err, "no line is called '%s'", line);
}

/* Play the lines of TEXT up to its first screen; *LEN is where that begins. */
static bool take_lines(struct test *test, const char *text, size_t *len)
{
	const char *end = strstr(text, screen_mark);
	bool ok = true;

	*len = end ? (size_t)(end - text) : strlen(text);
	for (size_t at = 0; at < *len && ok;) {
		size_t line_len = strcspn(text + at, "\n");
		char *line = xstrndup(text + at, line_len);

		ok = take_line(test, line);
		free(line);
		at += line_len + 1;
	}
	return ok && start(test);
}

/* ---- what a golden file holds ---- */

/* Length of the number at S that depends on where things lie and how long they take: hexadecimal digits behind 0x,
 * five or more of them without it, or four or more decimal ones, which may stand in groups of three.  0 for any
 * other. */
static size_t number_length(const char *s)
{
	size_t decimal = strspn(s, "0123456789"), hex = strspn(s, "0123456789abcdef"), digits = decimal;

	if (s[0] == '0' && s[1] == 'x')
		return 2 + strspn(s + 2, "0123456789abcdef");
	if (hex >= 5 && decimal < hex && strcspn(s, "0123456789") < hex && !isalpha((unsigned char)s[hex]) &&
	    s[hex] != '_')
		return hex;
	while (decimal && decimal <= digits && s[decimal] == ' ' && strspn(s + decimal + 1, "0123456789") == 3) {
		decimal += 4;
		digits = decimal;
	}
	return decimal >= 4 ? decimal : 0;
}

/* TEXT with the digits of such numbers as '#': a golden file is about what is where, and about states. */
static void mask_numbers(char *text)
{
	bool is_in_word = false;

	while (*text) {
		size_t len = is_in_word ? 0 : number_length(text);

		for (size_t i = 0; i < len; i++)
			text[i] = text[i] == ' ' || text[i] == 'x' ? text[i] : '#';
		is_in_word = isalnum((unsigned char)*text) || *text == '_' || *text == '#';
		text += len ? len : 1;
	}
}

static void add_screen(const struct grid *grid, struct strbuf *out)
{
	struct strbuf text = STRBUF_INIT;

	grid_dump_text(grid, &text);
	mask_numbers(text.text);
	strbuf_puts(out, text.text);
	strbuf_free(&text);
}

/* ---- judging ---- */

static void print_comment(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		printf("# %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/* The first comment of the file. */
static void print_title(const char *result, const char *text)
{
	size_t start = strspn(text, "# ");

	printf("%s 1 - %.*s\n1..1\n", result, (int)strcspn(text + start, "\n"), text + start);
}

static int fail(const struct test *test, const char *text)
{
	print_title("not ok", text);
	print_comment(test->err.text);
	return 1;
}

static int compare(struct test *test, const char *text, const struct strbuf *got)
{
	struct strbuf difference = STRBUF_INIT;
	struct error err = ERROR_NONE;

	if (!strcmp(text, got->text)) {
		print_title("ok", text);
		return 0;
	}
	if (getenv("UPDATE")) {
		if (!file_write(test->path, got->text, got->len, &err)) {
			test->err = err;
			return fail(test, text);
		}
		print_title("ok", text);
		return 0;
	}
	print_title("not ok", text);
	difference_print(text, got->text, &difference);
	print_comment(strbuf_text(&difference));
	printf("# again: tests/screens/run_screen %s (UPDATE=1 takes what came)\n", test->path);
	strbuf_free(&difference);
	return 1;
}

static int play_file(struct test *test, const char *text)
{
	struct strbuf got = STRBUF_INIT;
	size_t len;
	int result;

	if (!take_lines(test, text, &len))
		return fail(test, text);
	strbuf_add(&got, text, len);
	strbuf_puts(&got, screen_mark);
	add_screen(test->grid, &got);
	strbuf_puts(&got, styles_mark);
	grid_dump_styles(test->grid, &got);
	result = compare(test, text, &got);
	strbuf_free(&got);
	return result;
}

int main(int argc, char **argv)
{
	struct test test = { .path = argc > 1 ? argv[1] : "", .width = 80, .height = 24, .err = ERROR_NONE };
	struct bytes bytes = BYTES_NONE;
	char *text;
	int result;

	if (!file_read(test.path, FILE_MAX, &bytes, &test.err))
		return fail(&test, test.path);
	text = xstrndup((const char *)bytes.data, bytes.size);
	result = play_file(&test, text);
	stop(&test);
	free(text);
	bytes_free(&bytes);
	return result;
}
