/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/style.h: what a piece of text on the screen means.
 *
 * Views say what text *is*; how that looks (colour, bold, underlined) is decided by the painter alone, so a terminal
 * without colours is no concern of theirs.
 */
#ifndef UI_STYLE_H
#define UI_STYLE_H

/* The meanings. */
enum style {
	STYLE_NORMAL,
	STYLE_BAR,		/* the first line of the screen */
	STYLE_BORDER,		/* lines between panes */
	STYLE_TITLE,		/* title of a pane */
	STYLE_FOCUSED,		/* title of the pane that gets the keys, number of the CPU in focus */
	STYLE_KEY,		/* a key to press */
	STYLE_DIM,		/* less important: units, line numbers, what is not there */
	STYLE_HEADING,		/* heading of columns or of a group */
	STYLE_CURRENT,		/* the instruction that the CPU in focus runs next; "you are here" */
	STYLE_CHANGED,		/* differs from what it was before the last command */
	STYLE_SYMBOL,		/* name of something in the guest */
	STYLE_COMMENT,		/* comment in the guest's source */
	STYLE_RUNNING,		/* a CPU that runs */
	STYLE_ASLEEP,		/* a CPU in WFE or WFI */
	STYLE_OFF,		/* a CPU that is off */
	STYLE_FAULT,		/* something went wrong in the guest */
	STYLE_BREAKPOINT,
	STYLE_DONE,		/* reached, holds */
	STYLE_TODO,		/* still to come */
	STYLE_ARROW,		/* from cause to effect */
	STYLE_EXPLAIN,		/* explanation in words */
	STYLE_MESSAGE,		/* what the last command said */
	STYLE_ERROR,		/* why the last command could not be done */
	STYLE_PROMPT,		/* what is being typed */
	STYLE_FOUND,		/* found by a search */
	STYLE_COUNT,
};

/* The name of STYLE: "changed". */
const char *style_name(enum style style);

/* The one letter that stands for STYLE in a screen's twin of styles; a blank for STYLE_NORMAL. */
char style_letter(enum style style);

#endif /* UI_STYLE_H */
