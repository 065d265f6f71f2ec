/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/test_files.c: finding and choosing test files.
 */
#include "front/test_files.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "front/litmus.h"
#include "lesson/case.h"
#include "lesson/check.h"

static void run_lesson(const char *path, const struct test_setting *setting, struct report *report)
{
	check_lesson(path, &setting->places, report);
}

static void run_case(const char *path, const struct test_setting *setting, struct report *report)
{
	case_run(path, &setting->places, setting->update, report);
}

static void run_litmus(const char *path, const struct test_setting *setting, struct report *report)
{
	(void)setting;
	litmus_check(path, report);
}

static const struct test_kind kinds[] = { { ".md", run_lesson }, { ".case", run_case }, { ".litmus", run_litmus } };

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const struct test_kind *test_kind_of(const char *path)
{
	const char *ending = strchr(base_name(path), '.');

	for (size_t i = 0; ending && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(ending, kinds[i].ending))
			return &kinds[i];
	return NULL;
}

/* In a folder only numbered Markdown files are lessons: there is a README too. */
static bool is_wanted(const char *path)
{
	const struct test_kind *kind = test_kind_of(path);

	return kind && (strcmp(kind->ending, ".md") || isdigit((unsigned char)*base_name(path)));
}

/* Inputs for the fuzzers may look like tests; named itself, a corpus is tested all the same. */
static bool is_corpus(const char *name)
{
	return !strcmp(name, "corpus");
}

static void add_folder(struct test_files *files, const char *dir)
{
	const char *between = *dir && dir[strlen(dir) - 1] == '/' ? "" : "/";
	DIR *folder = opendir(dir);
	struct strbuf path = STRBUF_INIT;
	struct dirent *entry;
	struct stat status;

	while (folder && (entry = readdir(folder))) {
		if (*entry->d_name == '.')
			continue;
		strbuf_clear(&path);
		strbuf_printf(&path, "%s%s%s", dir, between, entry->d_name);
		if (is_corpus(entry->d_name) || stat(strbuf_text(&path), &status))
			continue;
		if (S_ISDIR(status.st_mode))
			add_folder(files, strbuf_text(&path));
		else if (is_wanted(strbuf_text(&path)))
			vec_add(files, xstrdup(strbuf_text(&path)));
	}
	strbuf_free(&path);
	if (folder)
		closedir(folder);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool test_files_add(struct test_files *files, const char *path, struct error *err)
{
	size_t before = files->len;
	struct stat status;

	if (stat(path, &status))
		return error_set(err, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(status.st_mode)) {
		if (!test_kind_of(path))
			return error_set(err, "%s: not a test (.md, .case, .litmus) and not a folder", path);
		vec_add(files, xstrdup(path));
		return true;
	}
	add_folder(files, path);
	if (files->len > before)
		qsort(files->item + before, files->len - before, sizeof(*files->item), compare);
	return true;
}

/* Keep the file at INDEX as number KEPT, or let go of it. */
static void keep(struct test_files *files, size_t index, bool is_kept, size_t *kept)
{
	if (is_kept)
		files->item[(*kept)++] = files->item[index];
	else
		free(files->item[index]);
}

void test_files_filter(struct test_files *files, const char *pattern)
{
	bool is_pattern = strpbrk(pattern, "*?[");
	size_t kept = 0;

	for (size_t i = 0; i < files->len; i++)
		keep(files, i,
		     is_pattern ? !fnmatch(pattern, files->item[i], 0) : strstr(files->item[i], pattern) != NULL,
		     &kept);
	files->len = kept;
}

void test_files_shard(struct test_files *files, unsigned shard, unsigned count)
{
	size_t kept = 0;

	for (size_t i = 0; i < files->len; i++)
		keep(files, i, i % count == shard - 1, &kept);
	files->len = kept;
}

void test_files_free(struct test_files *files)
{
	for (size_t i = 0; i < files->len; i++)
		free(files->item[i]);
	vec_free(files);
}
