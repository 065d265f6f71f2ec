# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libfront.a
libfront_a_CPPFLAGS = $(AM_CPPFLAGS) -DPKGDATADIR='"$(pkgdatadir)"'
libfront_a_SOURCES = \
	src/front/dtb.c \
	src/front/export.c \
	src/front/help.c \
	src/front/help.h \
	src/front/help_man.c \
	src/front/lesson.c \
	src/front/lesson.h \
	src/front/lesson_new.c \
	src/front/lesson_run.c \
	src/front/litmus.c \
	src/front/litmus.h \
	src/front/litmus_file.c \
	src/front/litmus_file.h \
	src/front/machine_options.c \
	src/front/machine_options.h \
	src/front/options.c \
	src/front/options.h \
	src/front/output.c \
	src/front/output.h \
	src/front/paths.c \
	src/front/paths.h \
	src/front/pool.c \
	src/front/pool.h \
	src/front/rc.c \
	src/front/rc.h \
	src/front/recorded.c \
	src/front/recorded.h \
	src/front/run.c \
	src/front/run_report.c \
	src/front/run_report.h \
	src/front/subcommand.c \
	src/front/subcommand.h \
	src/front/test.c \
	src/front/test.h \
	src/front/test_files.c \
	src/front/test_files.h \
	src/front/test_output.c \
	src/front/test_output.h \
	src/front/ticker.c \
	src/front/ticker.h \
	src/front/tutor.c \
	src/front/tutor.h \
	src/front/version.h \
	src/front/xdg.c \
	src/front/xdg.h
