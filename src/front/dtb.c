/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/dtb.c: `smptutor dtb`: what the boot CPU would make of a device tree.
 */
#include <stdio.h>
#include <string.h>

#include "front/subcommand.h"
#include "service/board_desc.h"
#include "service/board_report.h"
#include "service/dtb.h"

struct dtb_options { bool is_json; };

static bool set_format(void *to, const char *value, struct error *err)
{
	struct dtb_options *options = to;

	options->is_json = !strcmp(value, "json");
	return options->is_json || !strcmp(value, "text") || error_set(err, "'%s' is neither text nor json", value);
}

static const struct option_row rows[] = {
	{ 0, "format", "FORMAT", "text (default) or json", set_format },
};

static const struct option_table table = { "Output", rows, 1 };

static int report(const char *path, bool is_json)
{
	struct error err = ERROR_NONE;
	struct strbuf text = STRBUF_INIT;
	struct dtb *dtb = dtb_load(path, &err);
	struct board_desc *desc;
	int code;

	if (!dtb)
		return subcommand_fail(&err, EXIT_USAGE);
	desc = board_desc_new(dtb, NULL);
	(is_json ? board_report_json : board_report_text)(desc, &text);
	fputs(strbuf_text(&text), stdout);
	code = board_desc_is_bootable(desc) ? EXIT_REACHED : EXIT_FAILED;
	strbuf_free(&text);
	board_desc_free(desc);
	dtb_free(dtb);
	return code;
}

static int dtb_main(const struct program *program, int argc, char **argv)
{
	struct dtb_options options = { false };
	const struct option_target targets[] = { { &table, &options }, { NULL, NULL } };
	struct error err = ERROR_NONE;
	int rest, code;

	(void)program;
	if (!subcommand_begin(&subcommand_dtb, argc, argv, targets, &rest, &code))
		return code;
	if (rest != 1) {
		error_set(&err, "dtb: wants one FILE, a compiled device tree");
		return subcommand_fail(&err, EXIT_USAGE);
	}
	return report(argv[1], options.is_json);
}

static const struct option_table *const tables[] = { &table, NULL };

const struct subcommand subcommand_dtb = {
	"dtb", "FILE [--format json]", "what the boot CPU would make of a device tree",
	"Exit code 0: a kernel could boot on it; 1: it could not, the report says why; 2: it is no device tree.\n",
	tables, dtb_main,
};
