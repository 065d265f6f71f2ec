/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/test.h: running chosen test files and printing their verdicts: for `test` and for `lesson check`.
 */
#ifndef FRONT_TEST_H
#define FRONT_TEST_H

#include "front/subcommand.h"
#include "front/test_files.h"

/* How. */
struct test_options {
	const char *junit, *filter;
	bool is_list, update;
	unsigned jobs;			/* 0: as many as there are processors */
	unsigned shard, shards;		/* 0: all */
};

/* The options, for struct option_target. */
extern const struct option_table test_option_table;

/* Test FILES (which are chosen from further by OPTIONS) and print KTAP on stdout.  Returns EXIT_REACHED, or
 * EXIT_FAILED when a part failed or no file was left to test. */
enum exit_code test_run(struct test_files *files, const struct test_options *options,
			const struct machine_places *places);

#endif /* FRONT_TEST_H */
