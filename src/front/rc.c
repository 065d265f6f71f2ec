/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/rc.c: the person's settings.
 */
#include "front/rc.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "front/xdg.h"
#include "service/file.h"

#define RC_SIZE_MAX	((size_t)1 << 20)

bool rc_load(struct rc *rc, struct error *err)
{
	struct stat status;

	*rc = (struct rc){ .path = xdg_config_file("smptutorrc") };
	if (!rc->path || (stat(rc->path, &status) && errno == ENOENT))
		return true;
	rc->text = file_read_text(rc->path, RC_SIZE_MAX, err);
	if (!rc->text)
		rc_free(rc);
	return rc->path;
}

void rc_free(struct rc *rc)
{
	free(rc->path);
	free(rc->text);
	*rc = (struct rc){ NULL, NULL };
}
