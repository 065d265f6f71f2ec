# SPDX-License-Identifier: GPL-2.0-or-later
#
# One lesson a file.

lessons = \
	lessons/00-tour.md \
	lessons/01-who-am-i.md \
	lessons/02-the-pen.md \
	lessons/03-down-to-el2.md \
	lessons/04-the-doorstep.md \
	lessons/05-the-mmu.md \
	lessons/06-start-kernel.md \
	lessons/07-the-tree.md \
	lessons/09-rest-init.md \
	lessons/10-early-threads.md

nobase_dist_pkgdata_DATA += $(lessons)
