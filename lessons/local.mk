# SPDX-License-Identifier: GPL-2.0-or-later
#
# One lesson a file; the bug zoo is lessons too.

lessons = \
	lessons/00-tour.md \
	lessons/01-who-am-i.md \
	lessons/02-the-pen.md \
	lessons/03-down-to-el2.md \
	lessons/04-the-doorstep.md \
	lessons/05-the-mmu.md \
	lessons/06-start-kernel.md \
	lessons/07-the-tree.md \
	lessons/08-faulty-trees.md \
	lessons/09-rest-init.md \
	lessons/10-early-threads.md \
	lessons/11-cpu-up.md \
	lessons/12-inside-el3.md \
	lessons/13-exclusive-monitors.md \
	lessons/14-events.md \
	lessons/15-secondary.md \
	lessons/16-online.md \
	lessons/17-spin-table.md \
	lessons/18-hvc.md \
	lessons/19-hotplug.md \
	lessons/20-who-opened-the-pen.md \
	lessons/21-a-real-kernel.md \
	lessons/22-real-hotplug.md \
	lessons/zoo/01-sev-missing.md \
	lessons/zoo/02-sev-too-early.md \
	lessons/zoo/03-wrong-slot.md \
	lessons/zoo/04-one-cluster.md \
	lessons/zoo/05-last-cpu-lost.md \
	lessons/zoo/06-smc-disabled.md \
	lessons/zoo/07-el1-is-aarch32.md \
	lessons/zoo/08-release-in-kernel.md \
	lessons/zoo/09-neighbours-address.md \
	lessons/zoo/10-shared-stack.md \
	lessons/zoo/11-virtual-entry.md \
	lessons/zoo/12-no-identity-map.md \
	lessons/zoo/13-lost-link.md \
	lessons/zoo/14-two-levels.md \
	lessons/zoo/15-signal-first.md

# Translations are no lessons of their own.
translations = \
	lessons/02-the-pen.ko.md \
	lessons/02-the-pen.zh.md

nobase_dist_pkgdata_DATA += $(lessons) $(translations) lessons/README.md
