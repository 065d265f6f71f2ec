/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/paths.c: finding the bundled files.
 *
 * A build tree is known by the file guest/source-tree beside the program.  Its one line says where the sources are, from
 * the build tree's top; what is made by make is in the build tree, what is written by hand in the source tree.
 */
#include "front/paths.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"

/* Where a search has been. */
struct search {
	const char *name;	/* what is looked for */
	struct strbuf tried;	/* the folders so far, with commas */
};

/* DIR/NAME when it is there (free() it), else NULL. */
static char *try_folder(struct search *search, const char *dir)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/%s", dir, search->name);
	if (access(strbuf_text(&path), R_OK) == 0)
		return strbuf_steal(&path);
	strbuf_free(&path);
	strbuf_printf(&search->tried, "%s%s", search->tried.len ? ", " : "", dir);
	return NULL;
}

/* The first line of the file PATH, without its end. */
static bool read_line(const char *path, char *line, size_t size)
{
	FILE *file = fopen(path, "r");
	bool found;

	if (!file)
		return false;
	found = fgets(line, size, file);
	fclose(file);
	if (found)
		line[strcspn(line, "\n")] = '\0';
	return found;
}

/* The source tree of the build tree DIR, or NULL when DIR is no build tree; free() it. */
static char *source_tree(const char *dir)
{
	struct strbuf path = STRBUF_INIT;
	char line[PATH_MAX];

	strbuf_printf(&path, "%s/guest/source-tree", dir);
	if (!read_line(strbuf_text(&path), line, sizeof(line))) {
		strbuf_free(&path);
		return NULL;
	}
	strbuf_clear(&path);
	if (line[0] == '/')
		strbuf_puts(&path, line);
	else if (strcmp(line, "."))
		strbuf_printf(&path, "%s/%s", dir, line);
	else
		strbuf_puts(&path, dir);
	return strbuf_steal(&path);
}

static char *find_in_build(struct search *search, const char *dir)
{
	char *source = source_tree(dir);
	/* Logs of tests lie in folders of the build tree that are named like those of the source tree. */
	bool is_made = !strncmp(search->name, "guest", strlen("guest"));
	char *path = NULL;

	if (source)
		path = try_folder(search, is_made ? dir : source);
	if (source && !path)
		path = try_folder(search, is_made ? source : dir);
	free(source);
	return path;
}

static char *find_installed(struct search *search, const char *dir)
{
	struct strbuf share = STRBUF_INIT;
	char *path;

	strbuf_printf(&share, "%s/../share/smptutor", dir);
	path = try_folder(search, strbuf_text(&share));
	strbuf_free(&share);
	return path ? path : try_folder(search, PKGDATADIR);
}

char *paths_find_from(const char *dir, const char *name, struct error *err)
{
	struct search search = { .name = name, .tried = STRBUF_INIT };
	char *path = find_in_build(&search, dir);

	if (!path)
		path = find_installed(&search, dir);
	if (!path)
		error_set(err, "%s: not found in %s; is smptutor installed whole?", name, strbuf_text(&search.tried));
	strbuf_free(&search.tried);
	return path;
}

char *paths_find(const char *name, struct error *err)
{
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *slash;

	if (len < 0)
		return paths_find_from(PKGDATADIR, name, err);
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (slash)
		*slash = '\0';
	return paths_find_from(exe, name, err);
}
