/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/prompt.h: one line being typed: editing, history, completion.
 *
 * The keys are those of a shell: arrows, Home, End, C-a C-e C-b C-f C-d C-h C-k C-u C-w, Up and Down for history, Tab
 * to complete.  Characters are UTF-8.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "session/command.h"

struct prompt;

/* What a key did. */
enum prompt_state { PROMPT_EDITING, PROMPT_DONE, PROMPT_CANCELLED };

/* Fill in what could stand at the end of the first LEN bytes of LINE. */
typedef void prompt_complete_fn(void *ctx, const char *line, size_t len, struct completions *c);

/* An empty prompt without completion.  Free with prompt_free(). */
struct prompt *prompt_new(void);
/* Free PROMPT; NULL is allowed. */
void prompt_free(struct prompt *prompt);

/* Let FN complete (NULL: nothing does). */
void prompt_set_completer(struct prompt *prompt, prompt_complete_fn *fn, void *ctx);

/* Begin a new line with TEXT in it, the cursor at its end. */
void prompt_start(struct prompt *prompt, const char *text);

/* Take KEY (ui/keys.h).  PROMPT_DONE enters the line into the history. */
enum prompt_state prompt_key(struct prompt *prompt, int key);

/* The line; borrowed until the next key. */
const char *prompt_text(const struct prompt *prompt);
/* Columns before the cursor. */
int prompt_cursor(const struct prompt *prompt);

/* What Tab found when there were several: words with blanks between, "" when there is nothing to show. */
const char *prompt_choices(const struct prompt *prompt);

#endif /* UI_PROMPT_H */
