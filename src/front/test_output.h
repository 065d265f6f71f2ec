/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/test_output.h: verdicts as KTAP on stdout, and as JUnit's XML for continuous integration.
 *
 * A file is a test; its parts are subtests (KTAP, Linux Documentation/dev-tools/ktap.rst).
 */
#ifndef FRONT_TEST_OUTPUT_H
#define FRONT_TEST_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "lesson/report.h"

/* Start: COUNT files follow. */
void ktap_begin(size_t count, struct strbuf *out);

/* The whole output for one file: its parts are the tests. */
void ktap_single(const char *file, const struct report *report, struct strbuf *out);

/* File number INDEX (from 0). */
void ktap_file(size_t index, const char *file, const struct report *report, struct strbuf *out);

/* Did the file pass: no part failed, and there is one at least? */
bool test_passed(const struct report *report);

/* Append the file as a JUnit <testsuite>. */
void junit_file(const char *file, const struct report *report, struct strbuf *out);

/* Append SUITES, what junit_file() made, as a whole document. */
void junit_document(const char *suites, struct strbuf *out);

#endif /* FRONT_TEST_OUTPUT_H */
