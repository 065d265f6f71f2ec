/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/progress.c: reading, changing and writing progress.
 */
#include "lesson/progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "service/file.h"

enum { PROGRESS_SIZE_MAX = 1 << 20 };

static struct progress_entry *find(const struct progress *progress, const char *id, const char *anchor, bool is_done)
{
	for (size_t i = 0; i < progress->len; i++) {
		struct progress_entry *entry = &progress->item[i];

		if (entry->is_done == is_done && !strcmp(entry->lesson, id) &&
		    (!anchor || !strcmp(entry->anchor, anchor)))
			return entry;
	}
	return NULL;
}

static void add(struct progress *progress, const char *id, const char *anchor, bool is_done)
{
	struct progress_entry *entry = vec_push(progress);

	entry->lesson = xstrdup(id);
	entry->anchor = xstrdup(anchor);
	entry->is_done = is_done;
}

void progress_set_done(struct progress *progress, const char *id, const char *anchor)
{
	if (!find(progress, id, anchor, true))
		add(progress, id, anchor, true);
}

void progress_set_at(struct progress *progress, const char *id, const char *anchor)
{
	struct progress_entry *entry = find(progress, id, NULL, false);

	if (!entry) {
		add(progress, id, anchor, false);
		return;
	}
	free(entry->anchor);
	entry->anchor = xstrdup(anchor);
}

bool progress_is_done(const struct progress *progress, const char *id, const char *anchor)
{
	return find(progress, id, anchor, true);
}

size_t progress_count(const struct progress *progress, const char *id, const struct lesson *lesson)
{
	size_t count = 0;

	for (size_t i = 0; i < lesson->steps.len; i++)
		count += progress_is_done(progress, id, lesson->steps.item[i].anchor);
	return count;
}

size_t progress_at(const struct progress *progress, const char *id, const struct lesson *lesson)
{
	const struct progress_entry *entry = find(progress, id, NULL, false);
	int step = entry ? lesson_find_step(lesson, entry->anchor) : 0;

	return step > 0 ? (size_t)step : 0;
}

/* One line of the file. */
static bool parse_line(struct progress *progress, char *line)
{
	char *save, *word = strtok_r(line, " \t\r", &save);
	char *id = strtok_r(NULL, " \t\r", &save), *anchor = strtok_r(NULL, " \t\r", &save);

	if (!word || *word == '#')
		return true;
	if (!id || !anchor || (strcmp(word, "done") && strcmp(word, "at")))
		return false;
	if (!strcmp(word, "done"))
		progress_set_done(progress, id, anchor);
	else
		progress_set_at(progress, id, anchor);
	return true;
}

bool progress_load(struct progress *progress, const char *path, struct error *err)
{
	struct bytes bytes = BYTES_NONE;
	unsigned number = 0;
	char *text, *line, *save;

	if (access(path, F_OK) != 0)
		return true;
	if (!file_read(path, PROGRESS_SIZE_MAX, &bytes, err))
		return false;
	text = xstrndup((const char *)bytes.data, bytes.size);
	bytes_free(&bytes);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		number++;
		if (parse_line(progress, line))
			continue;
		free(text);
		return error_set(err, "%s:%u: not 'done LESSON ANCHOR' or 'at LESSON ANCHOR'", path, number);
	}
	free(text);
	return true;
}

bool progress_save(const struct progress *progress, const char *path, struct error *err)
{
	struct strbuf text = STRBUF_INIT, other = STRBUF_INIT;
	bool ok;

	strbuf_puts(&text, "# smptutor: steps of lessons that are done, and where each lesson was left\n");
	for (size_t i = 0; i < progress->len; i++)
		strbuf_printf(&text, "%s %s %s\n", progress->item[i].is_done ? "done" : "at", progress->item[i].lesson,
			      progress->item[i].anchor);
	strbuf_printf(&other, "%s.new", path);
	ok = file_write(strbuf_text(&other), strbuf_text(&text), text.len, err);
	if (ok && rename(strbuf_text(&other), path))
		ok = error_set(err, "%s: %s", path, strerror(errno));
	strbuf_free(&text);
	strbuf_free(&other);
	return ok;
}

static void free_entry(struct progress_entry *entry)
{
	free(entry->lesson);
	free(entry->anchor);
}

void progress_forget(struct progress *progress, const char *id)
{
	size_t kept = 0;

	for (size_t i = 0; i < progress->len; i++) {
		if (strcmp(progress->item[i].lesson, id))
			progress->item[kept++] = progress->item[i];
		else
			free_entry(&progress->item[i]);
	}
	progress->len = kept;
}

void progress_free(struct progress *progress)
{
	for (size_t i = 0; i < progress->len; i++)
		free_entry(&progress->item[i]);
	vec_free(progress);
}
