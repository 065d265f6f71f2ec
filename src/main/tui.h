/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main/tui.h: `smptutor tui`: where the front ends' options and lessons meet the screen.
 */
#ifndef MAIN_TUI_H
#define MAIN_TUI_H

#include "front/subcommand.h"

extern const struct subcommand subcommand_tui;

#endif /* MAIN_TUI_H */
