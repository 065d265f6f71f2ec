# SPDX-License-Identifier: GPL-2.0-or-later
#
# The guests: each image is made by one call of build-guest from all its sources, and made again when any of them, or any
# header, is newer.  They are built into guest/, which is laid out as $(pkgdatadir)/guest is.

guest_headers = \
	asm/include/asm.h \
	asm/include/boot_info.h \
	asm/include/psci.h \
	asm/include/sysreg.h

firmware_sources = \
	asm/firmware/boot_info.S \
	asm/firmware/cache.S \
	asm/firmware/cpu_id.S \
	asm/firmware/el2.S \
	asm/firmware/gic.S \
	asm/firmware/pen.S \
	asm/firmware/psci.S \
	asm/firmware/psci_classic.S \
	asm/firmware/psci_cpu.S \
	asm/firmware/psci_none.S \
	asm/firmware/psci_off.S \
	asm/firmware/psci_power.S \
	asm/firmware/reset.S \
	asm/firmware/spin.S \
	asm/firmware/spin_table.S \
	asm/firmware/uart.S \
	asm/firmware/vectors.S

firmware_files = \
	asm/firmware/firmware.h \
	asm/firmware/firmware.lds \
	$(firmware_sources)

kernel_sources = \
	asm/kernel/atomic.S \
	asm/kernel/bringup.c \
	asm/kernel/cache.S \
	asm/kernel/completion.c \
	asm/kernel/cpu.c \
	asm/kernel/cpu_ops.c \
	asm/kernel/cpu_psci.c \
	asm/kernel/cpuinfo.c \
	asm/kernel/el2.S \
	asm/kernel/entry.S \
	asm/kernel/fdt.c \
	asm/kernel/fork.c \
	asm/kernel/head.S \
	asm/kernel/idle.c \
	asm/kernel/kthread.c \
	asm/kernel/main.c \
	asm/kernel/mm.c \
	asm/kernel/of.c \
	asm/kernel/percpu.c \
	asm/kernel/pgtable.S \
	asm/kernel/pl011.c \
	asm/kernel/printk.c \
	asm/kernel/proc.S \
	asm/kernel/psci-call.S \
	asm/kernel/psci.c \
	asm/kernel/sched.c \
	asm/kernel/setup.c \
	asm/kernel/smp.c \
	asm/kernel/smp_cpus.c \
	asm/kernel/smp_spin_table.c \
	asm/kernel/smpboot.c \
	asm/kernel/stop_machine.c \
	asm/kernel/string.c \
	asm/kernel/time.c \
	asm/kernel/traps.c \
	asm/kernel/vsprintf.c

kernel_headers = \
	asm/kernel/atomic.h \
	asm/kernel/barrier.h \
	asm/kernel/boot.h \
	asm/kernel/completion.h \
	asm/kernel/cpu_ops.h \
	asm/kernel/cpumask.h \
	asm/kernel/fdt.h \
	asm/kernel/hotplug.h \
	asm/kernel/init.h \
	asm/kernel/kthread.h \
	asm/kernel/list.h \
	asm/kernel/memblock.h \
	asm/kernel/memory.h \
	asm/kernel/mm.h \
	asm/kernel/of.h \
	asm/kernel/percpu.h \
	asm/kernel/printk.h \
	asm/kernel/psci_ops.h \
	asm/kernel/sched.h \
	asm/kernel/setup.h \
	asm/kernel/smp.h \
	asm/kernel/smpboot.h \
	asm/kernel/stop_machine.h \
	asm/kernel/string.h \
	asm/kernel/thread_info.h \
	asm/kernel/time.h \
	asm/kernel/traps.h \
	asm/kernel/types.h

kernel_files = \
	asm/kernel/kernel.lds.S \
	$(kernel_headers) \
	$(kernel_sources)

guest_images = \
	guest/firmware-psci.elf \
	guest/firmware-classic.elf \
	guest/firmware-spin-table.elf \
	guest/kernel.elf \
	guest/Image

guestdir = $(pkgdatadir)/guest
guest_DATA = $(guest_images) $(board_images)
CLEANFILES += $(guest_images)

# The views show these beside the code that was made from them.
nobase_dist_pkgdata_DATA += $(guest_headers) $(firmware_files) $(kernel_files)
EXTRA_DIST += asm/build-guest

if BUILD_GUESTS

# Sources are named from the top of the source tree, images from here.
build_guest = $(SHELL) asm/build-guest "$$out/$(@F)" "$$out/obj/$(@F)"
in_sources = $(MKDIR_P) guest && out=`pwd`/guest && cd '$(srcdir)' && GUEST_CC='$(GUEST_CC)'

guest/firmware-psci.elf: asm/build-guest $(guest_headers) $(firmware_files)
	$(AM_V_GEN)$(in_sources) GUEST_CFLAGS='$(GUEST_WARN)' \
		$(build_guest) asm/firmware/firmware.lds $(firmware_sources)

guest/firmware-classic.elf: asm/build-guest $(guest_headers) $(firmware_files)
	$(AM_V_GEN)$(in_sources) GUEST_CFLAGS='$(GUEST_WARN) -DFIRMWARE_CLASSIC' \
		$(build_guest) asm/firmware/firmware.lds $(firmware_sources)

guest/firmware-spin-table.elf: asm/build-guest $(guest_headers) $(firmware_files)
	$(AM_V_GEN)$(in_sources) GUEST_CFLAGS='$(GUEST_WARN) -DFIRMWARE_SPIN_TABLE' \
		$(build_guest) asm/firmware/firmware.lds $(firmware_sources)

guest/kernel.elf: asm/build-guest $(guest_headers) $(kernel_files)
	$(AM_V_GEN)$(in_sources) GUEST_CFLAGS='$(GUEST_WARN)' \
		$(build_guest) asm/kernel/kernel.lds.S $(kernel_sources)

guest/Image: guest/kernel.elf
	$(AM_V_GEN)$(GUEST_OBJCOPY) -O binary guest/kernel.elf $@

else !BUILD_GUESTS

$(guest_images):
	$(AM_V_GEN)$(MKDIR_P) guest && cp '$(srcdir)/asm/prebuilt/$(@F)' $@

endif !BUILD_GUESTS

# In a build tree the program stands beside guest/; this tells it where the sources are (see src/front/paths.h).
guest/source-tree: Makefile
	$(AM_V_GEN)$(MKDIR_P) guest && echo '$(srcdir)' >$@
noinst_DATA = guest/source-tree
CLEANFILES += guest/source-tree

clean-local:
	rm -rf guest

# A tarball brings its images, so that it builds where there is no cross compiler.
dist-hook: $(guest_images) $(board_images) $(lab_images) $(lab_sources)
	$(MKDIR_P) '$(distdir)/asm/prebuilt'
	cp $(guest_images) $(board_images) $(lab_images) $(lab_sources) '$(distdir)/asm/prebuilt'
