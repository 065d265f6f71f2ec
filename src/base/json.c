/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/json.c: writing JSON.
 */
#include "base/json.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/utf8.h"

void json_init(struct json *json, struct strbuf *out)
{
	*json = (struct json){ .out = out };
}

static void begin_value(struct json *json)
{
	if (json->needs_comma)
		strbuf_putc(json->out, ',');
	json->needs_comma = true;
}

static void open(struct json *json, char bracket)
{
	begin_value(json);
	strbuf_putc(json->out, bracket);
	json->needs_comma = false;
}

static void close(struct json *json, char bracket)
{
	strbuf_putc(json->out, bracket);
	json->needs_comma = true;
}

void json_object_begin(struct json *json)
{
	open(json, '{');
}

void json_object_end(struct json *json)
{
	close(json, '}');
}

void json_array_begin(struct json *json)
{
	open(json, '[');
}

void json_array_end(struct json *json)
{
	close(json, ']');
}

static void put_char(struct strbuf *out, const char *s, size_t len)
{
	unsigned char c = s[0];

	if (c == '"' || c == '\\')
		strbuf_printf(out, "\\%c", c);
	else if (c == '\n')
		strbuf_puts(out, "\\n");
	else if (c == '\t')
		strbuf_puts(out, "\\t");
	else if (c < 0x20 || c == 0x7f)
		strbuf_printf(out, "\\u%04x", c);
	else
		strbuf_add(out, s, len);
}

static void put_quoted(struct strbuf *out, const char *s)
{
	strbuf_putc(out, '"');
	while (*s) {
		size_t len = utf8_char_len(s);

		if (len)
			put_char(out, s, len);
		else
			strbuf_puts(out, "\xef\xbf\xbd");
		s += len ? len : 1;
	}
	strbuf_putc(out, '"');
}

void json_key(struct json *json, const char *key)
{
	begin_value(json);
	put_quoted(json->out, key);
	strbuf_putc(json->out, ':');
	json->needs_comma = false;
}

void json_string(struct json *json, const char *value)
{
	begin_value(json);
	if (value)
		put_quoted(json->out, value);
	else
		strbuf_puts(json->out, "null");
}

void json_u64(struct json *json, uint64_t value)
{
	begin_value(json);
	strbuf_printf(json->out, "%" PRIu64, value);
}

void json_i64(struct json *json, int64_t value)
{
	begin_value(json);
	strbuf_printf(json->out, "%" PRId64, value);
}

void json_hex(struct json *json, uint64_t value)
{
	begin_value(json);
	strbuf_printf(json->out, "\"0x%" PRIx64 "\"", value);
}

void json_bool(struct json *json, bool value)
{
	begin_value(json);
	strbuf_puts(json->out, value ? "true" : "false");
}

void json_null(struct json *json)
{
	json_string(json, NULL);
}
