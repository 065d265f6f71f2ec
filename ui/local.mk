# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libui.a
libui_a_CPPFLAGS = $(AM_CPPFLAGS) $(NCURSES_CFLAGS)
libui_a_SOURCES = \
	ui/app.c \
	ui/app.h \
	ui/app_commands.c \
	ui/app_draw.c \
	ui/app_keys.c \
	ui/app_look.c \
	ui/app_private.h \
	ui/app_run.c \
	ui/app_way.c \
	ui/changes.c \
	ui/changes.h \
	ui/grid.c \
	ui/grid.h \
	ui/keys.c \
	ui/keys.h \
	ui/layout.c \
	ui/layout.h \
	ui/line.c \
	ui/line.h \
	ui/model.c \
	ui/model.h \
	ui/prompt.c \
	ui/prompt.h \
	ui/stations.c \
	ui/stations.h \
	ui/strip.c \
	ui/strip.h \
	ui/style.c \
	ui/style.h \
	ui/term.c \
	ui/term.h \
	ui/timeline_rows.c \
	ui/timeline_rows.h \
	ui/tui.c \
	ui/tui.h \
	ui/view.c \
	ui/view.h \
	ui/view_code.c \
	ui/view_code.h \
	ui/view_console.c \
	ui/view_events.c \
	ui/view_lesson.c \
	ui/view_memory.c \
	ui/view_milestones.c \
	ui/view_monitors.c \
	ui/view_psci.c \
	ui/view_regs.c \
	ui/view_tables.c \
	ui/view_text.c \
	ui/view_timeline.c \
	ui/view_tree.c \
	ui/vt.c \
	ui/vt.h \
	ui/vt_parse.c \
	ui/vt_private.h \
	ui/words.c \
	ui/words.h
