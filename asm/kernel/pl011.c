/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pl011.c: the console: an Arm PrimeCell UART (DDI 0183), written to and polled.
 */
#include "init.h"
#include "mm.h"
#include "of.h"
#include "printk.h"
#include "setup.h"
#include "string.h"

/* Registers, as indices of 32-bit words. */
enum { UARTDR = 0x00 / 4, UARTFR = 0x18 / 4, UARTLCR_H = 0x2c / 4, UARTCR = 0x30 / 4 };

#define UARTFR_TXFF	(1 << 5)	/* no room for another byte */
#define UARTLCR_H_FEN	(1 << 4)	/* FIFOs on */
#define UARTLCR_H_WLEN8	(3 << 5)	/* eight bits a character */
#define UARTCR_UARTEN	(1 << 0)
#define UARTCR_TXE	(1 << 8)
#define UARTCR_RXE	(1 << 9)

static volatile u32 *uart;

static void pl011_putc(char c)
{
	while (uart[UARTFR] & UARTFR_TXFF)
		;
	uart[UARTDR] = c;
}

static void pl011_write(const char *text, size_t len)
{
	for (; len; len--, text++) {
		if (*text == '\n')
			pl011_putc('\r');
		pl011_putc(*text);
	}
}

static const struct console pl011_console = { .name = "pl11", .write = pl011_write };

static const struct of_device_id pl011_of_match[] = {
	{ .compatible = "arm,pl011" },
	{},
};

/* The node that /chosen names as stdout-path: a path, or a name from /aliases, perhaps with ":115200" behind it. */
static struct device_node *of_stdout_node(void)
{
	const char *text;
	char path[128];

	if (of_property_read_string(of_find_node_by_path("/chosen"), "stdout-path", &text))
		return NULL;
	strscpy(path, text, sizeof(path));
	for (char *p = path; *p; p++)
		if (*p == ':')
			*p = '\0';
	if (path[0] != '/') {
		if (of_property_read_string(of_find_node_by_path("/aliases"), path, &text))
			return NULL;
		strscpy(path, text, sizeof(path));
	}
	return of_find_node_by_path(path);
}

void setup_earlycon(void)
{
	const struct of_device_id *match;
	struct device_node *np = of_stdout_node();
	u64 base;

	if (!np)
		np = of_find_matching_node_and_match(pl011_of_match, &match);
	if (!np || of_property_read_number(np, "reg", of_n_addr_cells(np), &base))
		return;
	uart = early_ioremap(base);
	uart[UARTLCR_H] = UARTLCR_H_WLEN8 | UARTLCR_H_FEN;
	uart[UARTCR] = UARTCR_UARTEN | UARTCR_TXE | UARTCR_RXE;
	pr_info("earlycon: pl11 at MMIO 0x%016lx (options '')\n", base);
	register_console(&pl011_console);
}

/*
 * pl011_init: where Linux registers the real driver, with interrupts and a tty.  Like every driver's initcall it runs
 * in kernel_init, on the boot CPU, after all CPUs are up, and before the next driver's.
 */
static int pl011_init(void)
{
	if (!uart)
		return -ENODEV;
	pr_info("Serial: AMBA PL011 UART driver\n");
	return 0;
}
device_initcall(pl011_init);
