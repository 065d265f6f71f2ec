/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_info.S: room in the ROM for the block of facts about the board, which
 * the loader fills in before reset.  boot_info.h says what stands where.
 */
#include "firmware.h"

	.section .boot_info, "a"
	.balign	64
DATA(boot_info)
	.space	BOOT_INFO_SIZE
ENDDATA(boot_info)
