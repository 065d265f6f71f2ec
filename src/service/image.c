/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/image.c: a kernel file made ready to load.
 */
#include "service/image.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/le.h"
#include "service/gunzip.h"

enum {
	HEADER_SIZE = 64,
	TEXT_OFFSET = 8, IMAGE_SIZE = 16, FLAGS = 24, MAGIC = 56, PE_OFFSET = 60,
	FLAG_BIG_ENDIAN = 1 << 0,
	FLAG_PAGE_SHIFT = 1, FLAG_PAGE_MASK = 3,
	FLAG_ANYWHERE = 1 << 3,
	OLD_TEXT_OFFSET = 0x80000,	/* booting.rst: assumed when image_size is 0 (before Linux 3.17) */
	ZBOOT_OFFSET = 8, ZBOOT_SIZE = 12, ZBOOT_TYPE = 24, ZBOOT_TYPE_LEN = 32,
	PLACE_ALIGN = 2 << 20,
	TEXT_PROBE = 512,		/* bytes looked at to tell text from code */
};

/* A file that is recognised and refused. */
struct foreign {
	size_t offset;
	size_t len;
	const char *magic;
	const char *what;
};

static const struct foreign packings[] = {
	{ 0, 4, "\x28\xb5\x2f\xfd", "packed with zstd, and only gzip is unpacked here: unpack it first (unzstd)" },
	{ 0, 6, "\xfd" "7zXZ\0", "packed with xz, and only gzip is unpacked here: unpack it first (unxz)" },
	{ 0, 4, "\x04\x22\x4d\x18", "packed with lz4, and only gzip is unpacked here: unpack it first (unlz4)" },
	{ 0, 4, "\x02\x21\x4c\x18", "packed with lz4 (legacy frame), and only gzip is unpacked here: unpack it first "
	  "(unlz4)" },
	{ 0, 3, "BZh", "packed with bzip2, and only gzip is unpacked here: unpack it first (bunzip2)" },
	{ 0, 3, "\x5d\0\0", "packed with lzma, and only gzip is unpacked here: unpack it first (unlzma)" },
	{ 0, 4, "\x89LZO", "packed with lzo, and only gzip is unpacked here: unpack it first (lzop -d)" },
};

static const struct foreign foreign[] = {
	{ 0x202, 4, "HdrS", "an x86 bzImage; an arm64 Image is wanted" },
	{ 0x30, 5, "RISCV", "a RISC-V Image; an arm64 Image is wanted" },
	{ 0x38, 4, "RSC\x05", "a RISC-V Image; an arm64 Image is wanted" },
	{ 0x38, 4, "\xcd\x23\x82\x81", "a LoongArch Image; an arm64 Image is wanted" },
	{ 0x24, 4, "\x18\x28\x6f\x01", "a 32-bit Arm zImage; an arm64 Image is wanted" },
	{ 0, 4, "\x27\x05\x19\x56", "a U-Boot uImage; an arm64 Image is wanted" },
	{ 0, 4, "\xd0\x0d\xfe\xed", "a device tree or FIT image; an arm64 Image is wanted" },
	{ 0, 6, "070701", "a cpio archive, perhaps an initrd; an arm64 Image is wanted" },
	{ 0, 7, "!<arch>", "an ar archive or Debian package; an arm64 Image is wanted" },
	{ 0, 4, "PK\x03\x04", "a zip archive; an arm64 Image is wanted" },
	{ 257, 5, "ustar", "a tar archive; an arm64 Image is wanted" },
	{ 0, 2, "#!", "a script; an arm64 Image is wanted" },
};

static const struct foreign *find_foreign(const struct foreign *table, size_t count, const struct bytes *bytes)
{
	for (size_t i = 0; i < count; i++)
		if (bytes->size >= table[i].offset + table[i].len &&
		    memcmp(bytes->data + table[i].offset, table[i].magic, table[i].len) == 0)
			return &table[i];
	return NULL;
}

static bool refuse_foreign(const struct foreign *table, size_t count, const struct bytes *bytes, const char *name,
			   struct error *err)
{
	const struct foreign *f = find_foreign(table, count, bytes);

	return !f || error_set(err, "%s: %s", name, f->what);
}

/* Replace the packed bytes of IMAGE by what the gzip file at OFFSET unpacks to. */
static bool unpack_gzip(struct image *image, size_t offset, size_t size, const char *name, struct error *err)
{
	struct bytes packed = { image->bytes.data + offset, size }, out;

	if (!gunzip_unpack(&packed, IMAGE_SIZE_MAX, name, &out, err))
		return false;
	bytes_free(&image->bytes);
	image->bytes = out;
	return true;
}

static bool is_zboot(const struct bytes *bytes)
{
	return bytes->size >= HEADER_SIZE && memcmp(bytes->data, "MZ", 2) == 0 &&
	       memcmp(bytes->data + 4, "zimg", 4) == 0;
}

/* The wrapping of Linux drivers/firmware/efi/libstub/zboot-header.S: payload offset, size and kind of compression. */
static bool unpack_zboot(struct image *image, const char *name, struct error *err)
{
	const uint8_t *data = image->bytes.data;
	uint64_t offset = le_get32(data + ZBOOT_OFFSET), size = le_get32(data + ZBOOT_SIZE);
	char type[ZBOOT_TYPE_LEN + 1] = "";

	memcpy(type, data + ZBOOT_TYPE, ZBOOT_TYPE_LEN);
	if (strcmp(type, "gzip") != 0)
		return error_set(err, "%s: an EFI zboot image packed with \"%.32s\"; only gzip is unpacked here", name,
				 type);
	if (offset > image->bytes.size || size > image->bytes.size - offset)
		return error_set(err, "%s: cut short: the EFI zboot payload is 0x%" PRIx64 " bytes at offset 0x%" PRIx64
				 ", the file has 0x%zx", name, size, offset, image->bytes.size);
	image->packing = "EFI zboot (gzip)";
	return unpack_gzip(image, offset, size, name, err);
}

static bool unpack(struct image *image, const char *name, struct error *err)
{
	const struct bytes *bytes = &image->bytes;

	if (gunzip_is_gzip(bytes->data, bytes->size)) {
		image->packing = "gzip";
		return unpack_gzip(image, 0, bytes->size, name, err);
	}
	if (is_zboot(bytes))
		return unpack_zboot(image, name, err);
	return refuse_foreign(packings, sizeof(packings) / sizeof(packings[0]), bytes, name, err);
}

static bool is_arm64(const struct bytes *bytes)
{
	return bytes->size >= HEADER_SIZE && memcmp(bytes->data + MAGIC, "ARM\x64", 4) == 0;
}

/* The header begins with a branch to the code, behind an instruction that reads "MZ" where there is an EFI stub
 * (booting.rst: code0, code1). */
static bool check_entry(const struct bytes *bytes, const char *name, struct error *err)
{
	unsigned int at = memcmp(bytes->data, "MZ", 2) == 0 ? 4 : 0;
	uint32_t code = le_get32(bytes->data + at);
	uint64_t to = at + (uint64_t)(code & 0x3ffffff) * 4;

	if (code >> 26 != 5 || code >> 25 & 1 || to < bytes->size)
		return true;
	return error_set(err, "%s: cut short: its first branch goes to offset 0x%" PRIx64 ", and there are 0x%zx bytes",
			 name, to, bytes->size);
}

/* With an EFI stub the header is also a PE header, whose sections say how long the file must be: an Image itself does
 * not. */
static bool check_pe_length(const struct bytes *bytes, const char *name, struct error *err)
{
	uint64_t pe = le_get32(bytes->data + PE_OFFSET), section, count;

	if (memcmp(bytes->data, "MZ", 2) != 0 || pe + 24 > bytes->size || memcmp(bytes->data + pe, "PE\0\0", 4) != 0)
		return true;
	count = le_get16(bytes->data + pe + 6);
	section = pe + 24 + le_get16(bytes->data + pe + 20);
	for (; count-- > 0 && section + 40 <= bytes->size; section += 40) {
		uint64_t end = (uint64_t)le_get32(bytes->data + section + 16) + le_get32(bytes->data + section + 20);

		if (end > bytes->size)
			return error_set(err, "%s: cut short: the PE header needs 0x%" PRIx64 " bytes, there are 0x%zx",
					 name, end, bytes->size);
	}
	return true;
}

static bool read_arm64(struct image *image, const char *name, struct error *err)
{
	static const unsigned int page_sizes[] = { 0, 4096, 16384, 65536 };
	const uint8_t *data = image->bytes.data;

	image->kind = IMAGE_ARM64;
	image->flags = le_get64(data + FLAGS);
	if (image->flags & FLAG_BIG_ENDIAN)
		return error_set(err,
				 "%s: a big-endian arm64 Image (flags 0x%" PRIx64 "); a little-endian one is wanted",
				 name, image->flags);
	image->page_size = page_sizes[image->flags >> FLAG_PAGE_SHIFT & FLAG_PAGE_MASK];
	image->is_anywhere = image->flags & FLAG_ANYWHERE;
	image->text_offset = le_get64(data + TEXT_OFFSET);
	image->memory_size = le_get64(data + IMAGE_SIZE);
	if (image->memory_size == 0)
		image->text_offset = OLD_TEXT_OFFSET;
	if (image->text_offset >= PLACE_ALIGN)
		return error_set(err, "%s: text_offset 0x%" PRIx64 " in the Image header; below 0x%x would be right",
				 name, image->text_offset, PLACE_ALIGN);
	if (image->memory_size > UINT64_C(1) << 48)
		return error_set(err, "%s: image_size 0x%" PRIx64 " in the Image header makes no sense", name,
				 image->memory_size);
	if (image->memory_size < image->bytes.size)
		image->memory_size = image->bytes.size;
	return check_pe_length(&image->bytes, name, err) && check_entry(&image->bytes, name, err);
}

static bool is_text(const struct bytes *bytes)
{
	size_t len = bytes->size < TEXT_PROBE ? bytes->size : TEXT_PROBE;

	for (size_t i = 0; i < len; i++)
		if (bytes->data[i] < '\t' || bytes->data[i] == 0x7f)
			return false;
	return true;
}

/* Is the first word in an allocated group of A64 instructions?  Arm ARM C4.1: op0, bits 28:25. */
static bool starts_with_code(const struct bytes *bytes)
{
	unsigned int op0;

	if (bytes->size < 4)
		return false;
	op0 = le_get32(bytes->data) >> 25 & 0xf;
	return op0 != 0 && op0 != 1 && op0 != 3;
}

static bool read_raw(struct image *image, const char *name, struct error *err)
{
	const struct bytes *bytes = &image->bytes;
	bool is_pe = bytes->size >= 2 && memcmp(bytes->data, "MZ", 2) == 0;

	if (is_text(bytes) || (!is_pe && !starts_with_code(bytes)))
		return error_set(
			err,
			"%s: not a kernel: no \"ARM\\x64\" at offset 56 of an arm64 Image, no ELF, and what it "
			"starts with is not AArch64 code",
			name);
	if (bytes->size < HEADER_SIZE)
		return error_set(err, "%s: cut short: %zu bytes, and the header of an arm64 Image alone has %d (a few "
				 "instructions without any header: --load FILE@ADDR)", name, bytes->size, HEADER_SIZE);
	if (is_pe)
		return error_set(err, "%s: an EFI program (PE) that is no arm64 Image, which is wanted", name);
	image->kind = IMAGE_RAW;
	image->memory_size = bytes->size;
	return true;
}

static bool read_kernel(struct image *image, const char *name, struct error *err)
{
	if (!unpack(image, name, err))
		return false;
	if (elf_is_elf(image->bytes.data, image->bytes.size)) {
		image->kind = IMAGE_ELF;
		image->elf = elf_new(image->bytes.data, image->bytes.size, name, err);
		return image->elf != NULL;
	}
	if (is_arm64(&image->bytes))
		return read_arm64(image, name, err);
	return refuse_foreign(foreign, sizeof(foreign) / sizeof(foreign[0]), &image->bytes, name, err) &&
	       read_raw(image, name, err);
}

/* An image of BYTES, which it takes over. */
static struct image *image_new(struct bytes bytes, const char *name, struct error *err)
{
	struct image *image = xzalloc(sizeof(*image));

	image->bytes = bytes;
	if (read_kernel(image, name, err))
		return image;
	image_free(image);
	return NULL;
}

struct image *image_load(const char *path, struct error *err)
{
	struct bytes bytes;

	if (!file_read(path, IMAGE_SIZE_MAX, &bytes, err))
		return NULL;
	return image_new(bytes, path, err);
}

struct image *image_from_memory(const uint8_t *data, size_t size, const char *name, struct error *err)
{
	return image_new((struct bytes){ xmemdup(data, size), size }, name, err);
}

void image_free(struct image *image)
{
	if (!image)
		return;
	elf_free(image->elf);
	bytes_free(&image->bytes);
	free(image);
}

gpa_t image_place(const struct image *image, gpa_t base)
{
	gpa_t boundary = base / PLACE_ALIGN * PLACE_ALIGN;

	assert(base < UINT64_C(1) << 52);
	while (boundary + image->text_offset < base)
		boundary += PLACE_ALIGN;
	return boundary + image->text_offset;
}
