/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/pl011.c: registers, FIFO and interrupts of the UART, and its output as lines.
 */
#include "device/pl011.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/state.h"

enum {
	UARTDR = 0x000, UARTRSR = 0x004, UARTFR = 0x018, UARTILPR = 0x020, UARTIBRD = 0x024, UARTFBRD = 0x028,
	UARTLCR_H = 0x02c, UARTCR = 0x030, UARTIFLS = 0x034, UARTIMSC = 0x038, UARTRIS = 0x03c, UARTMIS = 0x040,
	UARTICR = 0x044, UARTDMACR = 0x048, UART_ID = 0xfe0,

	FR_RXFE = 1 << 4, FR_RXFF = 1 << 6, FR_TXFE = 1 << 7,
	LCR_H_FEN = 1 << 4,
	CR_RESET = 0x300, IFLS_RESET = 0x12,
	INT_RX = 1 << 4, INT_TX = 1 << 5, INT_RT = 1 << 6, INT_ALL = 0x7ff,

	FIFO_SIZE = 16,
};

static const uint8_t id_bytes[] = { 0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

struct pl011_state {
	uint32_t ilpr, ibrd, fbrd, lcr_h, cr, ifls, imsc, ris, dmacr;
	uint32_t fifo_head, fifo_len;
	uint32_t queue_head, queue_len;
	uint32_t line_len;
	uint64_t sent;
	uint8_t fifo[FIFO_SIZE];
	uint8_t queue[PL011_QUEUE_SIZE];
	char line[PL011_LINE_SIZE];	/* NUL-terminated */
};

struct pl011 {
	struct state_head head;
	struct machine *machine;
	struct irq_wire wire;
	pl011_sink_fn *sink;
	void *sink_ctx;
	struct pl011_state state;
};

static const uint64_t state_tag = STATE_TAG('u', 'a', 'r', 't', 1);

static void update_irq(struct pl011 *uart)
{
	irq_wire_set(&uart->wire, 0, (uart->state.ris & uart->state.imsc) != 0);
}

/* ---- to the guest ---- */

static unsigned fifo_depth(const struct pl011_state *s)
{
	return s->lcr_h & LCR_H_FEN ? FIFO_SIZE : 1;
}

/* Characters that make the receive interrupt: 1/8, 1/4, 1/2, 3/4 or 7/8 of the FIFO. */
static unsigned fifo_trigger(const struct pl011_state *s)
{
	static const uint8_t eighths[] = { 1, 2, 4, 6, 7, 7, 7, 7 };

	return s->lcr_h & LCR_H_FEN ? FIFO_SIZE * eighths[s->ifls >> 3 & 7] / 8 : 1;
}

/* Move what waits into the FIFO.  After a burst the line is idle, so what is below the trigger makes the receive
 * timeout interrupt at once. */
static void fill_fifo(struct pl011_state *s)
{
	bool moved = false;

	while (s->queue_len && s->fifo_len < fifo_depth(s)) {
		s->fifo[(s->fifo_head + s->fifo_len++) % FIFO_SIZE] = s->queue[s->queue_head];
		s->queue_head = (s->queue_head + 1) % PL011_QUEUE_SIZE;
		s->queue_len--;
		moved = true;
	}
	if (moved)
		s->ris |= INT_RT | (s->fifo_len >= fifo_trigger(s) ? INT_RX : 0);
}

/* What reading UARTDR does besides returning the oldest character. */
static void pop_fifo(struct pl011 *uart)
{
	struct pl011_state *s = &uart->state;

	if (s->fifo_len) {
		s->fifo_head = (s->fifo_head + 1) % FIFO_SIZE;
		s->fifo_len--;
	}
	if (s->fifo_len < fifo_trigger(s))
		s->ris &= ~(uint32_t)INT_RX;
	if (s->fifo_len == 0)
		s->ris &= ~(uint32_t)INT_RT;
	fill_fifo(s);
	update_irq(uart);
}

size_t pl011_input(struct pl011 *uart, const uint8_t *bytes, size_t len)
{
	struct pl011_state *s = &uart->state;
	size_t taken = 0;

	while (taken < len && s->queue_len < PL011_QUEUE_SIZE) {
		s->queue[(s->queue_head + s->queue_len++) % PL011_QUEUE_SIZE] = bytes[taken++];
		fill_fifo(s);
	}
	update_irq(uart);
	return taken;
}

size_t pl011_input_room(const struct pl011 *uart)
{
	return PL011_QUEUE_SIZE - uart->state.queue_len;
}

size_t pl011_input_unread(const struct pl011 *uart)
{
	return uart->state.queue_len + uart->state.fifo_len;
}

/* ---- from the guest ---- */

static void end_line(struct pl011 *uart, int cpu)
{
	struct event event = { .kind = EVENT_UART };

	event.u.uart.text = uart->state.line;
	machine_emit(uart->machine, cpu, &event);
	uart->state.line_len = 0;
	uart->state.line[0] = '\0';
}

static void add_to_line(struct pl011 *uart, int cpu, char c)
{
	struct pl011_state *s = &uart->state;

	if (c == '\n') {
		end_line(uart, cpu);
		return;
	}
	if (c == '\r' || c == '\0')
		return;
	if (s->line_len == PL011_LINE_SIZE - 1)
		end_line(uart, cpu);
	s->line[s->line_len++] = c;
	s->line[s->line_len] = '\0';
}

static void transmit(struct pl011 *uart, unsigned cpu, uint8_t byte)
{
	uart->state.sent++;
	if (uart->sink)
		uart->sink(uart->sink_ctx, &byte, 1);
	add_to_line(uart, (int)cpu, (char)byte);
	/* The FIFO has drained past its trigger again, as soon as it was filled. */
	uart->state.ris |= INT_TX;
}

void pl011_flush(struct pl011 *uart)
{
	if (uart->state.line_len)
		end_line(uart, EVENT_NO_CPU);
}

const char *pl011_partial_line(const struct pl011 *uart)
{
	return uart->state.line;
}

uint64_t pl011_sent(const struct pl011 *uart)
{
	return uart->state.sent;
}

/* ---- registers ---- */

static uint32_t read_flags(const struct pl011_state *s)
{
	return FR_TXFE | (s->fifo_len == 0 ? FR_RXFE : 0) | (s->fifo_len >= fifo_depth(s) ? FR_RXFF : 0);
}

static uint32_t read_reg(const struct pl011_state *s, unsigned offset)
{
	switch (offset) {
	case UARTDR:
		return s->fifo_len ? s->fifo[s->fifo_head] : 0;
	case UARTFR:
		return read_flags(s);
	case UARTILPR:
		return s->ilpr;
	case UARTIBRD:
		return s->ibrd;
	case UARTFBRD:
		return s->fbrd;
	case UARTLCR_H:
		return s->lcr_h;
	case UARTCR:
		return s->cr;
	case UARTIFLS:
		return s->ifls;
	case UARTIMSC:
		return s->imsc;
	case UARTRIS:
		return s->ris;
	case UARTMIS:
		return s->ris & s->imsc;
	case UARTDMACR:
		return s->dmacr;
	default:	/* UARTRSR among them: there are no receive errors */
		return offset >= UART_ID && offset < PL011_SIZE ? id_bytes[(offset - UART_ID) / 4] : 0;
	}
}

static void write_lcr_h(struct pl011_state *s, uint32_t value)
{
	/* Turning the FIFOs on or off empties them. */
	if ((s->lcr_h ^ value) & LCR_H_FEN)
		s->fifo_head = s->fifo_len = 0;
	s->lcr_h = value & 0xff;
	fill_fifo(s);
}

static void write_reg(struct pl011_state *s, unsigned offset, uint32_t value)
{
	switch (offset) {
	case UARTILPR:
		s->ilpr = value & 0xff;
		break;
	case UARTIBRD:
		s->ibrd = value & 0xffff;
		break;
	case UARTFBRD:
		s->fbrd = value & 0x3f;
		break;
	case UARTLCR_H:
		write_lcr_h(s, value);
		break;
	case UARTCR:
		s->cr = value & 0xffff;
		break;
	case UARTIFLS:
		s->ifls = value & 0x3f;
		break;
	case UARTIMSC:
		s->imsc = value & INT_ALL;
		break;
	case UARTICR:
		s->ris &= ~value;
		break;
	case UARTDMACR:
		s->dmacr = value & 7;
		break;
	}
}

static uint64_t pl011_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	const struct pl011 *uart = dev;
	uint64_t value = read_reg(&uart->state, (unsigned)offset & ~3u) >> (offset & 3) * 8;

	(void)cpu;
	return size >= 8 ? value : value & ((UINT64_C(1) << size * 8) - 1);
}

static uint64_t pl011_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	uint64_t value = pl011_peek(dev, cpu, offset, size);

	if (offset == UARTDR)
		pop_fifo(dev);
	return value;
}

static void pl011_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct pl011 *uart = dev;

	(void)size;
	if (offset == UARTDR)
		transmit(uart, cpu, (uint8_t)value);
	else
		write_reg(&uart->state, (unsigned)offset, (uint32_t)value);
	update_irq(uart);
}

/* ---- the object ---- */

static void pl011_reset(void *dev)
{
	struct pl011 *uart = dev;

	memset(&uart->state, 0, sizeof(uart->state));
	uart->state.cr = CR_RESET;
	uart->state.ifls = IFLS_RESET;
	update_irq(uart);
}

struct pl011 *pl011_new(struct machine *machine, const struct irq_wire *wire)
{
	struct pl011 *uart = xzalloc(sizeof(*uart));

	uart->head = STATE_HEAD(state_tag, uart->state);
	uart->machine = machine;
	uart->wire = *wire;
	pl011_reset(uart);
	return uart;
}

void pl011_free(struct pl011 *uart)
{
	free(uart);
}

void pl011_set_sink(struct pl011 *uart, pl011_sink_fn *sink, void *ctx)
{
	uart->sink = sink;
	uart->sink_ctx = ctx;
}

const struct device_ops pl011_ops = {
	.name = "pl011",
	.reset = pl011_reset,
	.read = pl011_read,
	.write = pl011_write,
	.peek = pl011_peek,
	.save = state_dev_save,
	.load = state_dev_load,
};
