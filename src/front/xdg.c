/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/xdg.c: paths from the environment, which only a front end may ask.
 */
#include "front/xdg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/strbuf.h"

/* "$VARIABLE/smptutor", or below the home.  An unusable variable (the specification wants an absolute path) does not
 * count. */
static bool put_folder(const char *variable, const char *below_home, struct strbuf *out)
{
	const char *base = getenv(variable), *home = getenv("HOME");

	if (base && *base == '/')
		strbuf_printf(out, "%s/smptutor", base);
	else if (home && *home == '/')
		strbuf_printf(out, "%s/%s/smptutor", home, below_home);
	return out->len;
}

bool xdg_make_folder(const char *path, struct error *err)
{
	char *folder = xstrdup(path);
	bool ok = true;

	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		ok = !mkdir(folder, 0700) || errno == EEXIST || errno == EROFS || errno == EACCES;
		*slash = '/';
	}
	if (!ok)
		error_set(err, "%s: %s", path, strerror(errno));
	free(folder);
	return ok;
}

char *xdg_state_file(const char *name, struct error *err)
{
	struct strbuf path = STRBUF_INIT;

	if (!put_folder("XDG_STATE_HOME", ".local/state", &path))
		return error_null(err, "neither XDG_STATE_HOME nor HOME says where progress could be kept");
	strbuf_printf(&path, "/%s", name);
	return strbuf_steal(&path);
}

char *xdg_config_file(const char *name)
{
	struct strbuf path = STRBUF_INIT;

	if (!put_folder("XDG_CONFIG_HOME", ".config", &path))
		return NULL;
	strbuf_printf(&path, "/%s", name);
	return strbuf_steal(&path);
}

char *xdg_cache_folder(void)
{
	struct strbuf path = STRBUF_INIT;

	return put_folder("XDG_CACHE_HOME", ".cache", &path) ? strbuf_steal(&path) : NULL;
}
