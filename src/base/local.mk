# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/alloc.c \
	src/base/alloc.h \
	src/base/error.c \
	src/base/error.h \
	src/base/fnv.c \
	src/base/fnv.h \
	src/base/json.c \
	src/base/json.h \
	src/base/le.h \
	src/base/strbuf.c \
	src/base/strbuf.h \
	src/base/suggest.c \
	src/base/suggest.h \
	src/base/utf8.c \
	src/base/utf8.h \
	src/base/vec.c \
	src/base/vec.h \
	src/base/width.c \
	src/base/width.h \
	src/base/zero.h
