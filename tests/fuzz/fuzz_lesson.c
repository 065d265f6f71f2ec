/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a lesson, as its translation and as a case: refused with a place, or read; what was read is also
 * wrapped.
 */
#include "base/vec.h"
#include "fuzz.h"
#include "lesson/case.h"
#include "lesson/lesson.h"
#include "lesson/prose.h"

static void wrap(const char *markdown)
{
	struct prose prose = VEC_INIT;

	prose_add(&prose, markdown, 40);
	prose_free(&prose);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_NONE;
	const char *text = size ? (const char *)data : "";
	struct lesson *lesson = lesson_parse(text, size, "fuzz.md", &err);
	struct lesson *words = lesson_parse_translation(text, size, "fuzz.zh.md", &err);

	case_free(case_parse(text, size, "fuzz.case", &err));
	for (size_t i = 0; lesson && i < lesson->steps.len; i++)
		wrap(lesson->steps.item[i].prose);
	if (lesson && words)
		lesson_translate(lesson, words, &err);
	lesson_free(lesson);
	lesson_free(words);
	return 0;
}
