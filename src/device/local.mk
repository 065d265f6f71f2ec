# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LIBRARIES += libdevice.a
libdevice_a_SOURCES = \
	src/device/board.c \
	src/device/board.h \
	src/device/gic.h \
	src/device/gicirq.c \
	src/device/gicirq.h \
	src/device/gicprio.c \
	src/device/gicprio.h \
	src/device/gicv2.c \
	src/device/gicv2.h \
	src/device/gicv2_cpu.c \
	src/device/gicv2_dist.c \
	src/device/gicv2_state.h \
	src/device/gicv3.c \
	src/device/gicv3.h \
	src/device/gicv3_cpu.c \
	src/device/gicv3_dist.c \
	src/device/gicv3_state.h \
	src/device/irq.h \
	src/device/pl011.c \
	src/device/pl011.h \
	src/device/pl061.c \
	src/device/pl061.h \
	src/device/psci.c \
	src/device/psci.h \
	src/device/psci_decide.c \
	src/device/psci_decide.h \
	src/device/psci_name.c \
	src/device/psci_name.h \
	src/device/state.c \
	src/device/state.h \
	src/device/sysreg.h \
	src/device/timer.c \
	src/device/timer.h \
	src/device/virtio.c \
	src/device/virtio.h \
	src/device/virtio_blk.c \
	src/device/virtio_blk.h \
	src/device/virtqueue.c \
	src/device/virtqueue.h
