# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libmachine.a
libmachine_a_CPPFLAGS = $(AM_CPPFLAGS) $(UNICORN_CFLAGS)
libmachine_a_SOURCES = \
	src/machine/block.c \
	src/machine/bus.c \
	src/machine/bus.h \
	src/machine/core.h \
	src/machine/cpu.c \
	src/machine/cpu.h \
	src/machine/device.h \
	src/machine/dma.c \
	src/machine/engine.c \
	src/machine/engine.h \
	src/machine/event.h \
	src/machine/exception.c \
	src/machine/exclusive.c \
	src/machine/hash.c \
	src/machine/insn.c \
	src/machine/insn.h \
	src/machine/livelock.c \
	src/machine/machine.c \
	src/machine/machine.h \
	src/machine/mmu.c \
	src/machine/mmu.h \
	src/machine/monitor.c \
	src/machine/monitor.h \
	src/machine/presence.c \
	src/machine/presence.h \
	src/machine/run.c \
	src/machine/sched.c \
	src/machine/sched.h \
	src/machine/sched_file.c \
	src/machine/sched_state.h \
	src/machine/sleep.c \
	src/machine/slices.c \
	src/machine/snapshot.c \
	src/machine/store.c \
	src/machine/syndrome.c \
	src/machine/syndrome.h \
	src/machine/sysreg.c \
	src/machine/sysreg.h \
	src/machine/types.h \
	src/machine/watches.c
