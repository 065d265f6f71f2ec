/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/model.h: what all views look at: the session, and where the person is looking.
 *
 * Views only read it.  What they want done they say as a command line (ui/view.h), and the application does it.
 */
#ifndef UI_MODEL_H
#define UI_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "session/session.h"
#include "ui/changes.h"
#include "ui/style.h"

struct play;

/* What the lesson pane says while no lesson is played; borrowed from whoever set it. */
struct lesson_text {
	const char *title;	/* one line: "Lessons" */
	const char *text;	/* paragraphs and lists; a line that starts with the name of a lesson can be opened */
};

/* Start it with model_init(). */
struct model {
	struct session *session;
	struct changes *changes;
	bool is_looking;		/* the code view shows `look`, not the PC of the CPU in focus */
	gva_t look;
	gva_t memory;			/* address that the memory view starts at */
	bool has_memory;		/* false: the stack pointer of the CPU in focus */
	struct strbuf output;		/* what the last command printed, for the output view */
	struct strbuf help;		/* for the help view */
	const struct play *play;	/* the lesson that is played; NULL: none */
	const struct lesson_text *lesson;	/* what the lesson pane says instead; NULL: there is no such pane */
	bool is_typing;			/* keys go to the guest's console */
	uint64_t generation;		/* grows when something may have changed */
	uint64_t epoch;			/* grows when the machine was built anew: what views keep of it is void */
};

/* Look at SESSION, which stays the caller's. */
void model_init(struct model *model, struct session *session);
/* Free what MODEL holds. */
void model_release(struct model *model);

/* Is there something to show in the lesson pane? */
bool model_has_lesson(const struct model *model);

/* The CPU in focus. */
const struct cpu *model_cpu(const struct model *model);
/* Its machine. */
struct machine *model_machine(const struct model *model);

/* The address that the code view is about: `look`, or the PC of the CPU in focus. */
gva_t model_code_address(const struct model *model);

/* The style of a time: that of a change when the last command made it. */
enum style model_time_style(const struct model *model, uint64_t t);

/* Append the place ADDR as a person would name it: "branch_table[1]", "spin+0x28", "0x40001008". */
void model_place(const struct model *model, uint64_t addr, struct strbuf *out);

/* Append what VALUE says beyond its digits: "-1" (and other small negative numbers), a place, or nothing for a plain
 * number. */
void model_meaning(const struct model *model, uint64_t value, struct strbuf *out);

#endif /* UI_MODEL_H */
