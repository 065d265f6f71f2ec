/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/test_files.h: which files are tests: what is named on the command line, and what folders hold.
 */
#ifndef FRONT_TEST_FILES_H
#define FRONT_TEST_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "lesson/machine_line.h"
#include "lesson/report.h"

/* How a file is tested. */
struct test_setting { struct machine_places places; bool update; };
typedef void test_file_fn(const char *path, const struct test_setting *setting, struct report *report);

/* A kind of test file, known by its ending. */
struct test_kind { const char *ending; test_file_fn *run; };

/* The kind of the file PATH; NULL when it is no test. */
const struct test_kind *test_kind_of(const char *path);

/* Paths, owned. */
struct test_files { char **item; size_t len, size; };

/* Add PATH: a test file, or a folder of which all test files are meant, whatever deep.  False with ERR when it is
 * neither. */
bool test_files_add(struct test_files *files, const char *path, struct error *err);

/* Keep only what PATTERN names: a part of the path, or a shell pattern. */
void test_files_filter(struct test_files *files, const char *pattern);

/* Keep every COUNT-th file, beginning with number SHARD (from 1). */
void test_files_shard(struct test_files *files, unsigned shard, unsigned count);

/* Free what FILES holds. */
void test_files_free(struct test_files *files);

#endif /* FRONT_TEST_FILES_H */
