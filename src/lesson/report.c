/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/report.c: keeping, writing and reading verdicts.
 *
 * As text: a line "P name", "F name" or "S name" a part, its detail in lines that start with a tab, and "." at the end.
 */
#include "lesson/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

static const char letters[] = "PFS";

void report_add(struct report *report, enum verdict verdict, const char *name, const char *detail)
{
	struct report_item *item = vec_push(report);

	item->name = xstrdup(name);
	item->verdict = verdict;
	item->detail = xstrdup(detail);
}

void report_fail(struct report *report, const char *name, const char *fmt, ...)
{
	struct strbuf detail = STRBUF_INIT;
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&detail, fmt, args);
	va_end(args);
	report_add(report, VERDICT_FAIL, name, strbuf_text(&detail));
	strbuf_free(&detail);
}

size_t report_count(const struct report *report, enum verdict verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < report->len; i++)
		count += report->item[i].verdict == verdict;
	return count;
}

static void write_detail(const char *detail, struct strbuf *out)
{
	while (*detail) {
		size_t len = strcspn(detail, "\n");

		strbuf_printf(out, "\t%.*s\n", (int)len, detail);
		detail += len + (detail[len] == '\n');
	}
}

void report_write(const struct report *report, struct strbuf *out)
{
	for (size_t i = 0; i < report->len; i++) {
		strbuf_printf(out, "%c %s\n", letters[report->item[i].verdict], report->item[i].name);
		write_detail(report->item[i].detail, out);
	}
	strbuf_puts(out, ".\n");
}

/* One line more of the last part's detail. */
static void more_detail(struct report *report, const char *line, size_t len)
{
	struct report_item *item = &report->item[report->len - 1];
	struct strbuf whole = STRBUF_INIT;

	strbuf_printf(&whole, "%s%s%.*s", item->detail, *item->detail ? "\n" : "", (int)len, line);
	free(item->detail);
	item->detail = strbuf_steal(&whole);
}

bool report_read(struct report *report, const char *text)
{
	while (*text && *text != '.') {
		size_t len = strcspn(text, "\n");
		const char *letter = strchr(letters, *text);

		if (!text[len] || len < 1)
			return false;
		if (*text == '\t' && report->len) {
			more_detail(report, text + 1, len - 1);
		} else if (letter && len > 2) {
			char *name = xstrndup(text + 2, len - 2);

			report_add(report, (enum verdict)(letter - letters), name, "");
			free(name);
		} else {
			return false;
		}
		text += len + 1;
	}
	return *text == '.';
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->len; i++) {
		free(report->item[i].name);
		free(report->item[i].detail);
	}
	vec_free(report);
}
