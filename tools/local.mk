# SPDX-License-Identifier: GPL-2.0-or-later
#
# What people run by hand.  get-linux is installed with the sources of its init: lessons want the kernel that it fetches.

EXTRA_DIST += tools/readme-screens
nobase_dist_pkgdata_SCRIPTS = tools/get-linux
nobase_dist_pkgdata_DATA += $(linux_init)
linux_init = \
	tools/linux-init/cpus.c \
	tools/linux-init/cpus.h \
	tools/linux-init/disk.c \
	tools/linux-init/disk.h \
	tools/linux-init/hammer.c \
	tools/linux-init/hammer.h \
	tools/linux-init/init.c \
	tools/linux-init/print.c \
	tools/linux-init/print.h \
	tools/linux-init/start.S \
	tools/linux-init/syscall.h \
	tools/linux-init/threads.c \
	tools/linux-init/threads.h \
	tools/linux-init/traps.c \
	tools/linux-init/traps.h
