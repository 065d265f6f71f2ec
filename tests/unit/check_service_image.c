/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel files: the arm64 Image header, packings, and everything that is refused by name.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "service/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "elf_file.h"
#include "unit.h"

enum { FILE_SIZE = 1024 };

/* What a file holds beside zeroes: up to three strings at offsets. */
struct part {
	size_t offset;
	const char *text;
	size_t len;
};

#define PART(offset, text) { offset, text, sizeof(text) - 1 }
#define CODE PART(0, "\x1f\x20\x03\xd5")
#define MAGIC PART(56, "ARM\x64")

static const struct refused {
	struct part part[3];
	const char *says;
} refusals[] = {
	{ { CODE, MAGIC, PART(24, "\x01") }, "a big-endian arm64 Image" },
	{ { CODE, MAGIC, PART(8, "\0\0\x20\0\0\0\0\0\0\x10") }, "text_offset 0x200000" },
	{ { CODE, MAGIC, PART(23, "\x01") }, "image_size 0x100000000000000 in the Image header makes no sense" },
	{ { PART(0, "\x28\xb5\x2f\xfd") }, "packed with zstd" },
	{ { PART(0, "\xfd"
		    "7zXZ\0") },
	  "packed with xz" },
	{ { PART(0, "\x04\x22\x4d\x18") }, "packed with lz4" },
	{ { PART(0, "\x02\x21\x4c\x18") }, "packed with lz4 (legacy frame)" },
	{ { PART(0, "BZh91AY") }, "packed with bzip2" },
	{ { PART(0, "MZ"), PART(0x1fe, "\x55\xaa"), PART(0x202, "HdrS") }, "an x86 bzImage" },
	{ { PART(0, "MZ"), PART(0x30, "RISCV"), PART(0x38, "RSC\x05") }, "a RISC-V Image" },
	{ { PART(0x24, "\x18\x28\x6f\x01") }, "a 32-bit Arm zImage" },
	{ { PART(0, "\xd0\x0d\xfe\xed") }, "a device tree" },
	{ { PART(0, "070701") }, "a cpio archive" },
	{ { PART(0, "!<arch>\n") }, "Debian package" },
	{ { PART(0, "MZ"), PART(4, "zimg"), PART(24, "zstd") }, "an EFI zboot image packed with \"zstd\"" },
	{ { PART(0, "MZ"), PART(4, "zimg\0\0\0\0\xff\xff"), PART(24, "gzip") },
	  "the EFI zboot payload is 0xffff bytes" },
	{ { PART(0, "\x7f"
		    "ELF\x01") },
	  "a 32-bit ELF file" },
	{ { PART(0, "\x5d\0\0\x80") }, "packed with lzma, and only gzip is unpacked here" },
	{ { PART(0, "MZ"), PART(60, "\x40\0\0\0PE\0\0\x64\x86") }, "an EFI program" },
	{ { PART(0, "\0\0\0\0") }, "not a kernel" },
	{ { PART(0, "MZ"), MAGIC,
	    PART(60, "\x40\0\0\0PE\0\0\x64\xaa\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
		     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0\x10\0\0") },
	  "cut short: the PE header" },
};

static uint8_t *make_file(const struct part *part)
{
	uint8_t *data = xzalloc(FILE_SIZE);

	for (int i = 0; i < 3; i++)
		if (part[i].text)
			memcpy(data + part[i].offset, part[i].text, part[i].len);
	return data;
}

START_TEST(refused)
{
	const struct refused *r = &refusals[_i];
	uint8_t *data = make_file(r->part);
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(image_from_memory(data, FILE_SIZE, "Image", &err));
	ck_assert_msg(strncmp(err.text, "Image: ", 7) == 0 && strstr(err.text, r->says), "%s", err.text);
	free(data);
}
END_TEST

START_TEST(refuses_text_and_shreds)
{
	static const char text[] = "Ceci n'est pas un noyau.  Hello, world; this is a text file of some length.\n";
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(image_from_memory((const uint8_t *)text, sizeof(text) - 1, "t", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "not a kernel"));
	ck_assert_ptr_null(image_from_memory((const uint8_t *)"\xd5", 1, "t", &err));
	ck_assert_ptr_null(image_load("/nonexistent/Image", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "No such file"));
}
END_TEST

/* An Image that is shorter than its header, or than its first branch. */
START_TEST(refuses_a_cut_image)
{
	static const struct part header[3] = { CODE, MAGIC };
	uint8_t *data = make_file(header);
	struct error err = ERROR_NONE;

	for (size_t size = 4; size < 64; size++) {
		ck_assert_ptr_null(image_from_memory(data, size, "Image", &err));
		ck_assert_msg(strstr(err.text, "cut short"), "%zu: %s", size, err.text);
	}
	memcpy(data, "\x3f\0\0\x14", 4);		/* b .+0xfc */
	ck_assert_ptr_null(image_from_memory(data, 0xfc, "Image", &err));
	ck_assert_str_eq(err.text, "Image: cut short: its first branch goes to offset 0xfc, and there are 0xfc bytes");
	image_free(image_from_memory(data, 0x100, "Image", NULL));
	memcpy(data, "MZ@\xfa\x3f\0\0\x14", 8);
	ck_assert_ptr_null(image_from_memory(data, 0x100, "Image", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "goes to offset 0x100"));
	free(data);
}
END_TEST

/* A header by booting.rst: offset, size and flags as in the fields. */
static struct image *make_image(uint8_t offset_mib8, uint8_t size_kib, uint8_t flags)
{
	static const struct part part[3] = { CODE, MAGIC };
	uint8_t *data = make_file(part);
	struct error err = ERROR_NONE;
	struct image *image;

	data[8 + 2] = offset_mib8;
	data[16 + 1] = size_kib * 4;
	data[24] = flags;
	image = image_from_memory(data, FILE_SIZE, "Image", &err);
	ck_assert_msg(image != NULL, "%s", err.text);
	free(data);
	return image;
}

START_TEST(image_header)
{
	struct image *image = make_image(8, 16, 0xa);

	ck_assert_int_eq(image->kind, IMAGE_ARM64);
	ck_assert_uint_eq(image->text_offset, 0x80000);
	ck_assert_uint_eq(image->memory_size, 16384);
	ck_assert_uint_eq(image->page_size, 4096);
	ck_assert(image->is_anywhere);
	ck_assert_uint_eq(image->bytes.size, FILE_SIZE);
	ck_assert_ptr_null(image->packing);
	ck_assert_uint_eq(image_place(image, 0x40000000), 0x40080000);
	ck_assert_uint_eq(image_place(image, 0x40080000), 0x40080000);
	ck_assert_uint_eq(image_place(image, 0x40080001), 0x40280000);
	image_free(image);
	image = make_image(0, 16, 0x4);
	ck_assert(!image->is_anywhere);
	ck_assert_uint_eq(image->page_size, 16384);
	ck_assert_uint_eq(image_place(image, 0x40000001), 0x40200000);
	image_free(image);
	/* An old kernel says nothing: text_offset is 512 KiB then, and the file is all that is known of its size. */
	image = make_image(0, 0, 0);
	ck_assert_uint_eq(image->text_offset, 0x80000);
	ck_assert_uint_eq(image->memory_size, FILE_SIZE);
	image_free(image);
}
END_TEST

START_TEST(elf_and_raw)
{
	struct elf_file f = elf_file_sound();
	struct image *image = image_from_memory((const uint8_t *)&f, sizeof(f), "vmlinux", NULL);
	uint8_t code[64];

	ck_assert_int_eq(image->kind, IMAGE_ELF);
	ck_assert_uint_eq(elf_segment_count(image->elf), 2);
	image_free(image);
	memset(code, 0, sizeof(code));
	memcpy(code, f.code, sizeof(f.code));
	image = image_from_memory(code, sizeof(code), "code.bin", NULL);
	ck_assert_int_eq(image->kind, IMAGE_RAW);
	ck_assert_uint_eq(image->memory_size, 64);
	ck_assert_uint_eq(image_place(image, 0x40000000), 0x40000000);
	image_free(image);
}
END_TEST

/* gzip -9 of 256 bytes: "\x1f\x20\x03\xd5", zeroes, "ARM\x64" at 56. */
static const uint8_t packed[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x93, 0x57, 0x60, 0xbe, 0xca, 0x80,
	0x0c, 0x18, 0x19, 0x88, 0x02, 0x8e, 0x41, 0xbe, 0x29, 0x0c, 0xc3, 0x00, 0x00, 0x00, 0xce, 0xdb,
	0xdf, 0x3b, 0x00, 0x01, 0x00, 0x00,
};

#ifdef HAVE_ZLIB

START_TEST(packed_image)
{
	struct error err = ERROR_NONE;
	struct image *image = image_from_memory(packed, sizeof(packed), "Image.gz", &err);
	uint8_t zboot[512] = "MZ";

	ck_assert_msg(image != NULL, "%s", err.text);
	ck_assert_int_eq(image->kind, IMAGE_ARM64);
	ck_assert_str_eq(image->packing, "gzip");
	ck_assert_uint_eq(image->bytes.size, 256);
	image_free(image);
	memcpy(zboot + 4, "zimg", 4);
	zboot[8] = 64;
	zboot[12] = sizeof(packed);
	memcpy(zboot + 24, "gzip", 4);
	memcpy(zboot + 64, packed, sizeof(packed));
	image = image_from_memory(zboot, sizeof(zboot), "zboot", &err);
	ck_assert_msg(image != NULL, "%s", err.text);
	ck_assert_str_eq(image->packing, "EFI zboot (gzip)");
	image_free(image);
}
END_TEST

START_TEST(damaged_packing)
{
	uint8_t copy[sizeof(packed)];
	struct error err = ERROR_NONE;

	for (size_t size = 3; size < sizeof(packed); size++) {
		ck_assert_ptr_null(image_from_memory(packed, size, "Image.gz", &err));
		ck_assert_msg(strstr(err.text, "cut short"), "%zu: %s", size, err.text);
	}
	memcpy(copy, packed, sizeof(packed));
	copy[sizeof(packed) - 8] ^= 1;
	ck_assert_ptr_null(image_from_memory(copy, sizeof(copy), "Image.gz", &err));
	ck_assert_msg(strstr(err.text, "damaged gzip data at offset"), "%s", err.text);
}
END_TEST

#else

START_TEST(packed_image)
{
	struct error err = ERROR_NONE;

	ck_assert_ptr_null(image_from_memory(packed, sizeof(packed), "Image.gz", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "built without zlib"));
}
END_TEST

#endif

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/image");
	TCase *tcase = tcase_create("image");

	tcase_add_loop_test(tcase, refused, 0, sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_test(tcase, refuses_text_and_shreds);
	tcase_add_test(tcase, image_header);
	tcase_add_test(tcase, refuses_a_cut_image);
	tcase_add_test(tcase, elf_and_raw);
	tcase_add_test(tcase, packed_image);
#ifdef HAVE_ZLIB
	tcase_add_test(tcase, damaged_packing);
#endif
	suite_add_tcase(suite, tcase);
	return suite;
}
