/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/xdg.h: where a person's own files are: state and settings, by the XDG Base Directory Specification.
 */
#ifndef FRONT_XDG_H
#define FRONT_XDG_H

#include <stdbool.h>

#include "base/error.h"

/* The file NAME of smptutor's state ($XDG_STATE_HOME/smptutor/NAME, ~/.local/state/... when it is not set); free() it.
 * Nothing is made.  NULL with ERR when there is no home. */
char *xdg_state_file(const char *name, struct error *err);

/* Make the folder that the file PATH is to be in, and those above it, for this person alone. */
bool xdg_make_folder(const char *path, struct error *err);

/* The file NAME of smptutor's settings ($XDG_CONFIG_HOME, ~/.config); nothing is made.  NULL when there is no home. */
char *xdg_config_file(const char *name);

/* The folder of what smptutor's tools have fetched ($XDG_CACHE_HOME, ~/.cache); free() it.  NULL when there is no
 * home. */
char *xdg_cache_folder(void);

#endif /* FRONT_XDG_H */
