/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/vt_parse.c: characters, controls and control sequences in what a guest writes (ECMA-48 5 and 8.3).
 *
 * What has no effect here is read to its end and dropped.
 */
#include <string.h>

#include "base/utf8.h"
#include "ui/vt_private.h"

#define NUMBER_MAX	9999

/* VT100's line drawing characters from 'j' to 'x'; its five horizontal lines are one. */
static const char drawing[] = "┘┐┌└┼─────├┤┴┬│";

/* ---- characters ---- */

static uint32_t drawn(uint32_t code)
{
	const char *at = drawing;

	if (code == 'a')
		return 0x2592;
	if (code < 'j' || code > 'x')
		return code;
	for (uint32_t c = 'j'; c < code; c++)
		at += utf8_char_len(at);
	return utf8_decode(at);
}

/* A byte of a character of several; one that does not fit is U+FFFD, once. */
static void put_high(struct vt *vt, unsigned char c)
{
	unsigned need = vt->utf8_len ? (unsigned char)vt->utf8[0] : c;

	need = need >= 0xf0 ? 4 : need >= 0xe0 ? 3 : need >= 0xc0 ? 2 : 1;
	vt->utf8[vt->utf8_len++] = (char)c;
	vt->utf8[vt->utf8_len] = '\0';
	if (vt->utf8_len < need)
		return;
	vt_put_char(vt, utf8_decode(vt->utf8));
	vt->utf8_len = 0;
}

/* ECMA-48 5.2 (C0). */
static void do_control(struct vt *vt, char c)
{
	if (c == '\r')
		vt->column = 0;
	else if (c == '\n' || c == '\v' || c == '\f')
		vt_line_feed(vt);
	else if (c == '\b' && vt->column)
		vt->column--;
	else if (c == '\t')
		vt->column = vt->column < VT_ROW_MAX - 8 ? (vt->column | 7) + 1 : vt->column;
	else if (c == '\016' || c == '\017')
		vt->which = c == '\016';
	else if (c == '\033')
		vt->state = VT_ESCAPE;
}

static void put_text(struct vt *vt, char c)
{
	if (vt->utf8_len && ((unsigned char)c & 0xc0) != 0x80) {
		vt->utf8_len = 0;
		vt_put_char(vt, 0xfffd);
	}
	if ((unsigned char)c >= 0x80)
		put_high(vt, (unsigned char)c);
	else if (c < ' ' || c == 0x7f)
		do_control(vt, c);
	else
		vt_put_char(vt, vt->is_drawing[vt->which] ? drawn((unsigned char)c) : (unsigned char)c);
}

/* ---- sequences ---- */

/* Number INDEX, ABSENT when it was not given or 0. */
static long number(const struct vt *vt, unsigned index, long absent)
{
	return index < vt->number_count && vt->numbers[index] ? vt->numbers[index] : absent;
}

/* SGR, ECMA-48 8.3.117. */
static void set_attributes(struct vt *vt)
{
	for (unsigned i = 0; i < vt->number_count || !i; i++) {
		long value = number(vt, i, 0);

		/* 38;5;N and 38;2;R;G;B: a colour, and 48 for the background */
		if (value == 38 || value == 48)
			i += number(vt, i + 1, 0) == 5 ? 2 : 4;
		else if (value == 7)
			vt->is_reverse = true;
		else if (value == 0 || value == 27)
			vt->is_reverse = false;
		/* linux: the drawing characters */
		else if (value == 10 || value == 11)
			vt->is_drawing[0] = value == 11;
	}
}

static void move(struct vt *vt, char final)
{
	long n = number(vt, 0, 1), row = vt->row, column = vt->column;

	switch (final) {
	case 'A': case 'F':
		row -= n;
		break;
	case 'B': case 'E': case 'e':
		row += n;
		break;
	case 'C': case 'a':
		column += n;
		break;
	case 'D':
		column -= n;
		break;
	case 'G': case '`':
		column = n - 1;
		break;
	case 'd':
		row = n - 1;
		break;
	default:
		row = n - 1;
		column = number(vt, 1, 1) - 1;
		break;
	}
	vt_go(vt, row, final == 'E' || final == 'F' ? 0 : column);
	vt->is_addressed = true;
}

static void do_csi(struct vt *vt, char final)
{
	long n = number(vt, 0, 1);

	if (vt->is_private)
		return;
	if (memchr("ABCDEFGHadef`", final, 13))
		move(vt, final);
	else if (final == 'J')
		vt_erase_screen(vt, number(vt, 0, 0));
	else if (final == 'K')
		vt_erase_line(vt, number(vt, 0, 0));
	else if (final == 'X')
		vt_erase_chars(vt, (size_t)n);
	else if (final == '@' || final == 'P')
		vt_shift_chars(vt, final == '@' ? n : -n);
	else if (final == 'L' || final == 'M')
		vt_shift_lines(vt, final == 'L' ? n : -n);
	else if (final == 'r')
		vt_set_margins(vt, n - 1, number(vt, 1, VT_ROWS) - 1);
	else if (final == 'm')
		set_attributes(vt);
}

/* ECMA-48 5.4: parameters, intermediates, and a final byte from @ to ~. */
static void read_csi(struct vt *vt, char c)
{
	if (c >= '@' && c <= '~') {
		vt->state = VT_TEXT;
		do_csi(vt, c);
	} else if (c >= '0' && c <= '9' && vt->number_count <= VT_NUMBERS) {
		long *value = &vt->numbers[vt->number_count ? vt->number_count - 1 : 0];

		vt->number_count += !vt->number_count;
		*value = *value * 10 + c - '0';
		*value = *value < NUMBER_MAX ? *value : NUMBER_MAX;
	} else if (c == ';') {
		vt->number_count += vt->number_count ? 1 : 2;
		/* Those that are too many are read into the last one. */
		vt->number_count = vt->number_count < VT_NUMBERS ? vt->number_count : VT_NUMBERS;
		vt->numbers[vt->number_count - 1] = 0;
	} else if (c >= ' ') {
		vt->is_private = true;
	} else {
		do_control(vt, c);
	}
}

static void begin_csi(struct vt *vt)
{
	vt->state = VT_CSI;
	vt->number_count = 0;
	vt->is_private = false;
	memset(vt->numbers, 0, sizeof(vt->numbers));
}

static void save(struct vt *vt, bool is_back)
{
	if (is_back) {
		vt->row = vt->saved_row;
		vt->column = vt->saved_column;
	}
	vt->saved_row = vt->row;
	vt->saved_column = vt->column;
}

static void read_escape(struct vt *vt, char c)
{
	vt->state = VT_TEXT;
	if (c == '[')
		begin_csi(vt);
	else if (c && strchr("]P^_X", c))
		vt->state = VT_STRING;
	else if (c == '(' || c == ')') {
		vt->state = c == '(' ? VT_CHARSET_0 : VT_CHARSET_1;
	} else if (c >= ' ' && c <= '/')
		vt->state = VT_SKIP_ONE;
	else if (c == '7' || c == '8')
		save(vt, c == '8');
	else if (c == 'D' || c == 'E')
		vt_line_feed(vt);
	else if (c == 'M')
		vt_reverse_line_feed(vt);
	else if (c == '\033')
		vt->state = VT_ESCAPE;
}

static void put_byte(struct vt *vt, char c)
{
	switch (vt->state) {
	case VT_ESCAPE:
		read_escape(vt, c);
		break;
	case VT_CHARSET_0: case VT_CHARSET_1:
		vt->is_drawing[vt->state == VT_CHARSET_1] = c == '0';
		vt->state = VT_TEXT;
		break;
	case VT_SKIP_ONE:
		vt->state = VT_TEXT;
		break;
	case VT_CSI:
		read_csi(vt, c);
		break;
	case VT_STRING:
		/* A line's end is no part of a string: what began one by mistake does not swallow the log. */
		vt->state = c == '\a' || c == '\n' ? VT_TEXT : c == '\033' ? VT_STRING_ESCAPE : VT_STRING;
		break;
	case VT_STRING_ESCAPE:
		vt->state = c == '\\' ? VT_TEXT : VT_STRING;
		break;
	default:
		put_text(vt, c);
		break;
	}
}

void vt_put(struct vt *vt, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		put_byte(vt, text[i]);
}
