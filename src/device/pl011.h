/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/pl011.h: the PL011 UART (Arm DDI 0183, r1p4: FIFOs of 16 characters).
 *
 * What the guest writes is sent at once, whatever UARTEN and the baud rate say.  What the host sends waits in a queue,
 * part of the state, until the receive FIFO has room.  No modem lines, no loopback, no DMA, no line errors.
 */
#ifndef DEVICE_PL011_H
#define DEVICE_PL011_H

#include <stddef.h>
#include <stdint.h>

#include "device/irq.h"
#include "machine/device.h"
#include "machine/machine.h"

enum {
	PL011_SIZE = 0x1000,
	PL011_QUEUE_SIZE = 4096,	/* characters from the host that can wait */
	PL011_LINE_SIZE = 1024,		/* longer lines are reported in pieces */
};

struct pl011;

extern const struct device_ops pl011_ops;

/* Takes the LEN raw bytes that the guest sent. */
typedef void pl011_sink_fn(void *ctx, const uint8_t *bytes, size_t len);

/* A UART whose interrupt output is WIRE (copied). */
struct pl011 *pl011_new(struct machine *machine, const struct irq_wire *wire);

/* Free it; NULL is allowed. */
void pl011_free(struct pl011 *uart);

/* Let SINK (NULL: nobody) have what the guest sends. */
void pl011_set_sink(struct pl011 *uart, pl011_sink_fn *sink, void *ctx);

/* Send LEN bytes to the guest; how many the queue could take. */
size_t pl011_input(struct pl011 *uart, const uint8_t *bytes, size_t len);

/* How many bytes pl011_input() would take now. */
size_t pl011_input_room(const struct pl011 *uart);

/* How many of the bytes sent the guest has not read yet. */
size_t pl011_input_unread(const struct pl011 *uart);

/* The line that the guest has begun and not ended, "" when there is none; borrowed until the UART is next written. */
const char *pl011_partial_line(const struct pl011 *uart);

/* Report an unfinished line as EVENT_UART, as if it had ended; at the end of a run. */
void pl011_flush(struct pl011 *uart);

/* Characters sent by the guest since reset. */
uint64_t pl011_sent(const struct pl011 *uart);

#endif /* DEVICE_PL011_H */
