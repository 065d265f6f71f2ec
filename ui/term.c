/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/term.c: ncurses.
 *
 * Each style has attributes for a terminal with colours and for one without; lines are drawn with the terminal's own
 * (ACS) characters.  A crash cannot call ncurses, so what gives the terminal back (its settings and a string of escape
 * sequences) is made ready at the start.
 */
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

#undef lines	/* <term.h> has macros of everyday names */
#undef columns

#include "ui/term.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "ui/keys.h"

enum {
	RESTORE_SIZE = 256, ESCAPE_DELAY = 25, CLIPBOARD_MAX = 4096,
	PASTE_MAX = 1 << 16,		/* characters */
	PASTE_PATIENCE = 2000,		/* milliseconds for the next one */
	KEY_PASTE_BEGIN = 0x1000, KEY_PASTE_END,	/* above those of ncurses */
	MOUSE_MAX = 8,			/* events that ncurses keeps (EV_MAX) */
};

struct terminal {
	SCREEN *screen;
	bool is_ascii, has_color;
	bool has_mouse;		/* the mouse is ours */
	bool is_pressed;	/* its button, since a click */
	MEVENT mouse[MOUSE_MAX];	/* what it did that was not told yet, the last first */
	size_t mouse_count;
	VEC(int) pasted;
};

/* What a signal handler needs. */
static struct termios saved_settings;
static char restore[RESTORE_SIZE];
static volatile sig_atomic_t is_open;

static void put_sequence(const char *sequence)
{
	ssize_t written = write(STDOUT_FILENO, sequence, strlen(sequence));

	(void)written;
}

/* ---- pasting ---- */

/* A terminal that can do it puts a paste between two sequences when asked to (Xterm Control Sequences, "Bracketed Paste
 * Mode"); others ignore the question. */
static void report_pastes(bool on)
{
	put_sequence(on ? "\033[?2004h" : "\033[?2004l");
}

static void know_pastes(void)
{
	define_key("\033[200~", KEY_PASTE_BEGIN);
	define_key("\033[201~", KEY_PASTE_END);
	report_pastes(true);
}

/* ---- the mouse ---- */

/* Ncurses asks for clicks alone.  Xterm and those like it tell of a mouse that moves with its button held when asked
 * to (Xterm Control Sequences, "Button-event tracking"). */
static void report_drags(bool on)
{
	if (has_mouse())
		put_sequence(on ? "\033[?1002h" : "\033[?1002l");
}

/* ---- giving the terminal back ---- */

static const int deadly[] = { SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

static void give_back(int number)
{
	if (is_open) {
		put_sequence(restore);
		tcsetattr(STDIN_FILENO, TCSANOW, &saved_settings);
		is_open = 0;
	}
	signal(number, SIG_DFL);
	raise(number);
}

static void give_back_at_exit(void)
{
	if (is_open) {
		report_drags(false);
		report_pastes(false);
		endwin();
	}
	is_open = 0;
}

static void add_capability(const char *name)
{
	const char *text = tigetstr(name);

	if (text && text != (const char *)-1 && strlen(restore) + strlen(text) < RESTORE_SIZE - 32)
		strcat(restore, text);
}

static void prepare_restore(void)
{
	static const char mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";

	restore[0] = '\0';
	add_capability("sgr0");
	add_capability("cnorm");
	add_capability("rmkx");
	add_capability("rmcup");
	strcat(restore, "\033[?2004l");
	/* Only a terminal that sends mouse events knows how to stop. */
	if (tigetstr("kmous") && tigetstr("kmous") != (char *)-1)
		strcat(restore, mouse_off);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		signal(deadly[i], give_back);
	atexit(give_back_at_exit);
}

/* ---- styles ---- */

/* Colour (-1: the terminal's own) and attributes; attributes alone where there is no colour. */
static const struct { short color; attr_t with_color, without; } looks[STYLE_COUNT] = {
	[STYLE_NORMAL] = { -1, A_NORMAL, A_NORMAL },
	[STYLE_BAR] = { COLOR_CYAN, A_REVERSE, A_REVERSE },
	[STYLE_BORDER] = { -1, A_DIM, A_NORMAL },
	[STYLE_TITLE] = { COLOR_CYAN, A_NORMAL, A_NORMAL },
	[STYLE_FOCUSED] = { COLOR_CYAN, A_BOLD | A_REVERSE, A_BOLD | A_REVERSE },
	[STYLE_KEY] = { COLOR_CYAN, A_BOLD, A_BOLD },
	[STYLE_DIM] = { -1, A_DIM, A_NORMAL },
	[STYLE_HEADING] = { COLOR_BLUE, A_BOLD, A_BOLD },
	[STYLE_CURRENT] = { COLOR_GREEN, A_BOLD, A_REVERSE },
	[STYLE_CHANGED] = { COLOR_YELLOW, A_BOLD, A_BOLD | A_UNDERLINE },
	[STYLE_SYMBOL] = { COLOR_CYAN, A_NORMAL, A_NORMAL },
	[STYLE_COMMENT] = { COLOR_BLUE, A_NORMAL, A_NORMAL },
	[STYLE_RUNNING] = { COLOR_GREEN, A_NORMAL, A_BOLD },
	[STYLE_ASLEEP] = { COLOR_MAGENTA, A_NORMAL, A_NORMAL },
	[STYLE_OFF] = { -1, A_DIM, A_NORMAL },
	[STYLE_FAULT] = { COLOR_RED, A_BOLD, A_BOLD | A_REVERSE },
	[STYLE_BREAKPOINT] = { COLOR_RED, A_BOLD, A_BOLD },
	[STYLE_DONE] = { COLOR_GREEN, A_NORMAL, A_BOLD },
	[STYLE_TODO] = { -1, A_DIM, A_NORMAL },
	[STYLE_ARROW] = { COLOR_YELLOW, A_BOLD, A_BOLD },
	[STYLE_EXPLAIN] = { COLOR_YELLOW, A_NORMAL, A_NORMAL },
	[STYLE_MESSAGE] = { COLOR_GREEN, A_NORMAL, A_BOLD },
	[STYLE_ERROR] = { COLOR_RED, A_BOLD, A_BOLD },
	[STYLE_PROMPT] = { -1, A_BOLD, A_BOLD },
	[STYLE_FOUND] = { COLOR_YELLOW, A_REVERSE, A_REVERSE },
};

static void set_up_colors(struct terminal *term, bool is_wanted)
{
	term->has_color = is_wanted && has_colors();
	if (!term->has_color)
		return;
	start_color();
	use_default_colors();
	for (short i = 0; i < STYLE_COUNT; i++)
		init_pair((short)(i + 1), looks[i].color, -1);
}

static attr_t attributes(const struct terminal *term, const struct cell *cell)
{
	attr_t look = term->has_color ? looks[cell->style].with_color : looks[cell->style].without;

	if (term->has_color)
		look |= (attr_t)COLOR_PAIR(cell->style + 1);
	/* A reversed cell on the reversed line of the cursor would look like no cursor. */
	return cell->is_selected ? (look & A_REVERSE ? look | A_UNDERLINE : look | A_REVERSE) : look;
}

/* ---- opening and closing ---- */

static bool can_move_cursor(const char *name, struct error *err)
{
	int status;
	bool can_move;

	if (!name || !*name)
		return error_set(err,
				 "TERM is not set: the screen needs to know the terminal (smptutor run works without)");
	if (setupterm(name, STDOUT_FILENO, &status) != OK)
		return error_set(err, "TERM=%s: no such terminal is known here (smptutor run works without)", name);
	can_move = tigetstr("cup") && tigetstr("cup") != (char *)-1;
	del_curterm(cur_term);
	if (!can_move)
		return error_set(err, "TERM=%s: this terminal cannot move its cursor (smptutor run works without)",
				 name);
	return true;
}

/* Each opening has a screen of its own: initscr() sets the terminal up once in a process, and a second call leaves it
 * as it was found, with echo. */
struct terminal *term_open(const struct term_options *options, struct error *err)
{
	const char *no_color = getenv("NO_COLOR");
	struct terminal *term;
	SCREEN *screen;

	setlocale(LC_CTYPE, "");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_null(err, "the screen needs a terminal on stdin and stdout; without one, smptutor run "
				       "boots the same machine and prints what happens");
	if (!can_move_cursor(getenv("TERM"), err))
		return NULL;
	tcgetattr(STDIN_FILENO, &saved_settings);
	set_escdelay(ESCAPE_DELAY);
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return error_null(err, "the terminal cannot be set up");
	prepare_restore();
	is_open = 1;
	term = xzalloc(sizeof(*term));
	term->screen = screen;
	term->is_ascii = options->is_ascii || strcmp(nl_langinfo(CODESET), "UTF-8");
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	know_pastes();
	set_up_colors(term, !options->has_no_color && !(no_color && *no_color));
	term_set_mouse(term, !options->has_no_mouse);
	return term;
}

void term_close(struct terminal *term)
{
	if (!term)
		return;
	report_drags(false);
	report_pastes(false);
	endwin();
	is_open = 0;
	delscreen(term->screen);
	vec_free(&term->pasted);
	free(term);
}

void term_size(const struct terminal *term, int *width, int *height)
{
	(void)term;
	getmaxyx(stdscr, *height, *width);
}

bool term_is_ascii(const struct terminal *term)
{
	return term->is_ascii;
}

/* ---- showing ---- */

/* The terminal's own line drawing character for TEXT, 0 for none.  Looked up at run time: ACS_ names are known only
 * after newterm(). */
static chtype line_character(const char *text)
{
	const struct { const char *text; chtype acs; } lines_of_ours[] = {
		{ "─", ACS_HLINE }, { "│", ACS_VLINE }, { "┬", ACS_TTEE }, { "┴", ACS_BTEE }, { "┼", ACS_PLUS },
		{ "├", ACS_LTEE }, { "┤", ACS_RTEE }, { "└", ACS_LLCORNER }, { "┌", ACS_ULCORNER },
		{ "┐", ACS_URCORNER }, { "┘", ACS_LRCORNER },
	};

	for (size_t i = 0; (unsigned char)text[0] >= 0x80 && i < sizeof(lines_of_ours) / sizeof(lines_of_ours[0]); i++)
		if (!strcmp(lines_of_ours[i].text, text))
			return lines_of_ours[i].acs;
	return 0;
}

static void show_cell(const struct terminal *term, const struct cell *cell, int x, int y)
{
	chtype line = line_character(cell->text);

	attrset((int)attributes(term, cell));
	if (line)
		mvaddch(y, x, line);
	else
		mvaddstr(y, x, cell->text);
}

void term_show(struct terminal *term, const struct grid *grid)
{
	int x, y;

	erase();
	for (y = 0; y < grid_height(grid); y++)
		for (x = 0; x < grid_width(grid); x++)
			if (*grid_cell(grid, x, y)->text)
				show_cell(term, grid_cell(grid, x, y), x, y);
	grid_cursor(grid, &x, &y);
	curs_set(x >= 0);
	if (x >= 0)
		move(y, x);
	refresh();
}

void term_redraw(struct terminal *term)
{
	(void)term;
	clearok(stdscr, TRUE);
}

/* ---- reading ---- */

static const struct { int curses; int ours;
} special[] = {
	{ KEY_UP, UI_KEY_UP },
	{ KEY_DOWN, UI_KEY_DOWN },
	{ KEY_LEFT, UI_KEY_LEFT },
	{ KEY_RIGHT, UI_KEY_RIGHT },
	{ KEY_PPAGE, UI_KEY_PAGE_UP },
	{ KEY_NPAGE, UI_KEY_PAGE_DOWN },
	{ KEY_HOME, UI_KEY_TO_START },
	{ KEY_END, UI_KEY_TO_END },
	{ KEY_DC, UI_KEY_DELETE },
	{ KEY_BTAB, UI_KEY_BACKTAB },
	{ KEY_F(1), UI_KEY_FUNCTION_1 },
	{ KEY_F(3), UI_KEY_FUNCTION_3 },
	{ KEY_F(5), UI_KEY_FUNCTION_5 },
	{ KEY_F(15), UI_KEY_SHIFT_FUNCTION_3 },
	{ KEY_BACKSPACE, UI_KEY_RUBOUT },
	{ KEY_ENTER, UI_KEY_ENTER },
};

/* What STATE, as ncurses tells it, is to us; TERM_NOTHING when it is nothing. */
static enum term_input mouse_kind(struct terminal *term, mmask_t state, enum app_mouse *mouse)
{
	if (state & BUTTON4_PRESSED) {
		*mouse = APP_WHEEL_UP;
	} else if (state & BUTTON5_PRESSED) {
		*mouse = APP_WHEEL_DOWN;
	} else if (state & (BUTTON1_PRESSED | BUTTON1_CLICKED)) {
		term->is_pressed = state & BUTTON1_PRESSED;
		*mouse = APP_CLICK;
	} else if (state & REPORT_MOUSE_POSITION && term->is_pressed) {
		*mouse = APP_DRAG;
	} else {
		term->is_pressed &= !(state & BUTTON1_RELEASED);
		return TERM_NOTHING;
	}
	return TERM_MOUSE;
}

/* Of what the mouse did while nobody read, ncurses tells with one KEY_MOUSE, and gives the last event first. */
static void take_mouse(struct terminal *term)
{
	term->mouse_count = 0;
	while (term->mouse_count < MOUSE_MAX && getmouse(&term->mouse[term->mouse_count]) == OK)
		term->mouse_count++;
}

/* The next thing that it did; TERM_NOTHING after the last. */
static struct term_event mouse_event(struct terminal *term)
{
	struct term_event event = { .what = TERM_NOTHING };

	while (event.what == TERM_NOTHING && term->mouse_count) {
		const MEVENT *mouse = &term->mouse[--term->mouse_count];

		event.x = mouse->x;
		event.y = mouse->y;
		event.what = mouse_kind(term, mouse->bstate, &event.mouse);
	}
	return event;
}

static struct term_event special_event(struct terminal *term, int key)
{
	struct term_event event = { .what = TERM_NOTHING, .key = UI_KEY_NONE };

	if (key == KEY_RESIZE)
		event.what = TERM_RESIZE;
	if (key == KEY_MOUSE) {
		take_mouse(term);
		return mouse_event(term);
	}
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		if (special[i].curses == key) {
			event.what = TERM_KEY;
			event.key = special[i].ours;
		}
	}
	return event;
}

/* As a shell's job control expects: the terminal as it was while we are stopped. */
static void suspend(const struct terminal *term)
{
	report_drags(false);
	report_pastes(false);
	endwin();
	raise(SIGTSTP);
	refresh();
	report_drags(term->has_mouse);
	report_pastes(true);
}

/* All that is pasted at once: while a first line of it runs the machine, nobody reads. */
static struct term_event read_paste(struct terminal *term)
{
	struct term_event event = { .what = TERM_PASTE };
	wint_t c;
	int status;

	vec_clear(&term->pasted);
	timeout(PASTE_PATIENCE);
	while ((status = get_wch(&c)) != ERR && !(status == KEY_CODE_YES && c == KEY_PASTE_END))
		if (status == OK && term->pasted.len < PASTE_MAX)
			vec_add(&term->pasted, (int)c);
	event.pasted = term->pasted.item;
	event.pasted_count = term->pasted.len;
	return event;
}

struct term_event term_read(struct terminal *term, bool wait)
{
	struct term_event event = mouse_event(term);
	wint_t c;
	int status;

	if (event.what != TERM_NOTHING)
		return event;
	timeout(wait ? -1 : 0);
	status = get_wch(&c);
	if (status == KEY_CODE_YES && c == KEY_PASTE_BEGIN)
		return read_paste(term);
	if (status == KEY_CODE_YES)
		return special_event(term, (int)c);
	if (status == ERR) {
		event.what = wait ? TERM_CLOSED : TERM_NOTHING;
		return event;
	}
	if (c == UI_CTRL('z')) {
		suspend(term);
		event.what = TERM_RESIZE;
		return event;
	}
	event.what = TERM_KEY;
	event.key = c == '\b' ? UI_KEY_RUBOUT : (int)c;
	return event;
}

void term_flush(struct terminal *term)
{
	term->mouse_count = 0;
	flushinp();
}

void term_set_mouse(struct terminal *term, bool on)
{
	term->has_mouse = on;
	term->is_pressed = false;
	mouseinterval(0);
	mousemask(on ? BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED |
		       REPORT_MOUSE_POSITION : 0, NULL);
	report_drags(on);
}

/* ---- the clipboard ---- */

void term_copy(struct terminal *term, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	size_t len = strlen(text);

	(void)term;
	strbuf_puts(&out, "\033]52;c;");
	strbuf_add_base64(&out, text, len < CLIPBOARD_MAX ? len : CLIPBOARD_MAX);
	strbuf_putc(&out, '\007');
	put_sequence(out.text);
	strbuf_free(&out);
}
