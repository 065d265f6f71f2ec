/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kallsyms inside a raw Image: tables made here in each of the known orders must be found between other bytes and
 * give back their names and addresses; damaged ones must be refused.
 *
 * SMPTUTOR_LINUX_IMAGE and SMPTUTOR_LINUX_KALLSYMS may name a real kernel and its own /proc/kallsyms to compare with.
 */
#include "service/kallsyms.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "unit.h"

enum {
	COUNT = 600,			/* symbols: three markers */
	LEAD = 4096,			/* bytes before the table */
	LINK_ALIGN = 2 << 20,
	WIDE_EVERY = 100,		/* every so often a name of more than 127 bytes, as since 6.1 */
};

/* The orders of scripts/kallsyms.c. */
enum order { ORDER_OLD, ORDER_SEQS, ORDER_NEW };

static const struct layout {
	const char *name;
	enum order order;
	bool is_absolute;
	bool is_relocated;		/* relative_base is 0 in place, its value in a relocation */
	bool has_wide;			/* names of more than 127 bytes */
	bool is_placed;			/* offsets from where they lie, and no relative_base */
} layouts[] = {
	{ "5.10", ORDER_OLD, false, false, false, false },
	{ "5.10, KASLR", ORDER_OLD, false, true, false, false },
	{ "5.10, absolute", ORDER_OLD, true, false, false, false },
	{ "6.1, KASLR", ORDER_OLD, false, true, true, false },
	{ "6.2", ORDER_SEQS, false, true, true, false },
	{ "6.4, absolute", ORDER_NEW, true, false, true, false },
	{ "6.12", ORDER_NEW, false, false, true, false },
	{ "6.12, KASLR", ORDER_NEW, false, true, true, false },
	{ "7.2", ORDER_NEW, false, false, true, true },
	{ "7.2, relocations to be applied", ORDER_NEW, false, true, true, true },
};

static const gva_t base = UINT64_C(0xffff800008000000);

/* An image under construction. */
struct maker {
	struct strbuf out;
	size_t align;			/* of each part of the table */
	size_t base_at;			/* where relative_base is */
};

static void put_le(struct maker *m, uint64_t value, unsigned int bytes)
{
	for (; bytes-- > 0; value >>= 8)
		strbuf_putc(&m->out, (char)value);
}

static void align(struct maker *m)
{
	while (m->out.len % m->align)
		strbuf_putc(&m->out, '\0');
}

static gva_t addr_of(unsigned int i)
{
	return base + 0x100 + i * 0x40;
}

/* Symbol I as kallsyms has it: its type, then its name; one in WIDE_EVERY is long. */
static void name_of(const struct layout *layout, unsigned int i, struct strbuf *out)
{
	strbuf_printf(out, "%csym_%u", i % 3 ? 't' : 'T', i);
	if (layout->has_wide && i % WIDE_EVERY == 7)
		for (int n = 0; n < 200; n++)
			strbuf_putc(out, 'a' + n % 26);
}

/* The packed name: "sym_" is token 0x80, all other characters stand for themselves. */
static void put_name(struct maker *m, const struct layout *layout, unsigned int i)
{
	struct strbuf name = STRBUF_INIT;
	size_t len;

	name_of(layout, i, &name);
	len = name.len - 3;
	if (len > 127)
		put_le(m, (len & 0x7f) | 0x80, 1);
	put_le(m, len > 127 ? len >> 7 : len, 1);
	put_le(m, name.text[0], 1);
	put_le(m, 0x80, 1);
	strbuf_add(&m->out, name.text + 5, name.len - 5);
	strbuf_free(&name);
}

static void put_values(struct maker *m, const struct layout *layout)
{
	for (unsigned int i = 0; i < COUNT; i++) {
		if (layout->is_absolute)
			put_le(m, addr_of(i), 8);
		else if (layout->is_placed)
			put_le(m, addr_of(i) - base - m->out.len, 4);
		else
			put_le(m, addr_of(i) - addr_of(0), 4);
	}
	align(m);
	if (layout->is_absolute || layout->is_placed)
		return;
	m->base_at = m->out.len;
	put_le(m, layout->is_relocated ? 0 : addr_of(0), 8);
}

static void put_names(struct maker *m, const struct layout *layout)
{
	uint32_t marker[COUNT / 256 + 1];
	size_t start;

	put_le(m, COUNT, 4);
	align(m);
	start = m->out.len;
	for (unsigned int i = 0; i < COUNT; i++) {
		if (i % 256 == 0)
			marker[i / 256] = m->out.len - start;
		put_name(m, layout, i);
	}
	align(m);
	for (unsigned int i = 0; i <= (COUNT - 1) / 256; i++)
		put_le(m, marker[i], 4);
	align(m);
}

static void put_seqs(struct maker *m)
{
	for (unsigned int i = 0; i < COUNT; i++)
		put_le(m, i, 3);
	align(m);
}

static void put_tokens(struct maker *m)
{
	size_t start = m->out.len, index[256];

	for (unsigned int i = 0; i < 256; i++) {
		index[i] = m->out.len - start;
		if (i == 0x80)
			strbuf_puts(&m->out, "sym_");
		else if (i > ' ' && i < 0x7f)
			strbuf_putc(&m->out, (char)i);
		strbuf_putc(&m->out, '\0');
	}
	align(m);
	for (unsigned int i = 0; i < 256; i++)
		put_le(m, index[i], 2);
	align(m);
}

/* .rela.dyn: some entries, among them the one of relative_base. */
static void put_relocations(struct maker *m)
{
	for (unsigned int i = 0; i < 40; i++) {
		put_le(m, base + (i == 20 ? m->base_at : 0x20 + i * 8), 8);
		put_le(m, 1027, 8);
		put_le(m, i == 20 ? addr_of(0) : base + 0x300000 + i * 0x1000, 8);
	}
}

/* Words of data: lists that are empty, one that is not and one whose words only look like that. */
static void put_lists(struct maker *m)
{
	for (unsigned int i = 0; i < 12; i++) {
		gva_t value = i == 3 ? base + 0x40 : base + m->out.len + (i % 5 == 4 ? LINK_ALIGN : 0);

		put_le(m, value, 8);
		put_le(m, value, 8);
	}
}

static struct bytes make(const struct layout *layout)
{
	struct maker m = { .out = STRBUF_INIT, .align = layout->is_placed ? 4 : 8 };
	size_t size;

	/* What comes before is like code: words, among them a token table that is none. */
	for (unsigned int i = 0; i < LEAD / 4; i++)
		put_le(&m, i == 100 ? 0x00310030 : 0xd503201f, 4);
	if (layout->order != ORDER_NEW)
		put_values(&m, layout);
	put_names(&m, layout);
	if (layout->order == ORDER_SEQS)
		put_seqs(&m);
	put_tokens(&m);
	if (layout->order == ORDER_NEW) {
		put_values(&m, layout);
		put_seqs(&m);
	}
	m.align = 8;
	align(&m);
	if (layout->is_relocated)
		put_relocations(&m);
	else if (layout->is_placed)
		put_lists(&m);
	for (unsigned int i = 0; i < LEAD / 4; i++)
		put_le(&m, 0xd503201f, 4);
	size = m.out.len;
	return (struct bytes){ (uint8_t *)strbuf_steal(&m.out), size };
}

/* What a reading is compared with. */
struct expected {
	const struct layout *layout;
	unsigned int seen;
};

static void compare(void *ctx, const char *name, char type, gva_t addr)
{
	struct expected *e = ctx;
	struct strbuf want = STRBUF_INIT;

	name_of(e->layout, e->seen, &want);
	ck_assert_str_eq(name, want.text + 1);
	ck_assert_int_eq(type, want.text[0]);
	ck_assert_uint_eq(addr, addr_of(e->seen));
	strbuf_free(&want);
	e->seen++;
}

START_TEST(every_layout)
{
	struct expected e = { .layout = &layouts[_i] };
	struct bytes image = make(e.layout);
	struct error err = ERROR_NONE;
	struct kallsyms *k = kallsyms_new(&image, "Image", &err);

	ck_assert_msg(k != NULL, "%s: %s", e.layout->name, err.text);
	ck_assert_uint_eq(kallsyms_count(k), COUNT);
	ck_assert_uint_eq(kallsyms_link_base(k), base);
	kallsyms_each(k, compare, &e);
	ck_assert_uint_eq(e.seen, COUNT);
	kallsyms_free(k);
	bytes_free(&image);
}
END_TEST

static size_t find(const struct bytes *image, const void *what, size_t len)
{
	const uint8_t *at = memmem(image->data, image->size, what, len);

	ck_assert_ptr_nonnull(at);
	return at - image->data;
}

START_TEST(damage_is_refused)
{
	static const uint8_t digits[] = "0\0" "1\0" "2\0" "3\0" "4";
	struct bytes image = make(&layouts[3]);
	struct error err = ERROR_NONE;
	size_t tokens = find(&image, digits, sizeof(digits));

	image.data[tokens + 200]++;
	image.data[tokens + 201] = 'x';
	ck_assert_ptr_null(kallsyms_new(&image, "Image", &err));
	ck_assert_str_eq(err.text, "Image: no kallsyms table in it: give its symbols with --symbols");
	bytes_free(&image);

	image = make(&layouts[3]);
	image.data[find(&image, "\x58\x02\0\0\0\0\0\0", 8)]++;
	ck_assert_ptr_null(kallsyms_new(&image, "Image", &err));
	ck_assert_msg(strstr(err.text, "no names that fit it"), "%s", err.text);
	bytes_free(&image);

	/* One offset above its successor. */
	image = make(&layouts[3]);
	image.data[find(&image, "\x40\0\0\0\x80\0\0\0\xc0\0\0\0", 12) + 3] = 0x7f;
	ck_assert_ptr_null(kallsyms_new(&image, "Image", &err));
	ck_assert_msg(strstr(err.text, "no addresses that fit them"), "%s", err.text);
	bytes_free(&image);
}
END_TEST

START_TEST(cut_anywhere)
{
	struct bytes image = make(&layouts[_i]);

	for (size_t size = 0; size < image.size; size += 97) {
		struct bytes cut = { xmemdup(image.data, size), size };

		kallsyms_free(kallsyms_new(&cut, "Image", NULL));
		bytes_free(&cut);
	}
	bytes_free(&image);
}
END_TEST

static void print_symbol(void *ctx, const char *name, char type, gva_t addr)
{
	strbuf_printf(ctx, "%016" PRIx64 " %c %s\n", addr, type, name);
}

START_TEST(a_real_kernel)
{
	const char *path = getenv("SMPTUTOR_LINUX_IMAGE"), *list = getenv("SMPTUTOR_LINUX_KALLSYMS");
	struct strbuf seen = STRBUF_INIT;
	struct error err = ERROR_NONE;
	struct bytes image, want;
	struct kallsyms *k;

	if (!path || !list)
		return;
	ck_assert_msg(file_read(path, SIZE_MAX, &image, &err) && file_read(list, SIZE_MAX, &want, &err), "%s",
		      err.text);
	k = kallsyms_new(&image, path, &err);
	ck_assert_msg(k != NULL, "%s", err.text);
	kallsyms_each(k, print_symbol, &seen);
	ck_assert_uint_eq(seen.len, want.size);
	ck_assert(memcmp(seen.text, want.data, want.size) == 0);
	kallsyms_free(k);
	strbuf_free(&seen);
	bytes_free(&image);
	bytes_free(&want);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/kallsyms");
	TCase *tcase = tcase_create("kallsyms");

	tcase_add_loop_test(tcase, every_layout, 0, sizeof(layouts) / sizeof(layouts[0]));
	tcase_add_test(tcase, damage_is_refused);
	tcase_add_loop_test(tcase, cut_anywhere, 0, sizeof(layouts) / sizeof(layouts[0]));
	tcase_add_test(tcase, a_real_kernel);
	suite_add_tcase(suite, tcase);
	return suite;
}
