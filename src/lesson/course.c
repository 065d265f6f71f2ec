/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/course.c: finding lessons by name.
 */
#include "lesson/course.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"

#define ZOO "zoo/"

/* "NN-name.md", and no "NN-name.zh.md": translations are not lessons of their own. */
static bool is_lesson_name(const char *name)
{
	size_t len = strlen(name);

	return len > 6 && isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) && name[2] == '-' &&
	       !strcmp(strchr(name, '.') ? strchr(name, '.') : "", ".md");
}

static void add(struct course *course, const char *dir, const char *prefix, const char *name)
{
	struct course_entry *entry = vec_push(course);
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s%.*s", prefix, (int)strlen(name) - 3, name);
	entry->id = strbuf_steal(&text);
	strbuf_printf(&text, "%s/%s%s", dir, prefix, name);
	entry->path = strbuf_steal(&text);
}

static bool add_folder(struct course *course, const char *dir, const char *prefix)
{
	struct strbuf path = STRBUF_INIT;
	struct dirent *entry;
	DIR *folder;

	strbuf_printf(&path, "%s/%s", dir, prefix);
	folder = opendir(strbuf_text(&path));
	strbuf_free(&path);
	if (!folder)
		return false;
	while ((entry = readdir(folder)))
		if (is_lesson_name(entry->d_name))
			add(course, dir, prefix, entry->d_name);
	closedir(folder);
	return true;
}

static bool is_zoo(const struct course_entry *entry)
{
	return !strncmp(entry->id, ZOO, strlen(ZOO));
}

static int compare(const void *a, const void *b)
{
	const struct course_entry *x = a, *y = b;

	if (is_zoo(x) != is_zoo(y))
		return is_zoo(x) ? 1 : -1;
	return strcmp(x->id, y->id);
}

bool course_load(struct course *course, const char *dir, struct error *err)
{
	if (!add_folder(course, dir, ""))
		return error_set(err, "%s: %s", dir, strerror(errno));
	add_folder(course, dir, ZOO);
	if (!course->len)
		return error_set(err, "%s: there is no lesson (NN-name.md) in it", dir);
	qsort(course->item, course->len, sizeof(*course->item), compare);
	return true;
}

void course_free(struct course *course)
{
	for (size_t i = 0; i < course->len; i++) {
		free(course->item[i].id);
		free(course->item[i].path);
	}
	vec_free(course);
}

/* Is ENTRY the one with this number, when NAME is one? */
static bool has_number(const char *id, const char *name)
{
	char *end;
	unsigned long number = strtoul(name, &end, 10);

	return isdigit((unsigned char)*name) && !*end && strtoul(id, NULL, 10) == number;
}

static bool is_meant(const struct course_entry *entry, const char *name)
{
	const char *id = entry->id;

	if (!strcmp(id, name))
		return true;
	if (is_zoo(entry)) {
		id += strlen(ZOO);
		if (!strncmp(name, ZOO, strlen(ZOO)))
			name += strlen(ZOO);
		else if (isdigit((unsigned char)*name))
			return false;
	}
	return has_number(id, name) || !strcmp(id + 3, name) || !strcmp(id, name);
}

const struct course_entry *course_find(const struct course *course, const char *name, struct error *err)
{
	for (size_t i = 0; i < course->len; i++)
		if (is_meant(&course->item[i], name))
			return &course->item[i];
	return error_null(err, "no lesson '%s': there are %s to %s ('smptutor lesson list' shows all)", name,
			  course->item[0].id, course->item[course->len - 1].id);
}

char *course_translation(const char *path, const char *language)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%.*s.%s.md", (int)strlen(path) - 3, path, language);
	return strbuf_steal(&text);
}
