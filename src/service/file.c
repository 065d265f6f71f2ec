/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/file.c: whole files as bytes.
 */
#include "service/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

void bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes)BYTES_NONE;
}

/* Is the open FILE one that can be read whole?  Sets SIZE. */
static bool check_file(FILE *file, const char *path, size_t max, size_t *size, struct error *err)
{
	struct stat st;

	if (fstat(fileno(file), &st) < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return error_set(err, "%s: a directory, where a file is wanted", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, "%s: not a regular file", path);
	if ((uintmax_t)st.st_size > max)
		return error_set(err, "%s: %" PRIuMAX " bytes, more than the %zu that make sense here", path,
				 (uintmax_t)st.st_size, max);
	*size = st.st_size;
	return true;
}

/* As file_read() does, but the file may be empty. */
static bool read_file(const char *path, size_t max, struct bytes *out, struct error *err)
{
	FILE *file = fopen(path, "rb");
	size_t size = 0;
	bool ok;

	*out = (struct bytes)BYTES_NONE;
	if (!file)
		return error_set(err, "%s: %s", path, strerror(errno));
	ok = check_file(file, path, max, &size, err);
	if (ok) {
		out->data = xreallocarray(NULL, size ? size : 1, 1);
		out->size = fread(out->data, 1, size, file);
		ok = out->size == size;
		if (!ok)
			error_set(err, "%s: read %zu of %zu bytes: %s", path, out->size, size, strerror(errno));
	}
	fclose(file);
	if (!ok)
		bytes_free(out);
	return ok;
}

bool file_read(const char *path, size_t max, struct bytes *out, struct error *err)
{
	if (!read_file(path, max, out, err))
		return false;
	if (out->size)
		return true;
	bytes_free(out);
	return error_set(err, "%s: the file is empty", path);
}

char *file_read_text(const char *path, size_t max, struct error *err)
{
	struct bytes bytes;
	char *text;

	if (!read_file(path, max, &bytes, err))
		return NULL;
	text = xstrndup((const char *)bytes.data, bytes.size);
	bytes_free(&bytes);
	return text;
}

/* Remove what was half written, but not a device or pipe that the user named. */
static void remove_rest(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		unlink(path);
}

bool file_write(const char *path, const void *data, size_t size, struct error *err)
{
	FILE *file = fopen(path, "wb");
	bool ok;
	int why;

	if (!file)
		return error_set(err, "%s: %s", path, strerror(errno));
	ok = fwrite(data, 1, size, file) == size;
	why = errno;
	if (fclose(file) != 0 && ok) {
		ok = false;
		why = errno;
	}
	if (ok)
		return true;
	remove_rest(path);
	return error_set(err, "%s: cannot write: %s", path, strerror(why));
}
