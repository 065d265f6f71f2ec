/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.h: lines on the console, and small files read and written.
 */
#ifndef LINUX_INIT_PRINT_H
#define LINUX_INIT_PRINT_H

#include <stdbool.h>
#include <stddef.h>

/* Write "smptutor init: " and FORMAT with its %s and %d (long) filled in, as one line in one piece. */
void print_line(const char *format, ...);

/* Read the first line of the file PATH, without its newline, into TEXT of SIZE bytes; false when there is none. */
bool read_line(const char *path, char *text, size_t size);

/* Write TEXT to the file PATH; what the kernel said. */
long write_file(const char *path, const char *text);

/* The number that TEXT begins with, and where it ends. */
unsigned parse_number(const char *text, const char **end);

#endif /* LINUX_INIT_PRINT_H */
