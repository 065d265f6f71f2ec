/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/test.c: `smptutor test`: lessons and cases as a regression suite.
 */
#include "front/test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "front/machine_options.h"
#include "front/paths.h"
#include "front/pool.h"
#include "front/test_output.h"
#include "service/file.h"

/* ---- options ---- */

OPTION_TEXT(set_junit, struct test_options, junit)
OPTION_TEXT(set_filter, struct test_options, filter)
OPTION_FLAG(set_list, struct test_options, is_list)

/* Continuous integration must show that something changed, not hide it. */
static bool set_update(void *to, const char *value, struct error *err)
{
	const char *ci = getenv("CI");

	(void)value;
	if (ci && !strcmp(ci, "true"))
		return error_set(err,
				 "refused, for CI=true: goldens are updated by a person, who looks at what changed");
	((struct test_options *)to)->update = true;
	return true;
}

static bool set_jobs(void *to, const char *value, struct error *err)
{
	uint64_t jobs;

	if (!options_number(value, &jobs, err))
		return false;
	((struct test_options *)to)->jobs = (unsigned)jobs;
	return (jobs >= 1 && jobs <= 1024) || error_set(err, "'%s' is not 1 to 1024", value);
}

static bool set_shard(void *to, const char *value, struct error *err)
{
	struct test_options *options = to;
	int end = 0;

	if (!isdigit((unsigned char)*value) ||
	    sscanf(value, "%5u/%5u%n", &options->shard, &options->shards, &end) < 2 || value[end] || !options->shard ||
	    options->shard > options->shards)
		return error_set(err, "'%s' is not K/N with K from 1 to N", value);
	return true;
}

static const struct option_row rows[] = {
	{ 0, "junit", "FILE", "the verdicts as JUnit XML, too", set_junit },
	{ 0, "filter", "PATTERN", "only files whose path contains PATTERN, or matches it (*?[)", set_filter },
	{ 0, "list", NULL, "only list the files that would be tested", set_list },
	{ 'j', "jobs", "N", "files tested at once (default: as many as processors)", set_jobs },
	{ 0, "shard", "K/N", "only every N-th file, beginning with the K-th: part K of N", set_shard },
	{ 0, "update-goldens", NULL, "write what came into the golden sections (refused under CI=true)", set_update },
};

const struct option_table test_option_table = { "Test", rows, sizeof(rows) / sizeof(rows[0]) };

/* ---- running ---- */

/* A run of the suite. */
struct test_suite {
	const struct test_files *files;
	struct test_setting setting;
	struct strbuf junit;
	bool has_failed, has_run;	/* some part of some file was not skipped */
};

static void check_file(void *ctx, size_t index, struct report *report)
{
	const struct test_suite *suite = ctx;
	const char *path = suite->files->item[index];

	test_kind_of(path)->run(path, &suite->setting, report);
}

static void print_file(void *ctx, size_t index, const struct report *report)
{
	struct test_suite *suite = ctx;
	struct strbuf text = STRBUF_INIT;

	if (suite->files->len == 1)
		ktap_single(suite->files->item[index], report, &text);
	else
		ktap_file(index, suite->files->item[index], report, &text);
	fputs(strbuf_text(&text), stdout);
	fflush(stdout);
	strbuf_free(&text);
	junit_file(suite->files->item[index], report, &suite->junit);
	suite->has_failed |= !test_passed(report);
	suite->has_run |= report_count(report, VERDICT_SKIP) < report->len;
}

static bool write_junit(const struct test_suite *suite, const char *path, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool ok;

	if (!path)
		return true;
	junit_document(strbuf_text(&suite->junit), &text);
	ok = file_write(path, strbuf_text(&text), text.len, err);
	strbuf_free(&text);
	return ok;
}

static void choose(struct test_files *files, const struct test_options *options)
{
	if (options->filter)
		test_files_filter(files, options->filter);
	if (options->shards)
		test_files_shard(files, options->shard, options->shards);
}

static enum exit_code list_files(const struct test_files *files)
{
	for (size_t i = 0; i < files->len; i++)
		puts(files->item[i]);
	return EXIT_REACHED;
}

static enum exit_code run_suite(const struct test_files *files, const struct test_options *options,
				const struct machine_places *places)
{
	struct test_suite suite = { .files = files, .setting = { *places, options->update }, .junit = STRBUF_INIT };
	struct pool pool = { files->len, options->jobs ? options->jobs : pool_default_jobs(), check_file, print_file,
			     &suite };
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_NONE;
	bool ok;

	if (files->len > 1)
		ktap_begin(files->len, &text);
	fputs(strbuf_text(&text), stdout);
	strbuf_free(&text);
	pool_run(&pool);
	ok = write_junit(&suite, options->junit, &err);
	strbuf_free(&suite.junit);
	if (!ok)
		return subcommand_fail(&err, EXIT_USAGE);
	if (suite.has_failed)
		return EXIT_FAILED;
	return suite.has_run ? EXIT_REACHED : EXIT_SKIPPED;
}

enum exit_code test_run(struct test_files *files, const struct test_options *options,
			const struct machine_places *places)
{
	struct error err = ERROR_NONE;

	choose(files, options);
	if (!files->len) {
		error_set(&err, "no test was selected");
		return subcommand_fail(&err, EXIT_FAILED);
	}
	return options->is_list ? list_files(files) : run_suite(files, options, places);
}

/* ---- the subcommand ---- */

/* Without a PATH: what smptutor brings along. */
static bool add_bundled(struct test_files *files, struct error *err)
{
	char *lessons = paths_find("lessons", err);
	char *cases = paths_find("tests/cases", NULL);
	bool ok = lessons && test_files_add(files, lessons, err) && (!cases || test_files_add(files, cases, err));

	free(lessons);
	free(cases);
	return ok;
}

static bool add_paths(struct test_files *files, int count, char **paths, struct error *err)
{
	for (int i = 0; i < count; i++)
		if (!test_files_add(files, paths[i], err))
			return false;
	return count || add_bundled(files, err);
}

static int test_main(const struct program *program, int argc, char **argv)
{
	struct test_options options = { .jobs = 0 };
	const struct option_target targets[] = { { &test_option_table, &options }, { NULL, NULL } };
	struct machine_options machine;
	struct test_files files = VEC_INIT;
	struct error err = ERROR_NONE;
	int rest, code;

	(void)program;
	if (!subcommand_begin(&subcommand_test, argc, argv, targets, &rest, &code))
		return code;
	if (!machine_options_init(&machine, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	if (add_paths(&files, rest, argv + 1, &err))
		code = test_run(&files, &options, &machine.places);
	else
		code = subcommand_fail(&err, EXIT_USAGE);
	test_files_free(&files);
	machine_options_free(&machine);
	return code;
}

static const struct option_table *const tables[] = { &test_option_table, NULL };

const struct subcommand subcommand_test = {
	"test", "[PATH ...] [TEST]", "run lessons and cases as tests, KTAP on stdout",
	"A PATH is a lesson (NN-name.md), a case (NAME.case), a litmus test (NAME.litmus) or a folder of them,\n"
	"in which what is for fuzzers (folders called corpus) is left out; none means what smptutor brings along.\n"
	"Exit code 0: all passed; 1: something failed, or nothing was selected; 2: a file cannot be read; 77: all was\n"
	"skipped, for want of a kernel that tools/get-linux fetches.\n",
	tables, test_main,
};
