/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ELF reader: what it reads of a sound file, and what it says of files that are not.
 */
#include "service/elf.h"

#include <string.h>

#include "elf_file.h"
#include "unit.h"

static void not_elf(struct elf_file *f)
{
	f->header.e_ident[0] = 'M';
}

static void class32(struct elf_file *f)
{
	f->header.e_ident[EI_CLASS] = ELFCLASS32;
}

static void big_endian(struct elf_file *f)
{
	f->header.e_ident[EI_DATA] = ELFDATA2MSB;
}

static void x86(struct elf_file *f)
{
	f->header.e_machine = EM_X86_64;
}

static void object_file(struct elf_file *f)
{
	f->header.e_type = ET_REL;
}

static void no_segment(struct elf_file *f)
{
	f->header.e_phnum = 0;
}

static void headers_outside(struct elf_file *f)
{
	f->header.e_phoff = UINT64_MAX - 8;
}

static void odd_headers(struct elf_file *f)
{
	f->header.e_phentsize = 32;
}

static void segment_outside(struct elf_file *f)
{
	f->segment[1].p_offset = sizeof(*f) - 4;
}

static void segment_offset_wraps(struct elf_file *f)
{
	f->segment[1].p_offset = UINT64_MAX - 3;
}

static void more_in_file(struct elf_file *f)
{
	f->segment[1].p_memsz = 4;
}

static void address_wraps(struct elf_file *f)
{
	f->segment[1].p_paddr = UINT64_MAX - 16;
}

static void overlap(struct elf_file *f)
{
	f->segment[1].p_paddr = 0x40080008;
}

static const struct row {
	void (*change)(struct elf_file *f);
	const char *says;
} rows[] = {
	{ not_elf, "not an ELF file" },
	{ class32, "a 32-bit ELF file; 64-bit AArch64 is wanted" },
	{ big_endian, "a big-endian ELF file" },
	{ x86, "an ELF file for x86-64 (machine 62); AArch64 (183) is wanted" },
	{ object_file, "an object file; link it first" },
	{ no_segment, "no segment to load" },
	{ headers_outside, "cut short: 2 program headers at offset 0xfffffffffffffff7" },
	{ odd_headers, "program headers of 32 bytes, where 56 would be right" },
	{ segment_outside, "cut short: segment 1 is 0x8 bytes at offset" },
	{ segment_offset_wraps, "cut short: segment 1" },
	{ more_in_file, "segment 1 has more bytes in the file (0x8) than in memory (0x4)" },
	{ address_wraps, "segment 1 at 0xffffffffffffffef runs over the end" },
	{ overlap, "segments 0 (0x40080000+0x10) and 1 (0x40080008+0x20) overlap" },
};

START_TEST(refused)
{
	struct elf_file f = elf_file_sound();
	struct error err = ERROR_NONE;

	rows[_i].change(&f);
	ck_assert_ptr_null(elf_new((const uint8_t *)&f, sizeof(f), "f.elf", &err));
	ck_assert_msg(strncmp(err.text, "f.elf: ", 7) == 0 && strstr(err.text, rows[_i].says), "%s", err.text);
}
END_TEST

START_TEST(cut_anywhere)
{
	struct elf_file f = elf_file_sound();

	for (size_t size = 0; size < sizeof(f); size++) {
		struct error err = ERROR_NONE;
		struct elf *elf = elf_new((const uint8_t *)&f, size, "f.elf", &err);

		ck_assert(elf || error_is_set(&err));
		elf_free(elf);
	}
}
END_TEST

START_TEST(segments)
{
	struct elf_file f = elf_file_sound();
	struct elf *elf = elf_new((const uint8_t *)&f, sizeof(f), "f.elf", NULL);
	gpa_t pa;

	ck_assert_uint_eq(elf_segment_count(elf), 2);
	ck_assert_uint_eq(elf_segment(elf, 1)->paddr, 0x40090000);
	ck_assert_uint_eq(elf_segment(elf, 1)->filesz, 8);
	ck_assert_uint_eq(elf_segment(elf, 1)->memsz, 32);
	ck_assert(elf_segment(elf, 0)->is_executable && !elf_segment(elf, 1)->is_executable);
	ck_assert_int_eq(memcmp(elf_segment(elf, 0)->data, f.code, sizeof(f.code)), 0);
	ck_assert_uint_eq(elf_entry(elf), ELF_FILE_HIGH + 0x40080000);
	ck_assert(elf_to_physical(elf, elf_entry(elf) + 4, &pa));
	ck_assert_uint_eq(pa, 0x40080004);
	ck_assert(!elf_to_physical(elf, 0x40080000, &pa));
	elf_free(elf);
}
END_TEST

START_TEST(symbols_and_sections)
{
	struct elf_file f = elf_file_sound();
	struct elf *elf = elf_new((const uint8_t *)&f, sizeof(f), "f.elf", NULL);
	size_t size = 0;

	ck_assert_uint_eq(elf_symbol_count(elf), 5);
	ck_assert_str_eq(elf_symbol(elf, 0)->name, "_start");
	ck_assert_int_eq(elf_symbol(elf, 0)->kind, ELF_SYMBOL_FUNCTION);
	ck_assert(elf_symbol(elf, 0)->is_global && !elf_symbol(elf, 1)->is_global);
	ck_assert_str_eq(elf_symbol(elf, 3)->name, "CONST");
	ck_assert(elf_symbol(elf, 3)->is_absolute);
	ck_assert_ptr_nonnull(elf_section(elf, ".text", &size));
	ck_assert_uint_eq(size, 16);
	ck_assert_ptr_null(elf_section(elf, ".debug_line", &size));
	elf_free(elf);
}
END_TEST

/* Damage to what names things costs the names, not the program. */
START_TEST(bad_sections_cost_names_only)
{
	struct elf_file f = elf_file_sound();
	struct elf *elf;
	size_t size;

	f.strings[sizeof(f.strings) - 1] = 'x';
	f.symbol[1].st_name = sizeof(f.strings) - 1;
	f.symbol[2].st_name = 0x7fffffff;
	elf = elf_new((const uint8_t *)&f, sizeof(f), "f.elf", NULL);
	ck_assert_uint_eq(elf_symbol_count(elf), 3);
	elf_free(elf);
	f.section[2].sh_link = 99;
	f.header.e_shstrndx = 77;
	elf = elf_new((const uint8_t *)&f, sizeof(f), "f.elf", NULL);
	ck_assert_uint_eq(elf_symbol_count(elf), 0);
	ck_assert_ptr_null(elf_section(elf, ".text", &size));
	elf_free(elf);
	f.header.e_shoff = UINT64_MAX - 63;
	elf = elf_new((const uint8_t *)&f, sizeof(f), "f.elf", NULL);
	ck_assert_uint_eq(elf_segment_count(elf), 2);
	elf_free(elf);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/elf");
	TCase *tcase = tcase_create("elf");

	tcase_add_loop_test(tcase, refused, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tcase, cut_anywhere);
	tcase_add_test(tcase, segments);
	tcase_add_test(tcase, symbols_and_sections);
	tcase_add_test(tcase, bad_sections_cost_names_only);
	suite_add_tcase(suite, tcase);
	return suite;
}
