/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a kernel: arm64 Image, packed Image or ELF file with its segments and symbols, and what it wraps.
 */
#include <string.h>

#include "fuzz.h"
#include "service/image.h"
#include "service/wrapper.h"

/* Add up all that ELF borrows from the file, so that a sanitizer sees every byte read. */
static uint64_t read_all(const struct elf *elf)
{
	uint64_t sum = 0;
	size_t size = 0;
	const uint8_t *text = elf_section(elf, ".text", &size);

	if (text && size)
		sum += text[0] + text[size - 1];
	for (size_t i = 0; i < elf_segment_count(elf); i++) {
		const struct elf_segment *segment = elf_segment(elf, i);

		for (uint64_t at = 0; at < segment->filesz; at++)
			sum += segment->data[at];
	}
	for (size_t i = 0; i < elf_symbol_count(elf); i++)
		sum += strlen(elf_symbol(elf, i)->name);
	return sum;
}

/* The same bytes as a boot-wrapper: what is inside is inside. */
static uint64_t read_wrapped(const struct elf *elf)
{
	struct wrapper wrapper;
	uint64_t sum = 0;

	wrapper_init(&wrapper, elf, "fuzz");
	for (size_t at = 0; at < wrapper.kernel.size; at++)
		sum += wrapper.kernel.data[at];
	for (size_t at = 0; at < wrapper.tree.size; at++)
		sum += wrapper.tree.data[at];
	wrapper_fini(&wrapper);
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_NONE;
	struct image *image = image_from_memory(data, size, "fuzz", &err);
	volatile uint64_t sum = 0;

	if (image && image->kind == IMAGE_ELF)
		sum = read_all(image->elf) + read_wrapped(image->elf);
	(void)sum;
	image_free(image);
	return 0;
}
