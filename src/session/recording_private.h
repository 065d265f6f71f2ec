/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/recording_private.h: what a recording holds, for recording.c (a session's) and recording_text.c (its text).
 */
#ifndef SESSION_RECORDING_PRIVATE_H
#define SESSION_RECORDING_PRIVATE_H

#include "base/vec.h"
#include "session/history.h"
#include "session/journal.h"
#include "session/recording.h"

#define RECORDING_FIRST_LINE	"smptutor recording 1\n"

enum { RECORDING_MODELS = 4, RECORDING_DEEDS = ENTRY_NOTICE + 1 };

/* --cpu by its names. */
struct recording_model { const char *name; enum cpu_model model; };
extern const struct recording_model recording_models[RECORDING_MODELS];

/* Words for enum entry_kind. */
extern const char *const recording_deeds[RECORDING_DEEDS];

/* A file that was read. */
struct recording_file { char *role; uint64_t hash, size; };

/* A command that was given. */
struct recording_said { uint64_t t; char *line; };

struct recording {
	char *program;
	struct session_config config;	/* strings are in `strings` */
	const char *sched_file;		/* or NULL */
	VEC(char *) strings;
	VEC(struct recording_file) files;
	struct journal journal;
	VEC(struct recording_said) said;
	bool has_end;			/* it was said where it ended */
	uint64_t end_t, end_hash;
};

/* A copy of TEXT that lives as long as RECORDING; NULL of NULL. */
const char *recording_keep(struct recording *recording, const char *text);

/* Add a file; ROLE is copied. */
void recording_add_file(struct recording *recording, const char *role, uint64_t hash, uint64_t size);

/* FNV-1a, 64 bits, of SIZE bytes: for telling files apart, not against malice. */
uint64_t recording_hash(const void *data, size_t size);

#endif /* SESSION_RECORDING_PRIVATE_H */
