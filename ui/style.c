/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/style.c: names and letters of the styles.
 */
#include "ui/style.h"

static const struct {
	const char *name;
	char letter;
} styles[STYLE_COUNT] = {
	[STYLE_NORMAL] = { "normal", ' ' }, [STYLE_BAR] = { "bar", 'b' }, [STYLE_BORDER] = { "border", '-' },
	[STYLE_TITLE] = { "title", 't' }, [STYLE_FOCUSED] = { "focused", 'F' }, [STYLE_KEY] = { "key", 'k' },
	[STYLE_DIM] = { "dim", 'd' }, [STYLE_HEADING] = { "heading", 'h' }, [STYLE_CURRENT] = { "current", 'P' },
	[STYLE_CHANGED] = { "changed", 'C' }, [STYLE_SYMBOL] = { "symbol", 's' }, [STYLE_COMMENT] = { "comment", 'c' },
	[STYLE_RUNNING] = { "running", 'r' }, [STYLE_ASLEEP] = { "asleep", 'z' }, [STYLE_OFF] = { "off", 'o' },
	[STYLE_FAULT] = { "fault", '!' }, [STYLE_BREAKPOINT] = { "breakpoint", 'B' }, [STYLE_DONE] = { "done", 'v' },
	[STYLE_TODO] = { "todo", 'u' }, [STYLE_ARROW] = { "arrow", '>' }, [STYLE_EXPLAIN] = { "explain", 'e' },
	[STYLE_MESSAGE] = { "message", 'm' }, [STYLE_ERROR] = { "error", 'E' }, [STYLE_PROMPT] = { "prompt", 'p' },
	[STYLE_FOUND] = { "found", '/' },
};

const char *style_name(enum style style)
{
	return styles[style].name;
}

char style_letter(enum style style)
{
	return styles[style].letter;
}
