/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/gunzip.h: gzip files (RFC 1952), the one door to zlib.
 *
 * Without zlib at build time (HAVE_ZLIB) every call fails and says so.
 */
#ifndef SERVICE_GUNZIP_H
#define SERVICE_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "service/file.h"

/* Do the SIZE bytes at DATA start like a gzip file? */
bool gunzip_is_gzip(const uint8_t *data, size_t size);

/* Unpack the first member of the gzip file PACKED into OUT, at most MAX bytes.  False, with ERR set and OUT empty,
 * when it is damaged, cut short or longer than that; NAME stands for the file in ERR. */
bool gunzip_unpack(const struct bytes *packed, size_t max, const char *name, struct bytes *out, struct error *err);

#endif /* SERVICE_GUNZIP_H */
