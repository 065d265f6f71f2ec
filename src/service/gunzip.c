/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/gunzip.c: the one door to zlib.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "service/gunzip.h"

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif

#include "base/alloc.h"

bool gunzip_is_gzip(const uint8_t *data, size_t size)
{
	return size >= 3 && data[0] == 0x1f && data[1] == 0x8b && data[2] == 8;
}

#ifdef HAVE_ZLIB

enum {
	GZIP_ONLY = 16 + MAX_WBITS,	/* inflateInit2(): expect a gzip header, and check its sum */
	FIRST_SIZE = 1 << 16,
};

/* Room for more output; false when MAX is reached. */
static bool grow(struct bytes *out, z_stream *z, size_t max)
{
	size_t size = out->size ? out->size * 2 : FIRST_SIZE;

	if (out->size >= max)
		return false;
	if (size > max)
		size = max;
	out->data = xreallocarray(out->data, size, 1);
	z->next_out = out->data + out->size;
	z->avail_out = size - out->size;
	out->size = size;
	return true;
}

static bool inflate_all(z_stream *z, size_t max, const char *name, struct bytes *out, struct error *err)
{
	int result = Z_OK;

	while (result == Z_OK) {
		if (z->avail_out == 0 && !grow(out, z, max))
			return error_set(err, "%s: unpacks to more than the %zu bytes that make sense here", name, max);
		result = inflate(z, Z_NO_FLUSH);
	}
	if (result == Z_STREAM_END) {
		out->size = z->total_out;
		return true;
	}
	if (result == Z_BUF_ERROR && z->avail_in == 0)
		return error_set(err, "%s: cut short: the gzip data ends in the middle, at offset %lu", name,
				 z->total_in);
	return error_set(err, "%s: damaged gzip data at offset %lu: %s", name, z->total_in,
			 z->msg ? z->msg : "bad data");
}

bool gunzip_unpack(const struct bytes *packed, size_t max, const char *name, struct bytes *out, struct error *err)
{
	z_stream z = { .next_in = packed->data, .avail_in = packed->size };
	bool ok;

	*out = (struct bytes)BYTES_NONE;
	if (inflateInit2(&z, GZIP_ONLY) != Z_OK)
		return error_set(err, "%s: zlib does not start", name);
	ok = inflate_all(&z, max, name, out, err);
	inflateEnd(&z);
	if (!ok)
		bytes_free(out);
	return ok;
}

#else

bool gunzip_unpack(const struct bytes *packed, size_t max, const char *name, struct bytes *out, struct error *err)
{
	(void)packed;
	(void)max;
	*out = (struct bytes)BYTES_NONE;
	return error_set(err, "%s: packed with gzip, and this smptutor was built without zlib: unpack it first", name);
}

#endif
