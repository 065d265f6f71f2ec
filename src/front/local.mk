# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libfront.a
libfront_a_CPPFLAGS = $(AM_CPPFLAGS) -DPKGDATADIR='"$(pkgdatadir)"'
libfront_a_SOURCES = \
	src/front/dtb.c \
	src/front/export.c \
	src/front/help.c \
	src/front/help.h \
	src/front/help_man.c \
	src/front/machine_options.c \
	src/front/machine_options.h \
	src/front/options.c \
	src/front/options.h \
	src/front/output.c \
	src/front/output.h \
	src/front/paths.c \
	src/front/paths.h \
	src/front/run.c \
	src/front/run_report.c \
	src/front/run_report.h \
	src/front/subcommand.c \
	src/front/subcommand.h \
	src/front/version.h
