/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/test_output.c: writing KTAP and JUnit.
 */
#include "front/test_output.h"

#include <string.h>

bool test_passed(const struct report *report)
{
	return report->len && !report_count(report, VERDICT_FAIL);
}

/* ---- KTAP ---- */

void ktap_begin(size_t count, struct strbuf *out)
{
	strbuf_printf(out, "KTAP version 1\n1..%zu\n", count);
}

/* NAME without what would be read as a directive. */
static void put_name(const char *name, struct strbuf *out)
{
	for (; *name; name++)
		strbuf_putc(out, *name == '#' ? '.' : *name);
}

static void put_detail(const char *indent, const char *detail, struct strbuf *out)
{
	while (*detail) {
		size_t len = strcspn(detail, "\n");

		strbuf_printf(out, "%s# %.*s\n", indent, (int)len, detail);
		detail += len + (detail[len] == '\n');
	}
}

static void put_part(const char *indent, size_t number, const struct report_item *item, struct strbuf *out)
{
	strbuf_printf(out, "%s%s %zu ", indent, item->verdict == VERDICT_FAIL ? "not ok" : "ok", number);
	put_name(item->name, out);
	strbuf_puts(out, item->verdict == VERDICT_SKIP ? " # SKIP\n" : "\n");
	put_detail(indent, item->detail, out);
}

static void put_parts(const char *file, const struct report *report, struct strbuf *out)
{
	strbuf_printf(out, "    KTAP version 1\n    # Subtest: %s\n    1..%zu\n", file, report->len);
	for (size_t i = 0; i < report->len; i++)
		put_part("    ", i + 1, &report->item[i], out);
}

void ktap_file(size_t index, const char *file, const struct report *report, struct strbuf *out)
{
	bool is_skipped = report->len && report_count(report, VERDICT_SKIP) == report->len;

	put_parts(file, report, out);
	strbuf_printf(out, "%s %zu %s%s\n", test_passed(report) ? "ok" : "not ok", index + 1, file,
		      is_skipped ? " # SKIP" : "");
	if (!report->len)
		strbuf_puts(out, "# nothing was tested\n");
}

void ktap_single(const char *file, const struct report *report, struct strbuf *out)
{
	strbuf_printf(out, "KTAP version 1\n1..%zu\n# %s\n", report->len, file);
	for (size_t i = 0; i < report->len; i++)
		put_part("", i + 1, &report->item[i], out);
}

/* ---- JUnit ---- */

/* TEXT with what XML gives a meaning escaped; it has no other control characters than line ends and tabs. */
static void put_xml(const char *text, struct strbuf *out)
{
	static const char special[] = "&<>\"";
	static const char *const escaped[] = { "&amp;", "&lt;", "&gt;", "&quot;" };

	for (; *text; text++) {
		const char *at = strchr(special, *text);

		if (at)
			strbuf_puts(out, escaped[at - special]);
		else if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t')
			strbuf_putc(out, *text);
	}
}

static void junit_part(const char *file, const struct report_item *item, struct strbuf *out)
{
	strbuf_puts(out, "    <testcase classname=\"");
	put_xml(file, out);
	strbuf_puts(out, "\" name=\"");
	put_xml(item->name, out);
	strbuf_puts(out, item->verdict == VERDICT_PASS ? "\"/>\n" : "\">\n");
	if (item->verdict == VERDICT_PASS)
		return;
	strbuf_puts(out, item->verdict == VERDICT_SKIP ? "      <skipped>" : "      <failure>");
	put_xml(item->detail, out);
	strbuf_puts(out, item->verdict == VERDICT_SKIP ? "</skipped>\n" : "</failure>\n");
	strbuf_puts(out, "    </testcase>\n");
}

void junit_file(const char *file, const struct report *report, struct strbuf *out)
{
	strbuf_puts(out, "  <testsuite name=\"");
	put_xml(file, out);
	strbuf_printf(out, "\" tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\">\n", report->len,
		      report_count(report, VERDICT_FAIL), report_count(report, VERDICT_SKIP));
	for (size_t i = 0; i < report->len; i++)
		junit_part(file, &report->item[i], out);
	strbuf_puts(out, "  </testsuite>\n");
}

void junit_document(const char *suites, struct strbuf *out)
{
	strbuf_printf(out,
		      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smptutor\">\n%s</testsuites>\n",
		      suites);
}
