/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/guest_text.c: a format and its arguments, as the procedure call standard passes them (AAPCS64 6.4.2: X0 to X7,
 * then the stack, in steps of 8 bytes).
 *
 * Of Linux's conversions (Documentation/core-api/printk-formats.rst) those that messages of panics have: strings,
 * characters, numbers, and %p, which is the symbol when it is asked for one.
 */
#include "session/guest_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "session/names.h"

enum { TEXT_MAX = 256, REGISTERS = 8 };

struct reading {
	const struct loaded *loaded;
	const struct cpu *cpu;
	unsigned next;		/* number of the next argument */
	struct strbuf *out;
};

static bool read_memory(const struct reading *r, gva_t va, void *to, size_t size)
{
	gpa_t pa;

	return machine_translate(r->loaded->machine, cpu_index(r->cpu), va, &pa) &&
	       machine_peek(r->loaded->machine, pa, to, size);
}

/* The string at VA into TEXT, of TEXT_MAX bytes. */
static void read_string(const struct reading *r, gva_t va, char *text)
{
	size_t len = 0;

	while (len < TEXT_MAX - 1 && read_memory(r, va + len, &text[len], 1) && text[len])
		len++;
	text[len] = '\0';
}

static uint64_t next_argument(struct reading *r)
{
	unsigned n = r->next++;
	uint64_t value = 0;

	if (n < REGISTERS)
		return cpu_get_reg(r->cpu, (int)n);
	read_memory(r, cpu_get_reg(r->cpu, CPU_SP) + (n - REGISTERS) * sizeof(value), &value, sizeof(value));
	return value;
}

/* One conversion taken apart, like "%-8.3lx". */
struct conversion {
	bool is_left, has_zeros, has_prefix;	/* '-', '0', '#' */
	int width, precision;			/* precision: -1 when none is given */
	unsigned size;				/* bytes */
	char letter;
};

/* A number, or the argument that a '*' stands for; into *N, no more than TEXT_MAX. */
static const char *take_number(struct reading *r, const char *at, int *n)
{
	int64_t value = 0;

	if (*at == '*') {
		value = (int32_t)next_argument(r);
		at++;
	} else {
		for (; isdigit((unsigned char)*at); at++)
			value = value < TEXT_MAX ? value * 10 + (*at - '0') : value;
	}
	*n = value < 0 ? 0 : value < TEXT_MAX ? (int)value : TEXT_MAX;
	return at;
}

/* Take the conversion at AT, behind its '%', apart; returns what follows it. */
static const char *take_conversion(struct reading *r, const char *at, struct conversion *c)
{
	*c = (struct conversion){ .size = sizeof(int), .precision = -1 };
	for (; *at && strchr("-+ #0", *at); at++) {
		c->is_left |= *at == '-';
		c->has_zeros |= *at == '0';
		c->has_prefix |= *at == '#';
	}
	at = take_number(r, at, &c->width);
	if (*at == '.')
		at = take_number(r, at + 1, &c->precision);
	for (; *at && strchr("hlzjtL", *at); at++)
		c->size = *at != 'h' ? sizeof(uint64_t) : c->size > 1 ? c->size / 2 : 1;
	c->letter = *at;
	return *at ? at + 1 : at;
}

static void put_padded(struct reading *r, const struct conversion *c, const char *text)
{
	int len = (int)strlen(text);

	strbuf_printf(r->out, "%*s", c->is_left ? -c->width : c->width > len ? c->width : 0, text);
}

/* VALUE of C's base as digits. */
static void put_digits(const struct conversion *c, uint64_t value, int least, struct strbuf *out)
{
	switch (c->letter) {
	case 'x':
		strbuf_printf(out, "%0*" PRIx64, least, value);
		break;
	case 'X':
		strbuf_printf(out, "%0*" PRIX64, least, value);
		break;
	case 'o':
		strbuf_printf(out, "%0*" PRIo64, least, value);
		break;
	default:
		strbuf_printf(out, "%0*" PRIu64, least, value);
	}
}

static void put_number(struct reading *r, const struct conversion *c)
{
	unsigned shift = 64 - 8 * c->size;
	uint64_t value = next_argument(r) << shift;
	bool is_signed = c->letter == 'd' || c->letter == 'i', is_negative = is_signed && (int64_t)value < 0;
	struct strbuf text = STRBUF_INIT;
	int least = c->precision;

	value = is_negative ? -(uint64_t)((int64_t)value >> shift) : value >> shift;
	if (is_negative)
		strbuf_putc(&text, '-');
	if (c->has_prefix && (c->letter == 'x' || c->letter == 'X'))
		strbuf_puts(&text, "0x");
	/* Zeros fill up the width, unless there is something else to go by. */
	if (least < 0)
		least = c->has_zeros && !c->is_left && c->width > (int)text.len ? c->width - (int)text.len : 1;
	put_digits(c, value, least, &text);
	put_padded(r, c, strbuf_text(&text));
	strbuf_free(&text);
}

static void put_string(struct reading *r, const struct conversion *c)
{
	char text[TEXT_MAX];

	read_string(r, next_argument(r), text);
	if (c->precision >= 0 && c->precision < TEXT_MAX)
		text[c->precision] = '\0';
	put_padded(r, c, text);
}

/* %p, and its letters from AT on; returns what follows them. */
static const char *put_pointer(struct reading *r, const char *at)
{
	uint64_t value = next_argument(r);

	if (*at && strchr("SsBbFf", *at))
		names_format(r->loaded, value, r->out);
	else
		strbuf_printf(r->out, "0x%" PRIx64, value);
	return at + strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}

/* The conversion at AT, behind its '%'; returns what follows it. */
static const char *put_conversion(struct reading *r, const char *at)
{
	struct conversion c;
	const char *end = take_conversion(r, at, &c);

	switch (c.letter) {
	case '%':
		strbuf_putc(r->out, '%');
		break;
	case 'c':
		strbuf_putc(r->out, (char)next_argument(r));
		break;
	case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
		put_number(r, &c);
		break;
	case 's':
		put_string(r, &c);
		break;
	case 'p':
		end = put_pointer(r, end);
		break;
	default:
		strbuf_putc(r->out, '%');
		strbuf_add(r->out, at, (size_t)(end - at));
	}
	return end;
}

/* TEXT as one line of printable characters, without the blanks at its end. */
static void put_line(const char *text, size_t len, struct strbuf *out)
{
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	for (size_t i = 0; i < len && i < TEXT_MAX; i++)
		strbuf_putc(out, isprint((unsigned char)text[i]) ? text[i] : ' ');
}

void guest_text_format(const struct loaded *loaded, const struct cpu *cpu, struct strbuf *out)
{
	struct strbuf text = STRBUF_INIT;
	struct reading r = { .loaded = loaded, .cpu = cpu, .out = &text };
	char format[TEXT_MAX];
	const char *at = format;

	read_string(&r, next_argument(&r), format);
	while (*at && text.len < TEXT_MAX) {
		if (*at == '%')
			at = put_conversion(&r, at + 1);
		else
			strbuf_putc(&text, *at++);
	}
	put_line(strbuf_text(&text), text.len, out);
	strbuf_free(&text);
}
