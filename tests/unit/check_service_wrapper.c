/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Boot-wrappers: the tree and the kernel inside a firmware ELF are found by their headers, and nothing else is.
 */
#include "service/wrapper.h"

#include <elf.h>
#include <stddef.h>
#include <string.h>

#include "tree.h"
#include "unit.h"

enum { SIZE = 0x10000, IMAGE_SIZE = 16, MAGIC = 56 };

#define BASE	UINT64_C(0x80000800)	/* not at a page: the Image is where pages are in memory */

/* One segment of SIZE bytes at BASE. */
struct file { Elf64_Ehdr header; Elf64_Phdr segment; uint8_t bytes[SIZE]; };

static struct file file;
static struct dtb *tree;

static void setup(void)
{
	memset(&file, 0, sizeof(file));
	memcpy(file.header.e_ident, ELFMAG, SELFMAG);
	file.header.e_ident[EI_CLASS] = ELFCLASS64;
	file.header.e_ident[EI_DATA] = ELFDATA2LSB;
	file.header.e_ident[EI_VERSION] = EV_CURRENT;
	file.header.e_type = ET_EXEC;
	file.header.e_machine = EM_AARCH64;
	file.header.e_entry = BASE;
	file.header.e_phoff = offsetof(struct file, segment);
	file.header.e_phentsize = sizeof(Elf64_Phdr);
	file.header.e_phnum = 1;
	file.segment = (Elf64_Phdr){ .p_type = PT_LOAD, .p_offset = offsetof(struct file, bytes), .p_paddr = BASE,
		.p_vaddr = BASE, .p_filesz = SIZE, .p_memsz = SIZE };
	tree = tree_psci(2);
}

static void teardown(void)
{
	dtb_free(tree);
}

/* Put the tree at OFFSET of the segment; its size. */
static size_t put_tree(size_t offset)
{
	size_t size;
	const void *blob = dtb_blob(tree, &size);

	memcpy(file.bytes + offset, blob, size);
	return size;
}

/* The header of an Image at OFFSET that takes MEMORY bytes. */
static void put_image(size_t offset, uint16_t memory)
{
	file.bytes[offset + IMAGE_SIZE] = (uint8_t)memory;
	file.bytes[offset + IMAGE_SIZE + 1] = (uint8_t)(memory >> 8);
	memcpy(file.bytes + offset + MAGIC, "ARM\x64", 4);
}

/* Look into the file; the ELF is freed, so only what the wrapper says of places counts. */
static struct wrapper look(void)
{
	struct error err = ERROR_NONE;
	struct elf *elf = elf_new((const uint8_t *)&file, sizeof(file), "test", &err);
	struct wrapper wrapper;

	ck_assert_msg(elf != NULL, "%s", err.text);
	wrapper_init(&wrapper, elf, "test");
	elf_free(elf);
	return wrapper;
}

START_TEST(finds_both)
{
	size_t size = put_tree(0x108);
	struct wrapper wrapper;

	put_image(0x3800, 0x2000);
	wrapper = look();
	ck_assert_ptr_nonnull(wrapper.dtb);
	ck_assert_uint_eq(wrapper.tree.base, BASE + 0x108);
	ck_assert_uint_eq(wrapper.tree.size, size);
	ck_assert_uint_eq(wrapper.kernel.base, 0x80004000);
	ck_assert_uint_eq(wrapper.kernel.size, 0x2000);
	ck_assert_ptr_eq(wrapper.kernel.data, file.bytes + 0x3800);
	wrapper_fini(&wrapper);
	ck_assert_ptr_null(wrapper.dtb);
}
END_TEST

START_TEST(finds_nothing)
{
	struct wrapper wrapper = look();

	ck_assert(!wrapper.dtb && !wrapper.tree.size && !wrapper.kernel.size);
	wrapper_fini(&wrapper);
}
END_TEST

/* A header that names no size, or more than there is, means all that the segment has. */
START_TEST(kernel_is_no_longer_than_its_segment)
{
	struct wrapper wrapper;

	put_image(0x3800, 0);
	wrapper = look();
	ck_assert_uint_eq(wrapper.kernel.size, SIZE - 0x3800);
	wrapper_fini(&wrapper);
	put_image(0x3800, 0xffff);
	wrapper = look();
	ck_assert_uint_eq(wrapper.kernel.size, SIZE - 0x3800);
	wrapper_fini(&wrapper);
}
END_TEST

/* Headers that are not where they can be are other bytes: a tree starts at 8 bytes, an Image at a page. */
START_TEST(where_headers_can_be)
{
	struct wrapper wrapper;

	put_tree(0x10c);
	put_image(0x4000, 0x2000);
	wrapper = look();
	ck_assert(!wrapper.dtb && !wrapper.kernel.size);
	wrapper_fini(&wrapper);
}
END_TEST

/* A tree inside the kernel is one of its own (a built-in test tree, say), and so is one without a board. */
START_TEST(other_trees_do_not_count)
{
	struct wrapper wrapper;

	put_image(0x1800, 0x4000);
	put_tree(0x2000);
	wrapper = look();
	ck_assert(!wrapper.dtb && wrapper.kernel.size == 0x4000);
	wrapper_fini(&wrapper);

	put_tree(0x6000);
	wrapper = look();
	ck_assert_uint_eq(wrapper.tree.base, BASE + 0x6000);
	wrapper_fini(&wrapper);

	dtb_free(tree);
	tree = tree_empty();
	put_tree(0x5900);
	wrapper = look();
	ck_assert_uint_eq(wrapper.tree.base, BASE + 0x6000);	/* not the empty one before it */
	wrapper_fini(&wrapper);
}
END_TEST

/* The magic word, and then nothing, a size beyond the file, or damage: no tree, and no read past the end. */
START_TEST(damaged_trees)
{
	static const uint8_t magic[] = { 0xd0, 0x0d, 0xfe, 0xed };
	struct wrapper wrapper;

	memcpy(file.bytes + SIZE - 8, magic, 4);
	memcpy(file.bytes + 0x100, magic, 4);
	memset(file.bytes + 0x104, 0xff, 4);
	put_tree(0x1000);
	memset(file.bytes + 0x1008, 0xff, 4);	/* off_dt_struct */
	wrapper = look();
	ck_assert(!wrapper.dtb && !wrapper.tree.size);
	wrapper_fini(&wrapper);
}
END_TEST

Suite *unit_suite(void)
{
	Suite *suite = suite_create("service/wrapper");
	TCase *tc = tcase_create("wrapper");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, finds_both);
	tcase_add_test(tc, finds_nothing);
	tcase_add_test(tc, kernel_is_no_longer_than_its_segment);
	tcase_add_test(tc, where_headers_can_be);
	tcase_add_test(tc, other_trees_do_not_count);
	tcase_add_test(tc, damaged_trees);
	suite_add_tcase(suite, tc);
	return suite;
}
