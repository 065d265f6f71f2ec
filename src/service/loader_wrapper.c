/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader_wrapper.c: firmware that brings its own tree and kernel.
 *
 * The segments are loaded as they are; what is done here is to know them: the tree makes the machine, the kernel gets
 * its symbols, and the initrd is where the tree says.  Firmware of this kind has all addresses linked in, so nothing
 * can be moved: what does not fit is refused.
 */
#include <inttypes.h>
#include <string.h>

#include "base/alloc.h"
#include "service/dtb.h"
#include "service/elf.h"
#include "service/file.h"
#include "service/image.h"
#include "service/loader_images.h"
#include "service/wrapper.h"

bool loader_may_be_wrapper(const struct loader_config *config)
{
	const char *firmware = config->firmware;

	return firmware && strcmp(firmware, "none") && strcmp(firmware, "builtin") &&
	       strcmp(firmware, "builtin:classic") && !config->board && !config->dtb &&
	       (!config->kernel || !strcmp(config->kernel, "none"));
}

/* The tree inside BYTES, whose wrong forms loader_load_firmware() will complain about. */
static void find_tree(struct loaded *loaded, const struct bytes *bytes, const char *file)
{
	struct elf *elf = elf_new(bytes->data, bytes->size, file, NULL);
	struct wrapper wrapper;

	if (!elf)
		return;
	wrapper_init(&wrapper, elf, file);
	if (wrapper.dtb) {
		loaded->dtb = wrapper.dtb;
		loaded->inside_tree.base = wrapper.tree.base;
		loaded->inside_tree.size = wrapper.tree.size;
		wrapper.dtb = NULL;
	}
	wrapper_fini(&wrapper);
	elf_free(elf);
}

bool loader_find_wrapped_tree(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	struct bytes bytes = BYTES_NONE;

	if (!file_read(config->firmware, LOADER_FIRMWARE_SIZE_MAX, &bytes, err))
		return false;
	find_tree(loaded, &bytes, config->firmware);
	bytes_free(&bytes);
	return true;
}

/* ---- what is there when the segments are in memory ---- */

static void find_initrd(struct loaded *loaded)
{
	int chosen = dtb_find_path(loaded->dtb, "/chosen");
	uint64_t start, end;

	if (chosen == DTB_NONE || !dtb_prop_number(loaded->dtb, chosen, "linux,initrd-start", &start) ||
	    !dtb_prop_number(loaded->dtb, chosen, "linux,initrd-end", &end) || end <= start)
		return;
	loaded->initrd = start;
	loaded->initrd_size = end - start;
}

/* What the kernel takes beyond its file is not in any segment, and it will clear it. */
static bool check_piece(const struct loaded *loaded, const char *what, gpa_t base, uint64_t size, struct error *err)
{
	const struct loaded_image *kernel = &loaded->kernel;

	if (!size || base >= kernel->base + kernel->size || kernel->base >= base + size)
		return true;
	return error_set(err, "%s: %s inside (0x%" PRIx64 " to 0x%" PRIx64 ") lies in the memory of the kernel inside "
			 "(0x%" PRIx64 " to 0x%" PRIx64 ", by image_size in its header)", loaded->firmware.file, what, base,
			 base + size - 1, kernel->base, kernel->base + kernel->size - 1);
}

static bool adopt_kernel(struct loaded *loaded, const struct wrapper *wrapper, struct error *err)
{
	struct image *image = image_from_memory(wrapper->kernel.data, wrapper->kernel.size, loaded->firmware.file, err);
	struct loaded_image *kernel = &loaded->kernel;

	if (!image)
		return false;
	kernel->file = xstrdup(loaded->firmware.file);
	kernel->base = kernel->entry = wrapper->kernel.base;
	kernel->size = image->memory_size;
	kernel->present = true;
	loader_add_kallsyms(loaded, &image->bytes);
	image_free(image);
	return true;
}

bool loader_adopt_wrapped(struct loaded *loaded, const struct elf *elf, struct error *err)
{
	gpa_t tree = loaded->inside_tree.base;
	struct wrapper wrapper;
	bool ok = true;

	wrapper_init(&wrapper, elf, loaded->firmware.file);
	if (wrapper.kernel.size)
		ok = adopt_kernel(loaded, &wrapper, err);
	wrapper_fini(&wrapper);
	if (!ok || !loaded->inside_tree.size)
		return ok;
	find_initrd(loaded);
	loaded->dtb_addr = tree;
	loader_note(loaded, "%s: the board is that of the device tree inside it, at 0x%" PRIx64 "; %s",
		    loaded->firmware.file, tree, loaded->kernel.present ? "its kernel is inside, too" :
		    "no arm64 Image is inside");
	return check_piece(loaded, "the device tree", tree, loaded->inside_tree.size, err) &&
	       check_piece(loaded, "the initrd", loaded->initrd, loaded->initrd_size, err);
}

bool loader_put_wrapped_tree(struct loaded *loaded, struct error *err)
{
	uint64_t room = loaded->inside_tree.size;
	size_t size;
	const void *blob = dtb_blob(loaded->dtb, &size);

	if (size > room)
		return error_set(err, "%s: the device tree inside has room for %" PRIu64 " bytes, and with what -c, -m, -a "
				 "and -i ask for it has %zu (dtc -p leaves room)", loaded->firmware.file, room, size);
	machine_poke(loaded->machine, loaded->inside_tree.base, blob, size);
	return true;
}
