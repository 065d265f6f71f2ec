/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/file.h: whole files as bytes.
 *
 * Everything that smptutor reads from outside is read whole and then looked at in memory, so that each reader checks
 * offsets against one length.  It writes files too, all or nothing.
 */
#ifndef SERVICE_FILE_H
#define SERVICE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A run of bytes on the heap; BYTES_NONE owns nothing. */
struct bytes {
	uint8_t *data;	/* owned */
	size_t size;
};

#define BYTES_NONE { NULL, 0 }

/* Free what BYTES holds and make it empty. */
void bytes_free(struct bytes *bytes);

/* Read the whole regular file PATH, at most MAX bytes, into OUT.  False, with ERR naming the file and the reason,
 * when it is missing, unreadable, not a regular file, empty or longer than MAX; OUT is then empty. */
bool file_read(const char *path, size_t max, struct bytes *out, struct error *err);

/* Read the whole regular file PATH, at most MAX bytes, as text up to its first NUL; it may be empty, as a script may.
 * Free the text with free(); NULL with ERR as above. */
char *file_read_text(const char *path, size_t max, struct error *err);

/* Write SIZE bytes at DATA as the file PATH.  A regular file that could not be written to its end
 * is removed. */
bool file_write(const char *path, const void *data, size_t size, struct error *err);

#endif /* SERVICE_FILE_H */
