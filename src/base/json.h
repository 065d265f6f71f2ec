/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/json.h: writing JSON (RFC 8259) into a strbuf.
 *
 * The writer puts the commas; the caller opens and closes what it opened.  Inside an object each value is preceded by
 * json_key().  It reads nothing.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

/* A writer appending to OUT, which stays the caller's. */
struct json {
	struct strbuf *out;
	bool needs_comma;
};

/* Start writing to OUT. */
void json_init(struct json *json, struct strbuf *out);

/* Open and close an object or an array. */
void json_object_begin(struct json *json);
/* Close the innermost object. */
void json_object_end(struct json *json);
/* Open an array. */
void json_array_begin(struct json *json);
/* Close the innermost array. */
void json_array_end(struct json *json);

/* The name of the next value. */
void json_key(struct json *json, const char *key);

/* A string; bytes that are not UTF-8 are written as U+FFFD.  NULL writes null. */
void json_string(struct json *json, const char *value);

/* A decimal number. */
void json_u64(struct json *json, uint64_t value);

/* A signed decimal number. */
void json_i64(struct json *json, int64_t value);

/* A number as the string "0x…", which survives readers that keep numbers as doubles. */
void json_hex(struct json *json, uint64_t value);

/* true or false. */
void json_bool(struct json *json, bool value);

/* null. */
void json_null(struct json *json);

#endif /* BASE_JSON_H */
