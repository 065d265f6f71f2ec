/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader_images.c: firmware and kernel: which file, and where it goes.
 */
#include "service/loader_images.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "service/board_desc.h"
#include "service/elf.h"
#include "service/file.h"
#include "service/image.h"
#include "service/symbols.h"

#define TWO_MIB		UINT64_C(0x200000)

static bool is_word(const char *text, const char *word)
{
	return text && !strcmp(text, word);
}

/* ---- firmware ---- */

bool loader_has_firmware(const struct loader_config *config, enum loaded_method method)
{
	if (config->firmware)
		return !is_word(config->firmware, "none");
	return method != METHOD_PSCI_HVC;
}

/* The file of the firmware; free() it. */
static char *firmware_path(const struct loaded *loaded, const struct loader_config *config)
{
	const char *firmware = config->firmware ? config->firmware : "builtin";
	bool is_old = loaded->desc->psci.present && is_word(loaded->desc->psci.version, "0.1");

	if (!strcmp(firmware, "builtin:classic"))
		return loader_guest_path(config, "firmware-classic.elf");
	if (strcmp(firmware, "builtin"))
		return xstrdup(firmware);
	if (loaded->method == METHOD_SPIN_TABLE)
		return loader_guest_path(config, "firmware-spin-table.elf");
	return loader_guest_path(config, is_old && !config->firmware ? "firmware-classic.elf" : "firmware-psci.elf");
}

/* Put one segment in its place. */
static bool load_segment(struct loaded *loaded, const char *file, const struct elf_segment *segment, struct error *err)
{
	gpa_t last = segment->paddr + segment->memsz - 1;

	if (!machine_is_memory(loaded->machine, segment->paddr, segment->memsz))
		return error_set(err, "%s: segment 0x%" PRIx64 " to 0x%" PRIx64 " is not in the memory of this board",
				 file,
				 segment->paddr, last);
	if (!placement_take(&loaded->placement, file, segment->paddr, segment->memsz, err))
		return false;
	machine_poke(loaded->machine, segment->paddr, segment->data, segment->filesz);
	return true;
}

/* Put all segments in their places, and note in IMAGE what they span. */
static bool load_segments(struct loaded *loaded, struct loaded_image *image, const struct elf *elf, struct error *err)
{
	const struct elf_segment *first;
	gpa_t end = 0;

	if (!elf_segment_count(elf))
		return error_set(err, "%s: an ELF file with nothing to load", image->file);
	image->base = UINT64_MAX;
	for (size_t i = 0; i < elf_segment_count(elf); i++) {
		const struct elf_segment *segment = elf_segment(elf, i);

		if (!load_segment(loaded, image->file, segment, err))
			return false;
		if (segment->paddr < image->base)
			image->base = segment->paddr;
		if (segment->paddr + segment->memsz > end)
			end = segment->paddr + segment->memsz;
	}
	first = elf_segment(elf, 0);
	image->size = end - image->base;
	image->va_offset = first->vaddr - first->paddr;
	image->present = true;
	/* The entry is a virtual address where code is linked away from where it lies. */
	if (!elf_to_physical(elf, elf_entry(elf), &image->entry))
		image->entry = elf_entry(elf);
	if (image->entry - image->base >= image->size)
		return error_set(err, "%s: its entry point 0x%" PRIx64 " is outside what it loads", image->file,
				 image->entry);
	return true;
}

/* Of bytes alone nobody knows where they go, and where a CPU begins. */
static bool check_firmware(const struct bytes *bytes, const char *file, struct error *err)
{
	if (elf_is_elf(bytes->data, bytes->size))
		return true;
	return error_set(err,
			 "%s: not an ELF file; firmware must be one, to say where it goes and begins. For raw code at "
			 "0: aarch64-linux-gnu-objcopy -I binary -O elf64-littleaarch64 %s fw.o; "
			 "aarch64-linux-gnu-ld --section-start=.data=0 -e 0 fw.o -o fw.elf", file, file);
}

static bool load_firmware_elf(struct loaded *loaded, const struct bytes *bytes, const struct loader_config *config,
			      struct error *err)
{
	struct loaded_image *image = &loaded->firmware;
	struct elf *elf = elf_new(bytes->data, bytes->size, image->file, err);
	bool ok = elf && load_segments(loaded, image, elf, err);

	if (ok)
		loader_add_elf(loaded, image, "firmware", elf, bytes, config);
	if (ok && (loaded->inside_tree.size || is_word(config->kernel, "none")))
		ok = loader_adopt_wrapped(loaded, elf, err);
	elf_free(elf);
	return ok;
}

bool loader_load_firmware(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	struct bytes bytes = BYTES_NONE;
	bool ok;

	if (!loader_has_firmware(config, loaded->method))
		return true;
	loaded->firmware.file = firmware_path(loaded, config);
	ok = file_read(loaded->firmware.file, LOADER_FIRMWARE_SIZE_MAX, &bytes, err) &&
	     check_firmware(&bytes, loaded->firmware.file, err) &&
	     load_firmware_elf(loaded, &bytes, config, err);
	bytes_free(&bytes);
	return ok;
}

/* ---- kernel ---- */

/* By booting.rst: a 2 MiB boundary plus text_offset.  The first 2 MiB of RAM are left to firmware, as bootloaders do,
 * unless an old kernel wants to be as low as possible. */
static bool place_image(struct loaded *loaded, const struct image *image, struct error *err)
{
	struct loaded_image *kernel = &loaded->kernel;
	gpa_t ram = loaded->desc->memory.item[0].base;

	kernel->size = image->memory_size;
	if (!loader_place(loaded, kernel->file, image->is_anywhere ? ram + TWO_MIB : ram, kernel->size, TWO_MIB,
			  image->text_offset % TWO_MIB, &kernel->base, err))
		return false;
	machine_poke(loaded->machine, kernel->base, image->bytes.data, image->bytes.size);
	kernel->entry = kernel->base;
	kernel->present = true;
	return true;
}

/* The bundled Image has its symbols in an ELF file beside it. */
static bool add_bundled_symbols(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	char *path = loader_guest_path(config, "kernel.elf");
	struct bytes bytes = BYTES_NONE;
	struct elf *elf = NULL;
	bool ok = file_read(path, LOADER_FIRMWARE_SIZE_MAX, &bytes, err);

	if (ok)
		elf = elf_new(bytes.data, bytes.size, path, err);
	if (elf) {
		loaded->kernel.va_offset = elf_segment(elf, 0)->vaddr - loaded->kernel.base;
		loader_add_elf(loaded, &loaded->kernel, "kernel", elf, &bytes, config);
	}
	ok = elf;
	elf_free(elf);
	bytes_free(&bytes);
	free(path);
	return ok;
}

static bool load_kernel_image(struct loaded *loaded, const struct image *image, const struct loader_config *config,
			      struct error *err)
{
	if (image->kind == IMAGE_ELF) {
		if (!load_segments(loaded, &loaded->kernel, image->elf, err))
			return false;
		loader_add_elf(loaded, &loaded->kernel, "kernel", image->elf, &image->bytes, config);
		return true;
	}
	if (!place_image(loaded, image, err))
		return false;
	if (!config->kernel || !strcmp(config->kernel, "builtin"))
		return add_bundled_symbols(loaded, config, err);
	if (image->kind == IMAGE_RAW)
		loader_note(loaded, "%s: no arm64 Image header, no ELF: taken as raw code, to run from its first byte "
			    "at 0x%" PRIx64, loaded->kernel.file, loaded->kernel.base);
	if (image->page_size == 16384 && config->model != CPU_MAX_MODEL)
		loader_note(loaded, "%s: a kernel with pages of 16 KiB, which no Cortex has that is offered here: it stops "
			    "before its first word (--cpu max has them)", loaded->kernel.file);
	loader_add_kallsyms(loaded, &image->bytes);
	return true;
}

bool loader_load_kernel(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	const char *kernel = config->kernel ? config->kernel : "builtin";
	struct image *image;
	bool ok;

	if (!strcmp(kernel, "none") || loaded->inside_tree.size)
		return true;
	loaded->kernel.file = !strcmp(kernel, "builtin") ? loader_guest_path(config, "Image") : xstrdup(kernel);
	image = image_load(loaded->kernel.file, err);
	ok = image && load_kernel_image(loaded, image, config, err);
	image_free(image);
	return ok;
}
