/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/tutor.c: finding lessons, keeping progress.
 */
#include "front/tutor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "front/paths.h"
#include "front/xdg.h"
#include "service/file.h"

/* Progress cannot be kept: say why, once. */
static void stop_keeping(struct tutor *tutor, const char *why)
{
	fprintf(stderr, "smptutor: %s; progress is not kept\n", why);
	free(tutor->progress_file);
	tutor->progress_file = NULL;
}

bool tutor_init(struct tutor *tutor, struct error *err)
{
	struct error own = ERROR_NONE;

	*tutor = (struct tutor){ .language = NULL };
	tutor->lesson_dir = paths_find("lessons", err);
	if (!tutor->lesson_dir || !course_load(&tutor->course, tutor->lesson_dir, err) ||
	    !machine_options_init(&tutor->machine, err)) {
		tutor_free(tutor);
		return false;
	}
	tutor->progress_file = xdg_state_file("progress", &own);
	if (!tutor->progress_file || !progress_load(&tutor->progress, tutor->progress_file, &own))
		stop_keeping(tutor, own.text);
	return true;
}

static void close_lesson(struct tutor *tutor)
{
	play_free(tutor->play);
	lesson_free(tutor->lesson);
	free(tutor->id);
	tutor->play = NULL;
	tutor->lesson = NULL;
	tutor->id = NULL;
}

void tutor_free(struct tutor *tutor)
{
	close_lesson(tutor);
	course_free(&tutor->course);
	progress_free(&tutor->progress);
	free(tutor->progress_file);
	free(tutor->lesson_dir);
	machine_options_free(&tutor->machine);
}

static bool is_file(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && !strcmp(name + len - 3, ".md") && access(name, F_OK) == 0;
}

char *tutor_find(const struct tutor *tutor, const char *name, char **id, struct error *err)
{
	const struct course_entry *entry;
	const char *base = strrchr(name, '/');

	if (is_file(name)) {
		base = base ? base + 1 : name;
		if (id)
			*id = xstrndup(base, strcspn(base, "."));
		return xstrdup(name);
	}
	entry = course_find(&tutor->course, name, err);
	if (!entry)
		return NULL;
	if (id)
		*id = xstrdup(entry->id);
	return xstrdup(entry->path);
}

/* Put the translation over LESSON, when there is one. */
static bool translate(const struct tutor *tutor, struct lesson *lesson, struct error *err)
{
	char *path = tutor->language ? course_translation(lesson->file, tutor->language) : NULL;
	struct lesson *words = NULL;
	struct bytes bytes = BYTES_NONE;
	bool ok = true;

	if (path && access(path, R_OK) == 0) {
		ok = file_read(path, LESSON_SIZE_MAX, &bytes, err);
		words = ok ? lesson_parse_translation((const char *)bytes.data, bytes.size, path, err) : NULL;
		ok = words && lesson_translate(lesson, words, err);
	}
	bytes_free(&bytes);
	lesson_free(words);
	free(path);
	return ok;
}

struct lesson *tutor_load(const struct tutor *tutor, const char *path, struct error *err)
{
	struct lesson *lesson = lesson_load(path, err);

	if (lesson && translate(tutor, lesson, err))
		return lesson;
	lesson_free(lesson);
	return NULL;
}

/* The step to begin with: that of ANCHOR, or where the learner left off. */
static bool choose_step(const struct tutor *tutor, const char *anchor, size_t *step, struct error *err)
{
	int found;

	*step = progress_at(&tutor->progress, tutor->id, tutor->lesson);
	if (!anchor)
		return true;
	found = lesson_find_step(tutor->lesson, anchor);
	if (found < 0)
		return error_set(err, "%s: no step {#%s}", tutor->lesson->file, anchor);
	*step = (size_t)found;
	return true;
}

bool tutor_open(struct tutor *tutor, const char *name, const char *anchor, struct error *err)
{
	char *path;
	size_t step;

	close_lesson(tutor);
	path = tutor_find(tutor, name, &tutor->id, err);
	if (!path)
		return false;
	tutor->lesson = tutor_load(tutor, path, err);
	free(path);
	if (!tutor->lesson || !choose_step(tutor, anchor, &step, err))
		return false;
	if (step && isatty(STDERR_FILENO) && tutor->lesson->machine.value[MACHINE_INITRD])
		fprintf(stderr, "smptutor: playing what comes before step %zu\n", step + 1);
	tutor->play = play_new(tutor->lesson, &tutor->machine.places, err);
	return tutor->play && play_begin(tutor->play, step, err);
}

void tutor_save(struct tutor *tutor)
{
	struct error err = ERROR_NONE;

	if (!tutor->progress_file || (xdg_make_folder(tutor->progress_file, &err) &&
				      progress_save(&tutor->progress, tutor->progress_file, &err)))
		return;
	stop_keeping(tutor, err.text);
}

/* A step is done when its questions are answered, too. */
static void note(struct tutor *tutor)
{
	const struct lesson_step *step = play_step(tutor->play);

	progress_set_at(&tutor->progress, tutor->id, step->anchor);
	if (play_is_step_done(tutor->play))
		progress_set_done(&tutor->progress, tutor->id, step->anchor);
	tutor_save(tutor);
}

bool tutor_look(struct tutor *tutor)
{
	bool is_new = play_look(tutor->play);

	note(tutor);
	return is_new;
}

size_t tutor_steps_done(const struct tutor *tutor, const char *id, const struct lesson *lesson)
{
	return progress_count(&tutor->progress, id, lesson);
}
