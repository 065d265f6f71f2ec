/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main/replay.h: the subcommand that does a recording again.
 */
#ifndef MAIN_REPLAY_H
#define MAIN_REPLAY_H

#include "front/subcommand.h"

extern const struct subcommand subcommand_replay;

#endif /* MAIN_REPLAY_H */
