/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/paths.h: where the files are that smptutor brings along: guest images and boards (guest/), the guests' sources
 * (asm/, dts/) and the lessons (lessons/).
 *
 * The program works where it was built as well as installed, and finds out which by looking beside itself.  No
 * environment variable is asked.
 */
#ifndef FRONT_PATHS_H
#define FRONT_PATHS_H

#include "base/error.h"

/* The path of the bundled file or folder NAME, like "guest/kernel.elf" or "lessons"; free() it.  NULL, with ERR naming
 * each place that was looked at, when it is in none of: the build tree and its source tree (for a program that stands in
 * one), ../share/smptutor beside the program's folder, and the folder that configure was told. */
char *paths_find(const char *name, struct error *err);

/* The same for a program in the folder DIR, which is what paths_find() asks the kernel for. */
char *paths_find_from(const char *dir, const char *name, struct error *err);

#endif /* FRONT_PATHS_H */
