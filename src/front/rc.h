/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/rc.h: the person's settings: commands in $XDG_CONFIG_HOME/smptutor/smptutorrc, for front ends that somebody
 * sits at.  `run`, `test` and `lesson check` do not read it: they do the same for everyone.
 */
#ifndef FRONT_RC_H
#define FRONT_RC_H

#include <stdbool.h>

#include "base/error.h"

/* The file, read. */
struct rc {
	char *path;			/* what messages cite; NULL: there is no home */
	char *text;			/* NULL: there is no such file */
};

/* Read it; one that is not there is no error.  False with ERR when it is there and cannot be read. */
bool rc_load(struct rc *rc, struct error *err);
/* Let go of what RC holds. */
void rc_free(struct rc *rc);

#endif /* FRONT_RC_H */
