# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += liblesson.a
liblesson_a_SOURCES = \
	src/lesson/case.c \
	src/lesson/case.h \
	src/lesson/check.c \
	src/lesson/check.h \
	src/lesson/course.c \
	src/lesson/course.h \
	src/lesson/difference.c \
	src/lesson/difference.h \
	src/lesson/goal.c \
	src/lesson/goal.h \
	src/lesson/lesson.c \
	src/lesson/lesson.h \
	src/lesson/lesson_parse.c \
	src/lesson/lint.c \
	src/lesson/lint.h \
	src/lesson/lint_commands.c \
	src/lesson/lint_commands.h \
	src/lesson/machine_line.c \
	src/lesson/machine_line.h \
	src/lesson/play.c \
	src/lesson/play.h \
	src/lesson/play_commands.c \
	src/lesson/play_commands.h \
	src/lesson/progress.c \
	src/lesson/progress.h \
	src/lesson/prose.c \
	src/lesson/prose.h \
	src/lesson/quiz.c \
	src/lesson/quiz.h \
	src/lesson/report.c \
	src/lesson/report.h \
	src/lesson/starts.c \
	src/lesson/starts.h
