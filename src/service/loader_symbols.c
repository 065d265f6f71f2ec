/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader_symbols.c: the names of what was loaded.
 *
 * A kernel's symbols are virtual addresses, but its first instructions run at physical ones: its module gets a second
 * view there.  Every kernel has a module, with symbols or without.
 */
#include <inttypes.h>
#include <string.h>

#include "base/strbuf.h"
#include "service/elf.h"
#include "service/file.h"
#include "service/image.h"
#include "service/ksymtab.h"
#include "service/lines.h"
#include "service/loader_images.h"
#include "service/symbols.h"

#define SYMBOLS_SIZE_MAX	((size_t)1 << 30)	/* a vmlinux with debug information */

/* The module of IMAGE, made when it has none, with a view of the physical addresses where those differ. */
static struct symbols_module *module_of(struct loaded *loaded, struct loaded_image *image, const char *name)
{
	gva_t start = image->base + image->va_offset;

	if (image->module)
		return image->module;
	image->module = symbols_add_module(loaded->symbols, name);
	if (image->va_offset)
		symbols_add_view(image->module, -image->va_offset, start, start + image->size);
	return image->module;
}

static void set_lines(struct loaded_image *image, const struct bytes *elf, const struct loader_config *config)
{
	lines_free(image->lines);
	image->lines = lines_new(elf);
	if (config->source_dir)
		lines_add_source_dir(image->lines, config->source_dir);
	/* The broken sources of the zoo are made beside its images; built out of tree, that is not the source
	 * folder. */
	if (config->guest_dir)
		lines_add_source_dir(image->lines, config->guest_dir);
}

void loader_add_elf(struct loaded *loaded, struct loaded_image *image, const char *name, const struct elf *elf,
		    const struct bytes *bytes, const struct loader_config *config)
{
	symbols_add_elf(loaded->symbols, module_of(loaded, image, name), elf);
	set_lines(image, bytes, config);
}

/* Exports go into `module`, but not what `known` names already. */
struct exports { struct loaded *loaded; struct symbols *known; gva_t link_base; };

static void add_export(void *ctx, const char *name, uint64_t offset)
{
	struct exports *exports = ctx;
	struct symbol symbol = {
		.name = name, .addr = exports->link_base + offset, .kind = SYMBOL_OBJECT, .is_global = true,
	};

	if (!symbols_find(exports->known, name))
		symbols_add(exports->loaded->symbols, exports->loaded->kernel.module, &symbol);
}

void loader_add_kallsyms(struct loaded *loaded, const struct bytes *image)
{
	struct exports exports = { loaded, symbols_new(), 0 };
	struct symbols *found = exports.known;
	gva_t link_base = 0;

	/* Where it is linked must be known before its module is made, so the table is read twice. */
	if (symbols_add_kallsyms(found, symbols_add_module(found, "kernel"), image, &link_base, NULL)) {
		loaded->kernel.va_offset = link_base - loaded->kernel.base;
		symbols_add_kallsyms(loaded->symbols, module_of(loaded, &loaded->kernel, "kernel"), image, NULL, NULL);
		exports.link_base = link_base;
		ksymtab_each(image, loaded->kernel.size, add_export, &exports);
	}
	symbols_free(found);
}

/* The address that the first byte of a kernel is linked at, by the symbols of a file. */
static bool find_link_base(struct symbols *symbols, gva_t *base)
{
	return symbols_find_addr(symbols, "_text", base) || symbols_find_addr(symbols, "_head", base);
}

/* Add FILE to MODULE, which belongs to SYMBOLS. */
static bool add_symbols(struct symbols *symbols, struct symbols_module *module, const char *file,
			const struct bytes *bytes,
			struct error *err)
{
	struct elf *elf;

	if (!elf_is_elf(bytes->data, bytes->size))
		return symbols_add_map(symbols, module, bytes, file, err);
	elf = elf_new(bytes->data, bytes->size, file, err);
	if (!elf)
		return false;
	symbols_add_elf(symbols, module, elf);
	elf_free(elf);
	return true;
}

/* A file with the kernel's _text names the kernel, any other one its own addresses. */
static bool add_file(struct loaded *loaded, const char *file, const struct bytes *bytes,
		     const struct loader_config *config,
		     struct error *err)
{
	struct symbols *probe = symbols_new();
	bool ok = add_symbols(probe, symbols_add_module(probe, "probe"), file, bytes, err);
	struct symbols_module *module = NULL;
	gva_t link_base;

	if (ok && loaded->kernel.present && find_link_base(probe, &link_base)) {
		if (!loaded->kernel.module)
			loaded->kernel.va_offset = link_base - loaded->kernel.base;
		module = module_of(loaded, &loaded->kernel, "kernel");
		if (elf_is_elf(bytes->data, bytes->size))
			set_lines(&loaded->kernel, bytes, config);
	}
	symbols_free(probe);
	if (!ok)
		return false;
	if (!module)
		module = symbols_add_module(loaded->symbols, "symbols");
	return add_symbols(loaded->symbols, module, file, bytes, err);
}

static bool load_file(struct loaded *loaded, const char *file, const struct loader_config *config, struct error *err)
{
	struct bytes bytes = BYTES_NONE;
	bool ok = file_read(file, SYMBOLS_SIZE_MAX, &bytes, err) && add_file(loaded, file, &bytes, config, err);

	bytes_free(&bytes);
	return ok;
}

/* A kernel or firmware without any line table has an empty one. */
static void complete(struct loaded *loaded, struct loaded_image *image, const char *name)
{
	if (!image->present)
		return;
	module_of(loaded, image, name);
	if (!image->lines)
		image->lines = lines_new(&(struct bytes)BYTES_NONE);
}

bool loader_load_symbols(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	for (size_t i = 0; i < config->symbol_count; i++)
		if (!load_file(loaded, config->symbols[i], config, err))
			return false;
	complete(loaded, &loaded->firmware, "firmware");
	complete(loaded, &loaded->kernel, "kernel");
	if (!symbols_find_addr(loaded->symbols, "firmware:branch_table", &loaded->branch_table))
		loaded->branch_table = 0;
	return true;
}

/* ---- a kernel that moves itself ---- */

void loaded_follow_kernel(struct loaded *loaded, gva_t pc, gpa_t pa)
{
	const struct loaded_image *kernel = &loaded->kernel;
	gva_t link = pa + kernel->va_offset;

	if (!kernel->present || !kernel->va_offset || pa - kernel->base >= kernel->size)
		return;
	/* Before the MMU is on it runs at physical addresses, as it does later on the identity map. */
	if (pc != pa && pc - link != symbols_slide(kernel->module))
		symbols_set_slide(kernel->module, pc - link);
}

uint64_t loaded_slide(const struct loaded *loaded)
{
	return loaded->kernel.module ? symbols_slide(loaded->kernel.module) : 0;
}

void loaded_set_slide(struct loaded *loaded, uint64_t slide)
{
	if (loaded->kernel.module)
		symbols_set_slide(loaded->kernel.module, slide);
}
