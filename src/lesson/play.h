/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/play.h: a lesson being played: which step, on which machine, how far.
 *
 * A play owns a session made as the lesson's header says.  A step begins where its author saw it begin: the machine is
 * reset, the steps before are played by their solutions, and the step's setup is run, or what comes to the same is done
 * from a moment that was kept (lesson/starts.h).  From there the learner drives the session by commands of any front
 * end, which calls play_look() after each; what the learner asks of the lesson itself are commands too (`hint`,
 * `answer`, `lesson`).
 */
#ifndef LESSON_PLAY_H
#define LESSON_PLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "lesson/goal.h"
#include "lesson/lesson.h"
#include "lesson/prose.h"
#include "session/session.h"

struct play;

/* How a quiz stands. */
enum quiz_state { QUIZ_OPEN, QUIZ_RIGHT, QUIZ_SHOWN };

/* Make the machine of LESSON (which must outlive the play) and stand before its first step; no step is begun yet.
 * Every goal and answer is resolved, so that a wrong one is found here: NULL with ERR ("FILE:LINE: ...").  Free with
 * play_free(). */
struct play *play_new(const struct lesson *lesson, const struct machine_places *places, struct error *err);
/* Free PLAY and its session; NULL is allowed. */
void play_free(struct play *play);

/* The lesson, and its session, which stays the same through all steps. */
const struct lesson *play_lesson(const struct play *play);
/* The session. */
struct session *play_session(const struct play *play);

/* ---- steps ---- */

/* Begin step INDEX anew, as described above.  False with ERR ("FILE:LINE: ...") when a command of the file fails. */
bool play_begin(struct play *play, size_t index, struct error *err);

/* Index of the step, and the step itself. */
size_t play_index(const struct play *play);
/* The step. */
const struct lesson_step *play_step(const struct play *play);

/* Run the step's setup from where the machine stands, and look for the goal anew.  For lesson/check.h. */
bool play_setup(struct play *play, size_t index, struct error *err);
/* Run the step's solution. */
bool play_solve(struct play *play, struct error *err);

/* Look at the machine: true when the goal has just been reached.  To be called after every command.  Once reached it
 * stays so until the step begins anew. */
bool play_look(struct play *play);

/* The goal of the step, and whether it was reached. */
const struct goal *play_goal(const struct play *play);
/* Was it? */
bool play_is_reached(const struct play *play);

/* Is all of the step done: goal reached, no quiz open? */
bool play_is_step_done(const struct play *play);

/* Is this the last step of the lesson? */
bool play_is_last(const struct play *play);

/* Free play: the goal is not looked at, and commands may lead anywhere; play_begin() leads back. */
void play_set_free(struct play *play, bool is_free);
/* Is it on? */
bool play_is_free(const struct play *play);

/* ---- help and quizzes ---- */

/* Show one hint more, of the quiz that is open or else of the step; NULL when there is none left. */
const char *play_hint(struct play *play);
/* Hints of the step shown so far. */
size_t play_hints_shown(const struct play *play);

/* The first quiz that is still open, once the goal is reached; -1 when there is none. */
int play_open_quiz(const struct play *play);
/* State of quiz INDEX of the step. */
enum quiz_state play_quiz_state(const struct play *play, size_t index);

/* Judge TEXT as the answer to the open quiz and append the verdict to OUT; "?" gives up and shows the answer.  A quiz
 * with commands to predict runs them first, so that it can be answered once.  False with ERR when TEXT cannot be read
 * as an answer (it may be given again) or no quiz is open. */
bool play_answer(struct play *play, const char *text, struct strbuf *out, struct error *err);

/* Append the right answer of quiz INDEX, from the machine's state where it comes from there. */
bool play_right_answer(const struct play *play, size_t index, struct strbuf *out, struct error *err);

/* Run the commands that quiz INDEX lets predict. */
bool play_predict(struct play *play, size_t index, struct error *err);

/* ---- what a pane shows ---- */

/* Append the step as lines of WIDTH columns: title, prose, goal lines with a mark of their state ("[x]" or "[ ]"),
 * hints shown so far, and the quiz that is open. */
void play_text(const struct play *play, unsigned width, struct prose *out);

/* Append the quiz that is open, and nothing when there is none. */
void play_quiz_text(const struct play *play, unsigned width, struct prose *out);

/* The goal in one line: "goal: cpu1.state == wfe (2 of 3 hold)". */
void play_status(const struct play *play, struct strbuf *out);

#endif /* LESSON_PLAY_H */
