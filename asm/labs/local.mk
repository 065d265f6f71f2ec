# SPDX-License-Identifier: GPL-2.0-or-later
#
# The bug zoo (lessons/zoo): each lab is an edit of one source file, and makes a broken image, guest/zoo-NAME.elf or .dtb,
# with the broken source beside it, for the views.

lab_scripts = \
	asm/labs/el1-is-aarch32.sed \
	asm/labs/faulty-nodes.sed \
	asm/labs/last-cpu-lost.sed \
	asm/labs/lost-link.sed \
	asm/labs/neighbours-address.sed \
	asm/labs/no-identity-map.sed \
	asm/labs/one-cluster.sed \
	asm/labs/release-in-kernel.sed \
	asm/labs/sev-missing.sed \
	asm/labs/sev-too-early.sed \
	asm/labs/shared-stack.sed \
	asm/labs/signal-first.sed \
	asm/labs/smc-disabled.sed \
	asm/labs/two-levels.sed \
	asm/labs/virtual-entry.sed \
	asm/labs/wrong-slot.sed

lab_images = \
	guest/zoo-el1-is-aarch32.elf \
	guest/zoo-faulty-nodes.dtb \
	guest/zoo-last-cpu-lost.elf \
	guest/zoo-lost-link.elf \
	guest/zoo-neighbours-address.elf \
	guest/zoo-no-identity-map.elf \
	guest/zoo-one-cluster.elf \
	guest/zoo-release-in-kernel.dtb \
	guest/zoo-sev-missing.elf \
	guest/zoo-sev-too-early.elf \
	guest/zoo-shared-stack.elf \
	guest/zoo-signal-first.elf \
	guest/zoo-smc-disabled.elf \
	guest/zoo-two-levels.elf \
	guest/zoo-virtual-entry.elf \
	guest/zoo-wrong-slot.elf

lab_sources = \
	guest/zoo-el1-is-aarch32.el2.S \
	guest/zoo-last-cpu-lost.cpu_id.S \
	guest/zoo-lost-link.psci_cpu.S \
	guest/zoo-neighbours-address.spin_table.S \
	guest/zoo-no-identity-map.pgtable.S \
	guest/zoo-sev-missing.psci_cpu.S \
	guest/zoo-sev-too-early.psci_cpu.S \
	guest/zoo-shared-stack.smp.c \
	guest/zoo-signal-first.smp.c \
	guest/zoo-smc-disabled.reset.S \
	guest/zoo-two-levels.el2.S \
	guest/zoo-virtual-entry.cpu_psci.c \
	guest/zoo-wrong-slot.psci_cpu.S

guest_DATA += $(lab_images) $(lab_sources)
CLEANFILES += $(lab_images) $(lab_sources)
EXTRA_DIST += asm/build-lab $(lab_scripts)

if BUILD_GUESTS

# The source comes with its image: it exists when the image does.
$(lab_images): asm/build-lab asm/build-guest $(lab_scripts) $(guest_headers) $(firmware_files) $(kernel_files) $(boards) \
		$(board_includes)
	$(AM_V_GEN)name=`basename $@ | sed 's/^zoo-//; s/[.][a-z]*$$//'`; $(in_sources) DTC='$(DTC)' \
		GUEST_CFLAGS='$(GUEST_WARN)' FIRMWARE_SOURCES='$(firmware_sources)' KERNEL_SOURCES='$(kernel_sources)' \
		$(SHELL) asm/build-lab "asm/labs/$$name.sed" "$$out"

$(lab_sources): $(lab_images)
	@test -f $@ || { rm -f `echo $@ | sed 's/[.].*//'`.elf; \
		$(MAKE) $(AM_MAKEFLAGS) `echo $@ | sed 's/[.].*//'`.elf; }

else !BUILD_GUESTS

$(lab_images) $(lab_sources):
	$(AM_V_GEN)$(MKDIR_P) guest && cp '$(srcdir)/asm/prebuilt/$(@F)' $@

endif !BUILD_GUESTS
