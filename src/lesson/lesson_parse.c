/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/lesson_parse.c: from Markdown to a lesson.
 *
 * The file is read line by line.  What a line belongs to is known from what came before: the header, a fenced block,
 * a quoted hint, a quiz, or else the prose of the lesson or of its step.  What does not fit ends the reading with
 * FILE:LINE and the word.
 */
#include "lesson/lesson.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/utf8.h"

/* Where the reading stands. */
struct parser {
	struct lesson *lesson;
	const char *file;
	bool is_translation;
	struct error *err;
	unsigned number;		/* of the line at hand */
	bool has_title, in_header, has_header;
	struct lesson_step *step;	/* NULL before the first */
	struct lesson_quiz *quiz;	/* NULL outside of quizzes */
	struct lesson_block *block;	/* the smp block that is open */
	unsigned code;			/* line of the fence of any other block that is open; 0: none */
	struct strbuf prose;		/* of lesson, step or quiz so far */
	struct strbuf note;		/* of the hint or explanation that is being quoted */
	const char *note_kind;		/* "hint", "why", "answer"; NULL: none is */
};

static bool fail(const struct parser *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Set the error "FILE:LINE: ..." and return false. */
static bool fail(const struct parser *p, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	error_set(p->err, "%s:%u: %s", p->file, p->number, strbuf_text(&text));
	strbuf_free(&text);
	return false;
}

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

/* Does LINE start with WORD?  Then what stands behind it, blanks skipped, else NULL. */
static const char *after(const char *line, const char *word)
{
	size_t len = strlen(word);

	return strncmp(line, word, len) ? NULL : skip_blanks(line + len);
}

/* ---- what has been collected is put in its place ---- */

/* The text of SB without blank lines at both ends, and SB empty again. */
static char *take_text(struct strbuf *sb)
{
	const char *start = strbuf_text(sb);
	const char *end = start + strlen(start);
	char *text;

	start += strspn(start, "\n");
	while (end > start && isspace((unsigned char)end[-1]))
		end--;
	text = xstrndup(start, (size_t)(end - start));
	strbuf_clear(sb);
	return text;
}

/* The place of prose now. */
static char **prose_of(struct parser *p)
{
	if (p->quiz)
		return &p->quiz->prose;
	return p->step ? &p->step->prose : &p->lesson->intro;
}

/* Prose may come in pieces, with quizzes between them. */
static void end_prose(struct parser *p)
{
	char **place = prose_of(p);
	char *more = take_text(&p->prose);
	struct strbuf whole = STRBUF_INIT;

	strbuf_printf(&whole, "%s%s%s", *place, **place && *more ? "\n\n" : "", more);
	free(more);
	free(*place);
	*place = strbuf_steal(&whole);
}

/* "spin | the pen": spellings. */
static void add_words(struct lesson_quiz *quiz, char *text)
{
	char *save, *word;

	for (word = strtok_r(text, "|", &save); word; word = strtok_r(NULL, "|", &save)) {
		char *end = word + strlen(word);

		word += strspn(word, " \t\n");
		while (end > word && isspace((unsigned char)end[-1]))
			*--end = '\0';
		vec_add(&quiz->words, xstrdup(word));
	}
	free(text);
}

static void end_note(struct parser *p)
{
	char *text;

	if (!p->note_kind)
		return;
	text = take_text(&p->note);
	if (!strcmp(p->note_kind, "answer")) {
		add_words(p->quiz, text);
	} else if (!strcmp(p->note_kind, "why")) {
		free(p->quiz->why);
		p->quiz->why = text;
	} else if (p->quiz) {
		vec_add(&p->quiz->hints, text);
	} else {
		vec_add(&p->step->hints, text);
	}
	p->note_kind = NULL;
}

static bool check_choices(struct parser *p)
{
	size_t right = 0;

	for (size_t i = 0; i < p->quiz->choices.len; i++)
		right += p->quiz->choices.item[i].is_right;
	if (p->quiz->choices.len < 2)
		return fail(p, "quiz '%s' has only one choice", p->quiz->question);
	if (right != 1)
		return fail(p, "quiz '%s' must have one choice marked [x], not none and not several",
			    p->quiz->question);
	return true;
}

/* The quiz is over: is it whole? */
static bool end_quiz(struct parser *p)
{
	struct lesson_quiz *quiz = p->quiz;

	if (!quiz)
		return true;
	quiz->kind = quiz->choices.len ? QUIZ_CHOICE : quiz->words.len ? QUIZ_WORDS : QUIZ_VALUE;
	if (quiz->choices.len && quiz->words.len)
		return fail(p, "quiz '%s' has both choices and an answer in words", quiz->question);
	if (quiz->kind == QUIZ_CHOICE && !check_choices(p))
		return false;
	if (quiz->kind == QUIZ_VALUE && !quiz->answer.number && !p->is_translation)
		return fail(p, "quiz '%s' has no answer: '- [x]' choices, '> answer:' or an 'smp answer' block",
			    quiz->question);
	end_prose(p);
	p->quiz = NULL;
	return true;
}

/* What is open ends here, down to the step. */
static bool end_part(struct parser *p)
{
	end_note(p);
	if (p->quiz)
		return end_quiz(p);
	end_prose(p);
	return true;
}

/* ---- headings ---- */

static bool is_anchor_char(char c)
{
	return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '-';
}

/* "Title {#anchor}" into its two parts. */
static bool parse_heading(struct parser *p, const char *text, char **title, char **anchor)
{
	const char *open = strstr(text, "{#");
	const char *end = open ? open + 2 : NULL;
	const char *last = open;

	if (!open)
		return fail(p, "'%s': the heading has no {#anchor}", text);
	while (is_anchor_char(*end))
		end++;
	if (end == open + 2 || strcmp(end, "}"))
		return fail(p, "'%s': an anchor is {#lower-case-words} at the end of the line", open);
	while (last > text && isspace((unsigned char)last[-1]))
		last--;
	if (last == text)
		return fail(p, "'%s': the heading has no title", open);
	*title = xstrndup(text, (size_t)(last - text));
	*anchor = xstrndup(open + 2, (size_t)(end - open - 2));
	return true;
}

static bool start_lesson(struct parser *p, const char *text)
{
	if (p->has_title)
		return fail(p, "'# %s': a lesson has one title; steps begin with '##'", text);
	p->has_title = true;
	p->in_header = !p->is_translation;
	return parse_heading(p, text, &p->lesson->title, &p->lesson->anchor);
}

static bool start_step(struct parser *p, const char *text)
{
	struct lesson_step *step;
	char *title, *anchor;

	if (!end_part(p) || !parse_heading(p, text, &title, &anchor))
		return false;
	if (lesson_find_step(p->lesson, anchor) >= 0) {
		fail(p, "anchor '%s' is used twice", anchor);
		free(title);
		free(anchor);
		return false;
	}
	step = vec_push(&p->lesson->steps);
	step->title = title;
	step->anchor = anchor;
	step->number = p->number;
	step->prose = xstrdup("");
	p->step = step;
	p->in_header = false;
	return true;
}

static bool start_quiz(struct parser *p, const char *question)
{
	if (!p->step)
		return fail(p, "quiz '%s' stands before the first step ('## ...')", question);
	if (!*question)
		return fail(p, "'%s' without a question", "### quiz:");
	if (!end_part(p))
		return false;
	p->quiz = vec_push(&p->step->quizzes);
	p->quiz->question = xstrdup(question);
	p->quiz->number = p->number;
	p->quiz->prose = xstrdup("");
	p->quiz->why = xstrdup("");
	return true;
}

/* ---- the header ---- */

static bool set_rows(struct parser *p, const char *value, struct error *err)
{
	for (char *end; *value; value = skip_blanks(end)) {
		unsigned long row = strtoul(value, &end, 10);

		if (end == value || row < 1 || row > LESSON_ROWS)
			return error_set(err, "shows: '%s' is no row of the milestones (1 to %d, blanks between)",
					 value, LESSON_ROWS);
		p->lesson->rows |= UINT32_C(1) << row;
	}
	return true;
}

static bool set_field(void *ctx, const char *key, const char *value, struct error *err)
{
	struct parser *p = ctx;
	char **place = !strcmp(key, "time") ? &p->lesson->time : !strcmp(key, "needs") ? &p->lesson->needs : NULL;

	if (!strcmp(key, "shows"))
		return set_rows(p, value, err);
	if (!place && !machine_line_has_key(key))
		return error_set(err, "'%s' is no field of a lesson's header (board, cpus, time, needs, shows ...)",
				 key);
	if (!place)
		return machine_line_set(&p->lesson->machine, key, value, err);
	free(*place);
	*place = xstrdup(value);
	return true;
}

static bool header_line(struct parser *p, const char *line)
{
	struct error own = ERROR_NONE;

	if (!*skip_blanks(line)) {
		p->in_header = !p->has_header;
		return true;
	}
	p->has_header = true;
	return machine_line_split(line, set_field, p, &own) || fail(p, "%s", own.text);
}

/* ---- fenced blocks ---- */

/* The block that WORD opens where the reading stands; NULL when there is none. */
static struct lesson_block *find_block(struct parser *p, const char *word)
{
	if (p->quiz && !strcmp(word, "predict"))
		return &p->quiz->predict;
	if (p->quiz && !strcmp(word, "answer"))
		return &p->quiz->answer;
	if (p->quiz)
		return NULL;
	if (!strcmp(word, "setup"))
		return &p->step->setup;
	if (!strcmp(word, "goal"))
		return &p->step->goal;
	return !strcmp(word, "solution") ? &p->step->solution : NULL;
}

static bool open_block(struct parser *p, const char *word)
{
	if (p->is_translation)
		return fail(p, "'smp %s': a translation has no smp blocks; those of the original are used", word);
	if (!p->step)
		return fail(p, "'smp %s' stands before the first step ('## ...')", word);
	p->block = find_block(p, word);
	if (!p->block)
		return fail(p, "'smp %s': a %s", word, p->quiz ? "quiz has the blocks predict and answer" :
			    "step has the blocks setup, goal and solution");
	if (p->block->number)
		return fail(p, "'smp %s' is there twice", word);
	p->block->number = p->number;
	return true;
}

static bool open_fence(struct parser *p, const char *info)
{
	const char *word = after(info, "smp");

	end_note(p);
	if (word && (info[3] == ' ' || info[3] == '\t' || !info[3]))
		return open_block(p, word);
	p->code = p->number;
	strbuf_printf(&p->prose, "```%s\n", info);
	return true;
}

static bool block_line(struct parser *p, const char *line)
{
	struct lesson_line *added;

	if (!strncmp(line, "```", 3)) {
		if (!p->block->lines.len)
			return fail(p, "'%s' ends an empty block", "```");
		p->block = NULL;
		return true;
	}
	line = skip_blanks(line);
	if (!*line || *line == '#')
		return true;
	added = vec_push(&p->block->lines);
	added->text = xstrdup(line);
	added->number = p->number;
	return true;
}

static bool code_line(struct parser *p, const char *line)
{
	strbuf_printf(&p->prose, "%s\n", line);
	if (!strncmp(line, "```", 3))
		p->code = 0;
	return true;
}

/* ---- quotes and choices ---- */

static bool start_note(struct parser *p, const char *kind, const char *text)
{
	end_note(p);
	if (!p->step)
		return fail(p, "'> %s:' stands before the first step ('## ...')", kind);
	if (!p->quiz && strcmp(kind, "hint"))
		return fail(p, "'> %s:' belongs to a quiz ('### quiz: ...')", kind);
	if (!*text)
		return fail(p, "'> %s:' says nothing", kind);
	p->note_kind = kind;
	strbuf_puts(&p->note, text);
	return true;
}

/* A line behind '>'. */
static bool quote_line(struct parser *p, const char *text, const char *line)
{
	static const char *const kinds[] = { "hint", "why", "answer" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const char *rest = after(text, kinds[i]);

		if (rest && *rest == ':')
			return start_note(p, kinds[i], skip_blanks(rest + 1));
	}
	if (p->note_kind)
		strbuf_printf(&p->note, "\n%s", text);
	else
		strbuf_printf(&p->prose, "%s\n", line);
	return true;
}

/* "- [ ] text" or "- [x] text" in a quiz: what stands behind the box, else NULL. */
static const char *choice_text(const char *line)
{
	const char *rest = after(line, "- [ ]");

	return rest ? rest : after(line, "- [x]");
}

static bool choice_line(struct parser *p, const char *line, const char *text)
{
	struct lesson_choice *choice = vec_push(&p->quiz->choices);

	choice->text = xstrdup(text);
	choice->is_right = line[3] == 'x';
	choice->number = p->number;
	return true;
}

/* A line that goes on with the last choice: it is indented. */
static bool is_choice_more(const struct parser *p, const char *line)
{
	return p->quiz && p->quiz->choices.len && *line == ' ' && *skip_blanks(line);
}

static bool choice_more(struct parser *p, const char *line)
{
	struct lesson_choice *choice = &p->quiz->choices.item[p->quiz->choices.len - 1];
	struct strbuf whole = STRBUF_INIT;

	strbuf_printf(&whole, "%s %s", choice->text, skip_blanks(line));
	free(choice->text);
	choice->text = strbuf_steal(&whole);
	return true;
}

/* ---- lines ---- */

static bool heading_line(struct parser *p, const char *line)
{
	const char *quiz = after(line, "### quiz:");

	if (quiz)
		return start_quiz(p, quiz);
	if (!strncmp(line, "## ", 3))
		return start_step(p, skip_blanks(line + 3));
	if (!strncmp(line, "# ", 2))
		return start_lesson(p, skip_blanks(line + 2));
	end_note(p);
	if (!end_quiz(p))
		return false;
	strbuf_printf(&p->prose, "%s\n", line);
	return true;
}

static bool text_line(struct parser *p, const char *line)
{
	const char *choice = p->quiz ? choice_text(line) : NULL;

	end_note(p);
	if (choice)
		return choice_line(p, line, choice);
	if (is_choice_more(p, line))
		return choice_more(p, line);
	strbuf_printf(&p->prose, "%s\n", line);
	return true;
}

static bool parse_line(struct parser *p, const char *line)
{
	if (p->block)
		return block_line(p, line);
	if (p->code)
		return code_line(p, line);
	if (!strncmp(line, "# ", 2) || !strncmp(line, "## ", 3) || !strncmp(line, "### ", 4))
		return heading_line(p, line);
	if (!p->has_title)
		return !*skip_blanks(line) || fail(p, "'%s': a lesson begins with '# Title {#anchor}'", line);
	if (p->in_header)
		return header_line(p, line);
	if (!strncmp(line, "```", 3))
		return open_fence(p, skip_blanks(line + 3));
	if (*line == '>')
		return quote_line(p, skip_blanks(line + 1), line);
	return text_line(p, line);
}

/* Text that a terminal can be given: UTF-8, and no control character but the tab. */
static bool check_line(const struct parser *p, const char *line)
{
	for (const char *at = line; *at; at += utf8_char_len(at)) {
		if (!utf8_char_len(at))
			return fail(p, "'%.20s': not UTF-8", at);
		if (iscntrl((unsigned char)*at) && *at != '\t')
			return fail(p, "a control character stands before '%.20s'", at + 1);
	}
	return true;
}

/* One line of the file from START to END, without its end. */
static bool take_line(struct parser *p, const char *start, const char *end)
{
	char *line;
	bool ok;

	if (end > start && end[-1] == '\r')
		end--;
	if (memchr(start, '\0', (size_t)(end - start)))
		return fail(p, "a byte is %s: this is no text", "zero");
	line = xstrndup(start, (size_t)(end - start));
	ok = check_line(p, line) && parse_line(p, line);
	free(line);
	return ok;
}

static bool end_file(struct parser *p)
{
	unsigned open = p->block ? p->block->number : p->code;

	if (open)
		p->number = open;
	if (open)
		return fail(p, "'%s' opens a block that nothing ends", "```");
	if (!end_part(p))
		return false;
	if (!p->has_title)
		return fail(p, "%s", "no lesson: there is no '# Title {#anchor}'");
	if (!p->lesson->steps.len)
		return fail(p, "'%s' has no steps ('## Title {#anchor}')", p->lesson->title);
	return true;
}

static bool parse_all(struct parser *p, const char *text, size_t len)
{
	const char *end = text + len;

	for (const char *next; text < end; text = next + 1) {
		next = memchr(text, '\n', (size_t)(end - text));
		if (!next)
			next = end;
		p->number++;
		if (!take_line(p, text, next))
			return false;
	}
	return end_file(p);
}

/* Folder and id out of the name of the file. */
static void name_lesson(struct lesson *lesson, const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;

	lesson->file = xstrdup(file);
	lesson->dir = slash ? xstrndup(file, (size_t)(slash - file)) : xstrdup(".");
	lesson->id = xstrndup(base, strcspn(base, "."));
}

static struct lesson *parse(const char *text, size_t len, const char *file, bool is_translation, struct error *err)
{
	struct error unwanted = ERROR_NONE;
	struct lesson *lesson = xzalloc(sizeof(*lesson));
	struct parser p = { .lesson = lesson, .file = file, .is_translation = is_translation };
	bool ok;

	p.err = err ? err : &unwanted;
	name_lesson(lesson, file);
	lesson->time = xstrdup("");
	lesson->needs = xstrdup("");
	lesson->intro = xstrdup("");
	ok = parse_all(&p, text, len);
	strbuf_free(&p.prose);
	strbuf_free(&p.note);
	if (ok)
		return lesson;
	lesson_free(lesson);
	return NULL;
}

struct lesson *lesson_parse(const char *text, size_t len, const char *file, struct error *err)
{
	return parse(text, len, file, false, err);
}

struct lesson *lesson_parse_translation(const char *text, size_t len, const char *file, struct error *err)
{
	return parse(text, len, file, true, err);
}
