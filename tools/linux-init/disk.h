/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * disk.h: the disks, when the initrd brought the modules for them.
 */
#ifndef LINUX_INIT_DISK_H
#define LINUX_INIT_DISK_H

#include <stdbool.h>

/* Load the modules in /modules; without that folder, say and do nothing.  Then read two disks whole, write to the first
 * one through its file system, to the second one as it is, and read back.  False when something was wrong. */
bool disk_use(void);

#endif /* LINUX_INIT_DISK_H */
