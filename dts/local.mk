# SPDX-License-Identifier: GPL-2.0-or-later
#
# One board a file: dts/NAME.dts makes guest/NAME.dtb, and NAME is what --board takes.

boards = \
	dts/big-little.dts \
	dts/psci-classic.dts \
	dts/psci-hvc.dts \
	dts/psci-smc.dts \
	dts/spin-table.dts \
	dts/virt-gicv3.dts \
	dts/virt.dts

board_includes = \
	dts/board.dtsi \
	dts/gicv2.dtsi \
	dts/virt.dtsi

board_images = \
	guest/big-little.dtb \
	guest/psci-classic.dtb \
	guest/psci-hvc.dtb \
	guest/psci-smc.dtb \
	guest/spin-table.dtb \
	guest/virt-gicv3.dtb \
	guest/virt.dtb

nobase_dist_pkgdata_DATA += $(boards) $(board_includes)
CLEANFILES += $(board_images)

if BUILD_GUESTS
$(board_images): $(boards) $(board_includes)
	$(AM_V_GEN)$(MKDIR_P) guest && \
		$(DTC) -q -I dts -O dtb -o $@ "$(srcdir)/dts/`basename $@ .dtb`.dts"
else !BUILD_GUESTS
$(board_images):
	$(AM_V_GEN)$(MKDIR_P) guest && cp "$(srcdir)/asm/prebuilt/`basename $@`" $@
endif !BUILD_GUESTS
