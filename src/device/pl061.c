/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/pl061.c: the GPIO block that powers the board off.
 */
#include "device/pl061.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/state.h"

enum {
	GPIODATA_END = 0x400,	/* address bits 9:2 say which data bits an access is about */
	GPIODIR = 0x400, GPIOAFSEL = 0x420, GPIO_ID = 0xfe0,
	GPIO_REG_COUNT = 9,	/* DIR, IS, IBE, IEV, IE, RIS, MIS, IC, AFSEL */
	REG_DIR = 0, REG_RIS = 5, REG_MIS = 6, REG_IC = 7,

	LINE_OFF = 1 << 0, LINE_RESET = 1 << 1,
};

static const uint8_t id_bytes[] = { 0x61, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

struct pl061_state {
	uint8_t data;
	uint8_t outputs;			/* lines that are driven high */
	uint8_t reg[GPIO_REG_COUNT];
};

struct pl061 {
	struct state_head head;
	struct machine *machine;
	struct pl061_state state;
};

static const uint64_t state_tag = STATE_TAG('g', 'p', 'i', 'o', 1);

/* A switch acts when its line goes from low to high. */
static void update_outputs(struct pl061 *gpio)
{
	uint8_t outputs = gpio->state.data & gpio->state.reg[REG_DIR];
	uint8_t rising = outputs & ~gpio->state.outputs;

	gpio->state.outputs = outputs;
	if (rising & LINE_OFF)
		machine_request_power(gpio->machine, POWER_SYSTEM_OFF);
	else if (rising & LINE_RESET)
		machine_request_power(gpio->machine, POWER_SYSTEM_RESET);
}

static uint8_t read_reg(const struct pl061_state *s, unsigned offset)
{
	if (offset < GPIODATA_END)
		return s->outputs & offset >> 2;
	if (offset >= GPIODIR && offset <= GPIOAFSEL)
		return s->reg[(offset - GPIODIR) / 4];
	return offset >= GPIO_ID && offset < PL061_SIZE ? id_bytes[(offset - GPIO_ID) / 4] : 0;
}

static uint64_t pl061_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	const struct pl061 *gpio = dev;

	(void)cpu;
	(void)size;
	return offset & 3 ? 0 : read_reg(&gpio->state, (unsigned)offset);
}

static uint64_t pl061_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	return pl061_peek(dev, cpu, offset, size);
}

static void pl061_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct pl061 *gpio = dev;
	unsigned reg = (unsigned)(offset - GPIODIR) / 4;
	uint8_t mask = (uint8_t)(offset >> 2);

	(void)cpu;
	(void)size;
	if (offset < GPIODATA_END)
		gpio->state.data = (uint8_t)((gpio->state.data & ~mask) | (value & mask));
	else if (reg < GPIO_REG_COUNT && reg != REG_RIS && reg != REG_MIS && reg != REG_IC)
		gpio->state.reg[reg] = (uint8_t)value;
	update_outputs(gpio);
}

static void pl061_reset(void *dev)
{
	struct pl061 *gpio = dev;

	memset(&gpio->state, 0, sizeof(gpio->state));
}

struct pl061 *pl061_new(struct machine *machine)
{
	struct pl061 *gpio = xzalloc(sizeof(*gpio));

	gpio->head = STATE_HEAD(state_tag, gpio->state);
	gpio->machine = machine;
	return gpio;
}

void pl061_free(struct pl061 *gpio)
{
	free(gpio);
}

const struct device_ops pl061_ops = {
	.name = "pl061",
	.reset = pl061_reset,
	.read = pl061_read,
	.write = pl061_write,
	.peek = pl061_peek,
	.save = state_dev_save,
	.load = state_dev_load,
};
