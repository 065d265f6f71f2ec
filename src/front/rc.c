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
	struct bytes file = BYTES_NONE;
	struct stat status;

	*rc = (struct rc){ .path = xdg_config_file("smptutorrc") };
	if (!rc->path || (stat(rc->path, &status) ? errno == ENOENT : !status.st_size))
		return true;
	if (!file_read(rc->path, RC_SIZE_MAX, &file, err)) {
		rc_free(rc);
		return false;
	}
	rc->text = xstrndup((const char *)file.data, file.size);
	bytes_free(&file);
	return true;
}

void rc_free(struct rc *rc)
{
	free(rc->path);
	free(rc->text);
	*rc = (struct rc){ NULL, NULL };
}
