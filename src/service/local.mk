# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libservice.a
libservice_a_CPPFLAGS = $(AM_CPPFLAGS) $(CAPSTONE_CFLAGS) $(LIBDW_CFLAGS) $(ZLIB_CFLAGS)
libservice_a_SOURCES = \
	src/service/a64asm.c \
	src/service/a64asm.h \
	src/service/a64asm_encode.c \
	src/service/a64asm_line.h \
	src/service/board_cpus.c \
	src/service/board_cpus.h \
	src/service/board_desc.c \
	src/service/board_desc.h \
	src/service/board_devices.c \
	src/service/board_devices.h \
	src/service/board_edit.c \
	src/service/board_edit.h \
	src/service/board_report.c \
	src/service/board_report.h \
	src/service/disasm.c \
	src/service/disasm.h \
	src/service/drive.c \
	src/service/drive.h \
	src/service/dtb.c \
	src/service/dtb.h \
	src/service/elf.c \
	src/service/elf.h \
	src/service/file.c \
	src/service/file.h \
	src/service/gunzip.c \
	src/service/gunzip.h \
	src/service/image.c \
	src/service/image.h \
	src/service/kallsyms.c \
	src/service/kallsyms.h \
	src/service/ksymtab.c \
	src/service/ksymtab.h \
	src/service/lines.c \
	src/service/lines.h \
	src/service/loader.c \
	src/service/loader.h \
	src/service/loader_board.c \
	src/service/loader_boot_info.c \
	src/service/loader_images.c \
	src/service/loader_images.h \
	src/service/loader_symbols.c \
	src/service/loader_wrapper.c \
	src/service/milestones.c \
	src/service/milestones.h \
	src/service/mismatch.c \
	src/service/mismatch.h \
	src/service/placement.c \
	src/service/placement.h \
	src/service/symbols.c \
	src/service/symbols.h \
	src/service/sysreg.c \
	src/service/sysreg.h \
	src/service/sysreg_fields.h \
	src/service/wrapper.c \
	src/service/wrapper.h
