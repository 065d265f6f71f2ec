/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/wrapper.c: a device tree and a kernel inside a firmware ELF, found by their headers.
 */
#include "service/wrapper.h"

#include <string.h>

#include "base/le.h"
#include "service/board_desc.h"

enum {
	TREE_ALIGN = 8,			/* Devicetree Specification 5.1 */
	KERNEL_ALIGN = 4096,
	HEADER_SIZE = 64, MAGIC = 56, IMAGE_SIZE = 16,
};

static const uint8_t tree_magic[4] = { 0xd0, 0x0d, 0xfe, 0xed };

/* An Image's file is no longer than what it takes in memory. */
static bool find_kernel(const struct elf_segment *segment, struct wrapper_piece *kernel)
{
	uint64_t skip = -segment->paddr % KERNEL_ALIGN, size;

	for (uint64_t at = skip; at < segment->filesz && segment->filesz - at >= HEADER_SIZE; at += KERNEL_ALIGN) {
		if (memcmp(segment->data + at + MAGIC, "ARM\x64", 4))
			continue;
		size = le_get64(segment->data + at + IMAGE_SIZE);
		if (!size || size > segment->filesz - at)
			size = segment->filesz - at;
		*kernel = (struct wrapper_piece){ segment->paddr + at, size, segment->data + at };
		return true;
	}
	return false;
}

static struct dtb *read_tree(const uint8_t *data, uint64_t size, const char *name)
{
	struct dtb *dtb = dtb_from_memory(data, size, name, NULL);
	struct board_desc *desc = dtb ? board_desc_new(dtb, NULL) : NULL;

	if (!desc || !board_desc_is_bootable(desc)) {
		dtb_free(dtb);
		dtb = NULL;
	}
	board_desc_free(desc);
	return dtb;
}

/* Try what starts at AT in SEGMENT. */
static bool try_tree(struct wrapper *wrapper, const struct elf_segment *segment, uint64_t at, const char *name)
{
	const uint8_t *data = segment->data + at;
	uint64_t size = dtb_read_cells(data + 4, 1);

	if (segment->paddr + at - wrapper->kernel.base < wrapper->kernel.size || size > segment->filesz - at)
		return false;
	wrapper->dtb = read_tree(data, size, name);
	wrapper->tree = (struct wrapper_piece){ segment->paddr + at, wrapper->dtb ? size : 0, data };
	return wrapper->dtb;
}

static bool find_tree(struct wrapper *wrapper, const struct elf_segment *segment, const char *name)
{
	uint64_t skip = -segment->paddr % TREE_ALIGN;

	for (uint64_t at = skip; at < segment->filesz && segment->filesz - at >= 8; at += TREE_ALIGN)
		if (!memcmp(segment->data + at, tree_magic, sizeof(tree_magic)) &&
		    try_tree(wrapper, segment, at, name))
			return true;
	return false;
}

void wrapper_init(struct wrapper *wrapper, const struct elf *elf, const char *name)
{
	memset(wrapper, 0, sizeof(*wrapper));
	for (size_t i = 0; i < elf_segment_count(elf) && !wrapper->kernel.size; i++)
		find_kernel(elf_segment(elf, i), &wrapper->kernel);
	for (size_t i = 0; i < elf_segment_count(elf) && !wrapper->dtb; i++)
		find_tree(wrapper, elf_segment(elf, i), name);
}

void wrapper_fini(struct wrapper *wrapper)
{
	dtb_free(wrapper->dtb);
	memset(wrapper, 0, sizeof(*wrapper));
}
