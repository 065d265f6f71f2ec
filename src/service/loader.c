/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader.c: making the machine of a tree, and putting everything in its place.
 *
 * The order matters: firmware lies where it was linked; then --load and an ELF kernel, which know their place too; then
 * what goes where there is room: kernel Image, initrd, and the tree last, because it names the initrd.
 */
#include "service/loader.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "device/board.h"
#include "service/board_desc.h"
#include "service/board_edit.h"
#include "service/dtb.h"
#include "service/file.h"
#include "service/image.h"
#include "service/lines.h"
#include "service/loader_images.h"
#include "service/mismatch.h"
#include "service/symbols.h"

#define TWO_MIB		UINT64_C(0x200000)

enum { INITRD_SIZE_MAX = 1 << 30 };

static const char default_board[] = LOADER_DEFAULT_BOARD;

/* ---- the tree ---- */

char *loader_guest_path(const struct loader_config *config, const char *name)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/%s", config->guest_dir, name);
	return strbuf_steal(&path);
}

/* The zoo's trees are no boards to choose. */
static int is_board(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 4 && !strcmp(entry->d_name + len - 4, ".dtb") && strncmp(entry->d_name, "zoo-", 4);
}

/* No board is called so: which one may be meant? */
static void complain_board(const struct loader_config *config, const char *board, struct error *err)
{
	struct suggest other = suggest_start(board);
	char meant[SUGGEST_TEXT_MAX];
	struct dirent **entries;
	int count = scandir(config->guest_dir, &entries, is_board, alphasort);

	for (int i = 0; i < count; i++) {
		*strrchr(entries[i]->d_name, '.') = '\0';
		suggest_offer(&other, entries[i]->d_name);
	}
	error_set(err, "no board '%s'%s", board, suggest_text(&other, " (-b help lists them)", meant));
	for (int i = 0; i < count; i++)
		free(entries[i]);
	if (count >= 0)
		free(entries);
}

static struct dtb *load_bundled_tree(const struct loader_config *config, struct error *err)
{
	const char *board = config->board ? config->board : default_board;
	struct strbuf name = STRBUF_INIT;
	struct error own = ERROR_NONE;
	struct dtb *dtb;
	char *path;

	if (strchr(board, '/'))
		return error_null(err,
				  "no board '%s' (a bundled board has a plain name; a tree in a file is --dtb FILE)",
					board);
	strbuf_printf(&name, "%s.dtb", board);
	path = loader_guest_path(config, strbuf_text(&name));
	dtb = access(path, F_OK) ? NULL : dtb_load(path, &own);
	if (!dtb && error_is_set(&own))
		error_set(err, "%s", own.text);
	else if (!dtb)
		complain_board(config, board, err);
	strbuf_free(&name);
	free(path);
	return dtb;
}

/* The tree, rewritten as asked. */
static bool load_tree(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	if (loader_may_be_wrapper(config) && !loader_find_wrapped_tree(loaded, config, err))
		return false;
	if (!loaded->dtb)
		loaded->dtb = config->dtb ? dtb_load(config->dtb, err) : load_bundled_tree(config, err);
	return loaded->dtb && (!config->cpus || board_edit_set_cpus(loaded->dtb, config->cpus, err)) &&
	       (!config->memory || board_edit_set_memory(loaded->dtb, config->memory, err)) &&
	       (!config->append || board_edit_set_bootargs(loaded->dtb, config->append, err));
}

static bool check_bootable(const struct board_desc *desc, struct error *err)
{
	if (board_desc_is_bootable(desc))
		return true;
	for (size_t i = 0; i < desc->problems.len; i++)
		if (desc->problems.item[i].is_fatal)
			return error_set(err, "%s", desc->problems.item[i].text);
	return error_set(err, "%s: no kernel could boot on this tree", desc->name);
}

/* A machine cannot have two CPUs of one MPIDR, an MPIDR that is none, or more CPUs than there is room for. */
static bool check_cpus(const struct board_desc *desc, const struct loader_config *config, struct error *err)
{
	static const char *const faults[] = { "duplicate", "invalid reg", "clipping" };

	for (size_t i = 0; i < desc->cpus.len && !config->lenient; i++) {
		const struct board_cpu *cpu = &desc->cpus.item[i];

		for (size_t f = 0; cpu->problem && f < sizeof(faults) / sizeof(faults[0]); f++)
			if (strstr(cpu->problem, faults[f]))
				return error_set(err, "%s: %s (--lenient boots without that CPU, to see what the kernel says)",
						 desc->name, cpu->problem);
	}
	return true;
}

/* How the first secondary is to be started; a machine with one CPU is as its boot CPU says. */
static enum loaded_method find_method(const struct board_desc *desc)
{
	const char *method = NULL;

	for (size_t i = 0; i < desc->cpus.len; i++) {
		const struct board_cpu *cpu = &desc->cpus.item[i];

		if (cpu->enable_method && (!method || (cpu->has_mpidr && cpu->mpidr != desc->boot_mpidr)))
			method = cpu->enable_method;
		if (method && cpu->has_mpidr && cpu->mpidr != desc->boot_mpidr)
			break;
	}
	if (method && !strcmp(method, "spin-table"))
		return METHOD_SPIN_TABLE;
	if (desc->psci.present && desc->psci.conduit == BOARD_CONDUIT_HVC)
		return METHOD_PSCI_HVC;
	return desc->psci.present && desc->psci.conduit == BOARD_CONDUIT_SMC ? METHOD_PSCI_SMC : METHOD_NONE;
}

/* ---- the machine ---- */

/* Memory is only taken from the host when it is touched, so what could never be there must be refused here. */
static bool check_host(const struct board_desc *desc, struct error *err)
{
	uint64_t host = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE), sum = 0;

	for (size_t i = 0; i < desc->memory.len; i++) {
		sum += desc->memory.item[i].size;
		if (sum > host || desc->memory.item[i].size > host)
			return error_set(err, "%s: more RAM than this computer has (%" PRIu64 " MiB; -m makes it less)",
					 desc->name,
					 host >> 20);
	}
	return true;
}

/* The CPUs that exist, in the order of the tree; the firmware's table has the boot CPU first. */
static void list_cpus(struct loaded *loaded, struct loader_cpus *cpus)
{
	const struct board_desc *desc = loaded->desc;
	unsigned slot = 1;

	for (size_t i = 0; i < desc->cpus.len && cpus->count < CPU_MAX; i++) {
		if (!desc->cpus.item[i].has_mpidr)
			continue;
		if (desc->cpus.item[i].mpidr == desc->boot_mpidr)
			loaded->boot_cpu = cpus->count;
		cpus->mpidr[cpus->count++] = desc->cpus.item[i].mpidr;
	}
	loaded->cpu_count = cpus->count;
	loaded->slot_cpu[0] = loaded->boot_cpu;
	for (unsigned cpu = 0; cpu < loaded->cpu_count; cpu++)
		if (cpu != loaded->boot_cpu)
			loaded->slot_cpu[slot++] = cpu;
}

/* How many drives the board has room for. */
static bool check_slots(const struct board_desc *desc, size_t drives, struct error *err)
{
	size_t slots = desc->virtio.len < BOARD_VIRTIO_MAX ? desc->virtio.len : BOARD_VIRTIO_MAX;

	if (drives <= slots)
		return true;
	if (!slots)
		return error_set(err, "%s: no drive can be plugged in: the tree has no \"virtio,mmio\" node "
				 "(-b virt has 32)", desc->name);
	return error_set(err, "%s: %zu drives, and the tree has %zu \"virtio,mmio\" node%s", desc->name, drives, slots,
			 slots == 1 ? "" : "s");
}

static bool load_drives(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	struct loaded_drives *drives = &loaded->drives;

	if (!check_slots(loaded->desc, config->drive_count, err))
		return false;
	for (; drives->count < config->drive_count; drives->count++) {
		const struct loader_drive *drive = &config->drives[drives->count];
		struct drive_bytes *bytes = &drives->bytes[drives->count];

		if (!drive_read(drive->file, VIRTIO_BLK_SECTOR, bytes, err))
			return false;
		drives->image[drives->count] = (struct virtio_blk_image){ bytes->data, bytes->size, drive->readonly };
	}
	return true;
}

static bool make_machine(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	struct loader_cpus cpus = { .count = 0 };

	loaded->desc = board_desc_new(loaded->dtb, NULL);
	if (!check_bootable(loaded->desc, err) || !check_cpus(loaded->desc, config, err) || !check_host(loaded->desc, err))
		return false;
	list_cpus(loaded, &cpus);
	loaded->method = find_method(loaded->desc);
	loaded->el = config->el ? config->el : loaded->method == METHOD_PSCI_HVC ? 1 : 2;
	cpus.has_firmware = loader_has_firmware(config, loaded->method);
	cpus.el = loaded->el;
	if (!load_drives(loaded, config, err))
		return false;
	loaded->board = loader_make_board(config, &cpus, loaded, err);
	if (!loaded->board)
		return false;
	loaded->machine = board_machine(loaded->board);
	return true;
}

/* Memory that the tree keeps for somebody else. */
static void reserve(struct loaded *loaded)
{
	const struct board_ranges *lists[] = { &loaded->desc->reserved, &loaded->desc->secure_memory };

	for (size_t n = 0; n < sizeof(lists) / sizeof(lists[0]); n++)
		for (size_t i = 0; i < lists[n]->len; i++)
			placement_reserve(&loaded->placement, n ? "secure memory" : "reserved memory",
					  lists[n]->item[i].base,
					  lists[n]->item[i].size);
}

/* ---- what goes where there is room ---- */

/* Find room in RAM, from HINT on first. */
static bool find_room(const struct loaded *loaded, gpa_t hint, uint64_t size, uint64_t align, uint64_t offset,
		      gpa_t *base)
{
	const struct board_ranges *memory = &loaded->desc->memory;

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < memory->len; i++) {
			gpa_t start = memory->item[i].base, end = start + memory->item[i].size;

			if (!pass && (hint < start || hint >= end))
				continue;
			if (placement_find(&loaded->placement, pass ? start : hint, end, size, align, offset, base))
				return true;
		}
	}
	return false;
}

bool loader_place(struct loaded *loaded, const char *what, gpa_t hint, uint64_t size, uint64_t align, uint64_t offset,
		  gpa_t *base, struct error *err)
{
	if (!find_room(loaded, hint, size, align, offset, base))
		return error_set(err, "%s: no room for its 0x%" PRIx64 " bytes in RAM (%zu range%s, see -m)", what,
				 size,
				 loaded->desc->memory.len, loaded->desc->memory.len == 1 ? "" : "s");
	return placement_take(&loaded->placement, what, *base, size, err);
}

static bool load_initrd(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	struct bytes file = BYTES_NONE;
	gpa_t after = loaded->kernel.base + loaded->kernel.size;
	bool ok;

	if (!config->initrd)
		return true;
	ok = file_read(config->initrd, INITRD_SIZE_MAX, &file, err) &&
	     loader_place(loaded, config->initrd, after, file.size, PAGE_SIZE, 0, &loaded->initrd, err);
	if (ok) {
		loaded->initrd_size = file.size;
		machine_poke(loaded->machine, loaded->initrd, file.data, file.size);
		ok = board_edit_set_initrd(loaded->dtb, loaded->initrd, loaded->initrd + file.size, err);
	}
	bytes_free(&file);
	return ok;
}

/* booting.rst: a multiple of 8, at most 2 MiB, and mapped with blocks of 2 MiB: it does not cross one here. */
static bool load_dtb(struct loaded *loaded, struct error *err)
{
	gpa_t after = loaded->kernel.base + loaded->kernel.size;
	const void *blob;
	size_t size;

	if (!loaded->kernel.present && !loaded->firmware.present)
		return true;
	if (loaded->inside_tree.size)
		return loader_put_wrapped_tree(loaded, err);
	blob = dtb_blob(loaded->dtb, &size);
	if (size > DTB_SIZE_MAX)
		return error_set(err, "%s: a tree of %zu bytes; a kernel takes at most 2 MiB", dtb_name(loaded->dtb),
				 size);
	if (!loader_place(loaded, "device tree", after, size, TWO_MIB, 0, &loaded->dtb_addr, err))
		return false;
	machine_poke(loaded->machine, loaded->dtb_addr, blob, size);
	return true;
}

static bool load_blob(struct loaded *loaded, const struct loader_blob *blob, struct error *err)
{
	struct bytes file = BYTES_NONE;
	bool ok = file_read(blob->file, IMAGE_SIZE_MAX, &file, err);

	if (ok && !machine_is_memory(loaded->machine, blob->addr, file.size))
		ok = error_set(err, "%s: 0x%" PRIx64 " to 0x%" PRIx64 " is not in the memory of this board", blob->file,
			       blob->addr,
			       blob->addr + file.size - 1);
	ok = ok && placement_take(&loaded->placement, blob->file, blob->addr, file.size, err);
	if (ok)
		machine_poke(loaded->machine, blob->addr, file.data, file.size);
	bytes_free(&file);
	return ok;
}

static bool load_blobs(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	for (size_t i = 0; i < config->blob_count; i++)
		if (!load_blob(loaded, &config->blobs[i], err))
			return false;
	return true;
}

/* ---- all of it ---- */

/* The bundled kernel needs neither; a Linux kernel stops in the middle, and not always with a word. */
static void note_missing(struct loaded *loaded, const struct loader_config *config)
{
	bool is_bundled = !loaded->inside_tree.size && (!config->kernel || !strcmp(config->kernel, "builtin"));

	if (!loaded->kernel.present || is_bundled)
		return;
	loaded->missing = !loaded->desc->gic.version ? "interrupt controller (GICv2 or GICv3)" :
			  !loaded->desc->timer.present ? "generic timer (arm,armv8-timer)" : NULL;
	if (loaded->missing)
		loader_note(loaded, "%s: the tree has no %s: a Linux kernel will not come far", dtb_name(loaded->dtb),
			    loaded->missing);
}

/* A machine to put code into by hand is no mistake, but looks like a run that came to rest. */
static void note_nothing(struct loaded *loaded)
{
	if (!loaded->firmware.present && !loaded->kernel.present)
		vec_add(&loaded->notes,
			((struct loaded_note){ true, xstrdup("neither firmware nor kernel: no CPU is on") }));
}

static void note_mismatch(struct loaded *loaded)
{
	const char *why = mismatch_warning(loaded);

	if (why)
		vec_add(&loaded->notes, ((struct loaded_note){ true, xstrdup(why) }));
}

/* Reserved memory is there for firmware and for what was put there by hand; the rest keeps off it. */
static bool load_all(struct loaded *loaded, const struct loader_config *config, struct error *err)
{
	if (!load_tree(loaded, config, err) || !make_machine(loaded, config, err) ||
	    !loader_load_firmware(loaded, config, err) || !load_blobs(loaded, config, err))
		return false;
	reserve(loaded);
	if (!loader_load_kernel(loaded, config, err) || !load_initrd(loaded, config, err) || !load_dtb(loaded, err) ||
	    !loader_load_symbols(loaded, config, err) || !loader_fill_boot_info(loaded, err))
		return false;
	note_missing(loaded, config);
	note_nothing(loaded);
	note_mismatch(loaded);
	return true;
}

struct loaded *loader_load(const struct loader_config *config, struct error *err)
{
	struct loaded *loaded = xzalloc(sizeof(*loaded));

	loaded->symbols = symbols_new();
	if (load_all(loaded, config, err))
		return loaded;
	loaded_free(loaded);
	return NULL;
}

void loader_note(struct loaded *loaded, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	vec_add(&loaded->notes, ((struct loaded_note){ false, strbuf_steal(&text) }));
}

const char *loaded_note_word(const struct loaded_note *note)
{
	return note->is_warning ? "warning" : "note";
}

static void free_image(struct loaded_image *image)
{
	lines_free(image->lines);
	free(image->file);
}

void loaded_free(struct loaded *loaded)
{
	if (!loaded)
		return;
	board_free(loaded->board);
	for (size_t i = 0; i < loaded->drives.count; i++)
		drive_free(&loaded->drives.bytes[i]);
	board_desc_free(loaded->desc);
	dtb_free(loaded->dtb);
	symbols_free(loaded->symbols);
	free_image(&loaded->firmware);
	free_image(&loaded->kernel);
	placement_free(&loaded->placement);
	for (size_t i = 0; i < loaded->notes.len; i++)
		free(loaded->notes.item[i].text);
	vec_free(&loaded->notes);
	free(loaded);
}

void loaded_start(struct loaded *loaded)
{
	if (!loaded->firmware.present) {
		if (loaded->kernel.present)
			machine_start_cpu(loaded->machine, loaded->boot_cpu, loaded->kernel.entry, loaded->el,
					  loaded->dtb_addr, false);
		return;
	}
	for (unsigned cpu = 0; cpu < loaded->cpu_count; cpu++)
		machine_start_cpu(loaded->machine, cpu, loaded->firmware.entry, 3, 0, false);
}

/* ---- questions ---- */

const struct loaded_image *loaded_find_image(const struct loaded *loaded, uint64_t addr, uint64_t *link)
{
	const struct loaded_image *images[] = { &loaded->kernel, &loaded->firmware };

	for (size_t i = 0; i < sizeof(images) / sizeof(images[0]); i++)
		if (images[i]->present && images[i]->module &&
		    symbols_to_link(loaded->symbols, images[i]->module, addr, link))
			return images[i];
	return NULL;
}

bool loaded_find_line(const struct loaded *loaded, uint64_t addr, struct lines_place *place)
{
	uint64_t link;
	const struct loaded_image *image = loaded_find_image(loaded, addr, &link);

	return image && lines_find(image->lines, link, place);
}

const char *loaded_line_text(const struct loaded *loaded, uint64_t addr, const char *file, unsigned line)
{
	uint64_t link;
	const struct loaded_image *image = loaded_find_image(loaded, addr, &link);

	return image ? lines_text(image->lines, file, line) : NULL;
}
