/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PL011: registers, receive FIFO and its interrupts, output as bytes and as lines.
 */
#include "device/pl011.h"

#include <stdlib.h>
#include <string.h>

#include "fake_machine.h"
#include "unit.h"

enum {
	DR = 0x000, RSR = 0x004, FR = 0x018, ILPR = 0x020, IBRD = 0x024, FBRD = 0x028, LCR_H = 0x02c, CR = 0x030,
	IFLS = 0x034, IMSC = 0x038, RIS = 0x03c, MIS = 0x040, ICR = 0x044, DMACR = 0x048,

	FEN = 1 << 4, RXFE = 1 << 4, RXFF = 1 << 6, TXFE = 1 << 7, RX = 1 << 4, TX = 1 << 5, RT = 1 << 6,
};

static struct machine *machine;
static struct pl011 *uart;
static bool line;
static char sunk[4096];
static size_t sunk_len;

static void set_wire(void *sink, unsigned cpu, unsigned intid, bool level)
{
	(void)sink;
	(void)cpu;
	ck_assert_uint_eq(intid, 33);
	line = level;
}

static void sink(void *ctx, const uint8_t *bytes, size_t len)
{
	ck_assert_ptr_eq(ctx, sunk);
	memcpy(sunk + sunk_len, bytes, len);
	sunk_len += len;
}

static void setup(void)
{
	machine = fake_machine_new(2);
	uart = pl011_new(machine, &(struct irq_wire){ set_wire, NULL, 33 });
	pl011_set_sink(uart, sink, sunk);
}

static void teardown(void)
{
	pl011_free(uart);
	free(machine);
}

static uint64_t get(unsigned reg)
{
	return pl011_ops.read(uart, 0, reg, 4);
}

static void put(unsigned reg, uint64_t value)
{
	pl011_ops.write(uart, 0, reg, 4, value);
}

static void send(const char *text)
{
	for (; *text; text++)
		pl011_ops.write(uart, 1, DR, 1, (uint8_t)*text);
}

static void receive(const char *text)
{
	ck_assert_uint_eq(pl011_input(uart, (const uint8_t *)text, strlen(text)), strlen(text));
}

/* What is written, what is then read, and the value after reset. */
static const struct reg {
	const char *name;
	unsigned offset;
	uint32_t reset, write, read;
} regs[] = {
	{ "RSR", RSR, 0, 0xf, 0 },
	{ "FR", FR, RXFE | TXFE, 0xffff, RXFE | TXFE },
	{ "ILPR", ILPR, 0, 0x1ff, 0xff },
	{ "IBRD", IBRD, 0, 0x1abcd, 0xabcd },
	{ "FBRD", FBRD, 0, 0xff, 0x3f },
	{ "LCR_H", LCR_H, 0, 0x170, 0x70 },
	{ "CR", CR, 0x300, 0x301, 0x301 },
	{ "IFLS", IFLS, 0x12, 0xff, 0x3f },
	{ "IMSC", IMSC, 0, 0xffff, 0x7ff },
	{ "RIS", RIS, 0, 0xff, 0 },
	{ "MIS", MIS, 0, 0xff, 0 },
	{ "ICR", ICR, 0, 0x7ff, 0 },
	{ "DMACR", DMACR, 0, 0xf, 7 },
	{ "PeriphID0", 0xfe0, 0x11, 0xff, 0x11 },
	{ "PeriphID1", 0xfe4, 0x10, 0xff, 0x10 },
	{ "PeriphID2", 0xfe8, 0x14, 0xff, 0x14 },
	{ "PeriphID3", 0xfec, 0x00, 0xff, 0x00 },
	{ "PCellID0", 0xff0, 0x0d, 0xff, 0x0d },
	{ "PCellID1", 0xff4, 0xf0, 0xff, 0xf0 },
	{ "PCellID2", 0xff8, 0x05, 0xff, 0x05 },
	{ "PCellID3", 0xffc, 0xb1, 0xff, 0xb1 },
	{ "nothing", 0x050, 0, 0xff, 0 },
};

START_TEST(registers)
{
	const struct reg *reg = &regs[_i];

	ck_assert_msg(get(reg->offset) == reg->reset, "%s after reset", reg->name);
	put(reg->offset, reg->write);
	ck_assert_msg(get(reg->offset) == reg->read, "%s: %#x", reg->name, (unsigned)get(reg->offset));
	ck_assert_uint_eq(pl011_ops.read(uart, 0, reg->offset, 2), reg->read & 0xffff);
	ck_assert_uint_eq(pl011_ops.read(uart, 0, reg->offset, 1), reg->read & 0xff);
	pl011_ops.reset(uart);
	ck_assert_msg(get(reg->offset) == reg->reset, "%s after another reset", reg->name);
}
END_TEST

START_TEST(output)
{
	send("Booting Linux\r\non \x01");
	ck_assert_uint_eq(sunk_len, 19);
	ck_assert_int_eq(memcmp(sunk, "Booting Linux\r\non \x01", sunk_len), 0);
	ck_assert_uint_eq(machine->event_count, 1);
	ck_assert_str_eq(fake_event(machine, 0, EVENT_UART)->text, "Booting Linux");
	ck_assert_int_eq(machine->events[0].event.cpu, 1);
	ck_assert_str_eq(pl011_partial_line(uart), "on \x01");
	pl011_flush(uart);
	ck_assert_str_eq(fake_event(machine, 1, EVENT_UART)->text, "on \x01");
	ck_assert_str_eq(pl011_partial_line(uart), "");
	pl011_flush(uart);
	send("\n");
	ck_assert_str_eq(fake_event(machine, 2, EVENT_UART)->text, "");
	ck_assert_uint_eq(machine->event_count, 3);
	ck_assert_uint_eq(pl011_sent(uart), 20);
}
END_TEST

START_TEST(long_line_comes_in_pieces)
{
	for (unsigned i = 0; i < PL011_LINE_SIZE; i++)
		send("x");
	ck_assert_uint_eq(machine->event_count, 1);
	ck_assert_uint_eq(strlen(machine->events[0].text), PL011_LINE_SIZE - 1);
	ck_assert_str_eq(pl011_partial_line(uart), "x");
}
END_TEST

START_TEST(transmit_interrupt)
{
	put(IMSC, TX);
	ck_assert(!line);
	send("a");
	ck_assert(line);
	ck_assert_uint_eq(get(MIS), TX);
	put(ICR, TX);
	ck_assert(!line);
	put(IMSC, 0);
	send("a");
	ck_assert(!line);
	put(IMSC, TX);
	ck_assert(line);
}
END_TEST

START_TEST(receive_without_fifo)
{
	put(IMSC, RX | RT);
	receive("ab");
	ck_assert(line);
	ck_assert_uint_eq(get(FR), TXFE | RXFF);
	ck_assert_uint_eq(pl011_ops.peek(uart, 0, DR, 4), 'a');
	ck_assert_uint_eq(get(DR), 'a');
	ck_assert(line);
	ck_assert_uint_eq(get(DR), 'b');
	ck_assert(!line);
	ck_assert_uint_eq(get(FR), TXFE | RXFE);
	ck_assert_uint_eq(get(DR), 0);
}
END_TEST

/* Characters that have come, and what IFLS makes of them; the timeout is there for any. */
static const struct { unsigned ifls, count; uint32_t ris; } levels[] = {
	{ 0, 1, RT }, { 0, 2, RX | RT }, { 1, 3, RT }, { 1, 4, RX | RT }, { 2, 7, RT }, { 2, 8, RX | RT },
	{ 3, 11, RT }, { 3, 12, RX | RT }, { 4, 13, RT }, { 4, 14, RX | RT }, { 4, 16, RX | RT }, { 2, 0, 0 },
};

START_TEST(receive_level)
{
	put(LCR_H, FEN);
	put(IFLS, levels[_i].ifls << 3);
	for (unsigned i = 0; i < levels[_i].count; i++)
		receive("z");
	ck_assert_uint_eq(get(RIS), levels[_i].ris);
	for (unsigned i = 0; i < levels[_i].count; i++)
		ck_assert_uint_eq(get(DR), 'z');
	ck_assert_uint_eq(get(RIS), 0);
}
END_TEST

START_TEST(queue)
{
	static uint8_t many[PL011_QUEUE_SIZE + 100];

	for (size_t i = 0; i < sizeof(many); i++)
		many[i] = (uint8_t)(i * 7);
	put(LCR_H, FEN);
	ck_assert_uint_eq(pl011_input(uart, many, sizeof(many)), PL011_QUEUE_SIZE + 16);
	ck_assert_uint_eq(get(FR), TXFE | RXFF);
	put(IMSC, RX);
	for (size_t i = 0; i < PL011_QUEUE_SIZE + 16; i++) {
		/* As the driver does: the interrupt stays until the FIFO is below its trigger. */
		ck_assert(line || i > PL011_QUEUE_SIZE);
		ck_assert_uint_eq(get(DR), many[i]);
	}
	ck_assert(!line);
	ck_assert_uint_eq(get(FR), TXFE | RXFE);
}
END_TEST

START_TEST(save_and_load)
{
	struct strbuf saved = STRBUF_INIT;
	struct device_blob blob;

	put(LCR_H, FEN);
	receive("a long input that does not fit the FIFO");
	send("half a li");
	pl011_ops.save(uart, &saved);
	pl011_ops.reset(uart);
	ck_assert_uint_eq(get(FR), TXFE | RXFE);
	blob = (struct device_blob){ (const uint8_t *)saved.text, saved.len, 0 };
	ck_assert(pl011_ops.load(uart, &blob));
	ck_assert_uint_eq(get(DR), 'a');
	send("ne\n");
	ck_assert_str_eq(fake_event(machine, 0, EVENT_UART)->text, "half a line");
	strbuf_free(&saved);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("device/pl011");
	TCase *tcase = tcase_create("pl011");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, registers, 0, sizeof(regs) / sizeof(regs[0]));
	tcase_add_test(tcase, output);
	tcase_add_test(tcase, long_line_comes_in_pieces);
	tcase_add_test(tcase, transmit_interrupt);
	tcase_add_test(tcase, receive_without_fifo);
	tcase_add_loop_test(tcase, receive_level, 0, sizeof(levels) / sizeof(levels[0]));
	tcase_add_test(tcase, queue);
	tcase_add_test(tcase, save_and_load);
	suite_add_tcase(suite, tcase);
	return suite;
}
