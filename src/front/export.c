/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/export.c: `smptutor export`: the machine as files and a command line for QEMU, as a second opinion.
 *
 * The very bytes that smptutor would run are written out: firmware with its facts filled in, kernel, initrd and tree.
 * QEMU's virt machine has our boards' devices at the same addresses.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../asm/include/boot_info.h"
#include "base/alloc.h"
#include "front/machine_options.h"
#include "front/subcommand.h"
#include "service/board_desc.h"
#include "service/dtb.h"
#include "service/file.h"
#include "service/loader.h"
#include "service/symbols.h"

/* QEMU hides the first flash from the non-secure world; its second one holds a copy (BOOT_INFO_NS_ROM). */
#define NS_ROM	UINT64_C(0x04000000)

/* Where QEMU has its 32 virtio slots. */
#define VIRTIO_BASE	UINT64_C(0x0a000000)
#define VIRTIO_END	UINT64_C(0x0a004000)

/* An export going on. */
struct export {
	const char *dir;
	struct loaded *loaded;
	struct strbuf script;		/* the QEMU command */
};

static bool write_bytes(struct export *export, const char *name, const void *data, size_t size, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	bool ok;

	strbuf_printf(&path, "%s/%s", export->dir, name);
	ok = file_write(strbuf_text(&path), data, size, err);
	strbuf_free(&path);
	return ok;
}

/* The SIZE bytes of memory from BASE as the file NAME. */
static bool write_memory(struct export *export, const char *name, gpa_t base, uint64_t size, struct error *err)
{
	void *data = xcalloc(size, 1);
	bool ok;

	machine_peek(export->loaded->machine, base, data, size);
	ok = write_bytes(export, name, data, size, err);
	free(data);
	return ok;
}

static void add_loader(struct export *export, const char *name, gpa_t addr)
{
	strbuf_printf(&export->script, " \\\n\t-device \"loader,file=$here/%s,addr=0x%" PRIx64 ",force-raw=on\"", name,
		      addr);
}

/* The bytes that stand in the ROM: up to its last one that is not zero. */
static bool export_firmware(struct export *export, struct error *err)
{
	const struct loaded *loaded = export->loaded;
	const uint64_t ns_rom = NS_ROM;
	gva_t boot_info, rom_end;

	if (!loaded->firmware.present)
		return true;
	if (loaded->firmware.base || !symbols_find_addr(loaded->symbols, "firmware:__rom_end", &rom_end) ||
	    !symbols_find_addr(loaded->symbols, "firmware:boot_info", &boot_info))
		return error_set(err, "export: only the bundled firmware is laid out for QEMU's virt machine");
	machine_poke(loaded->machine, boot_info + BOOT_INFO_NS_ROM, &ns_rom, sizeof(ns_rom));
	strbuf_puts(&export->script, " \\\n\t-bios \"$here/firmware.bin\"");
	add_loader(export, "firmware.bin", NS_ROM);
	return write_memory(export, "firmware.bin", 0, rom_end, err);
}

static bool export_kernel(struct export *export, struct error *err)
{
	const struct loaded *loaded = export->loaded;
	const void *blob;
	size_t size;

	if (!loaded->kernel.present)
		return true;
	add_loader(export, "kernel.bin", loaded->kernel.base);
	add_loader(export, "board.dtb", loaded->dtb_addr);
	if (loaded->initrd_size)
		add_loader(export, "initrd", loaded->initrd);
	blob = dtb_blob(loaded->dtb, &size);
	return write_memory(export, "kernel.bin", loaded->kernel.base, loaded->kernel.size, err) &&
	       write_bytes(export, "board.dtb", blob, size, err) &&
	       (!loaded->initrd_size || write_memory(export, "initrd", loaded->initrd, loaded->initrd_size, err));
}

/* PATH inside a quoted -drive: commas are doubled, and what the shell would look at is escaped. */
static void add_path(struct strbuf *script, const char *path)
{
	for (; *path; path++) {
		if (*path == ',')
			strbuf_putc(script, ',');
		if (strchr("\"\\$`", *path))
			strbuf_putc(script, '\\');
		strbuf_putc(script, *path);
	}
}

static bool export_drive(struct export *export, const struct loader_drive *drive, gpa_t base, struct error *err)
{
	uint64_t slot = (base - VIRTIO_BASE) / VIRTIO_SLOT_SIZE;
	char *path = realpath(drive->file, NULL);

	if (!path)
		return error_set(err, "%s: %s", drive->file, strerror(errno));
	strbuf_puts(&export->script, " \\\n\t-drive \"if=none,format=raw,file=");
	add_path(&export->script, path);
	/* The file stays as it is there, too. */
	strbuf_printf(&export->script, ",id=slot%" PRIu64 ",%s=on\"", slot,
		      drive->readonly ? "readonly" : "snapshot");
	strbuf_printf(&export->script, " \\\n\t-device virtio-blk-device,drive=slot%" PRIu64
		      ",bus=virtio-mmio-bus.%" PRIu64, slot, slot);
	free(path);
	return true;
}

/* In the slots that they are in here. */
static bool export_drives(struct export *export, const struct loader_config *config, struct error *err)
{
	if (config->drive_count)
		strbuf_puts(&export->script, " \\\n\t-global virtio-mmio.force-legacy=false");
	for (size_t i = 0; i < config->drive_count; i++) {
		gpa_t base = export->loaded->desc->virtio.item[i].reg.base;

		if (base < VIRTIO_BASE || base >= VIRTIO_END || base % VIRTIO_SLOT_SIZE)
			return error_set(err, "export: QEMU's virt machine has no virtio slot at 0x%" PRIx64, base);
		if (!export_drive(export, &config->drives[i], base, err))
			return false;
	}
	return true;
}

static const char *const model_names[] = {
	[CPU_CORTEX_A53] = "cortex-a53", [CPU_CORTEX_A57] = "cortex-a57", [CPU_CORTEX_A72] = "cortex-a72",
		[CPU_MAX_MODEL] = "max",
};

static void start_script(struct export *export, const struct machine_options *options)
{
	const struct loaded *loaded = export->loaded;
	uint64_t megabytes = loaded->desc->memory.item[0].size >> 20;
	const char *secure = loaded->firmware.present ? ",secure=on,virtualization=on" : ",virtualization=on";

	strbuf_puts(&export->script, "#!/bin/sh\n# The same images on QEMU, as a referee; more options may follow.\n"
		    "here=$(cd \"$(dirname \"$0\")\" && pwd)\n"
		    "exec qemu-system-aarch64");
	strbuf_printf(&export->script, " -M virt%s,gic-version=%d -cpu %s -smp %u -m %" PRIu64 "M", secure,
		      loaded->desc->gic.version == 3 ? 3 : 2, model_names[options->config.boot.model],
			loaded->cpu_count, megabytes);
	strbuf_puts(&export->script, " \\\n\t-display none -serial stdio -monitor none");
}

/* Without firmware QEMU's own PSCI starts the kernel, which wants its own boot code for x0. */
static bool check_exportable(const struct loaded *loaded, struct error *err)
{
	if (!loaded->firmware.present)
		return error_set(err, "export: without firmware there is nothing to start the kernel; "
				 "use qemu's own -kernel and -dtb");
	return true;
}

static bool write_all(struct export *export, const struct machine_options *options, struct error *err)
{
	bool ok;

	start_script(export, options);
	ok = check_exportable(export->loaded, err) && export_firmware(export, err) &&
	     export_kernel(export, err) && export_drives(export, &options->config.boot, err);
	strbuf_puts(&export->script, " \\\n\t\"$@\"\n");
	return ok && write_bytes(export, "run-qemu.sh", export->script.text, export->script.len, err);
}

static void make_executable(const struct export *export)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/run-qemu.sh", export->dir);
	chmod(strbuf_text(&path), 0755);
	strbuf_free(&path);
}

static int export_to(const char *dir, const struct machine_options *options)
{
	struct export export = { .dir = dir };
	struct error err = ERROR_NONE;
	bool ok;

	export.loaded = loader_load(&options->config.boot, &err);
	if (!export.loaded)
		return subcommand_fail(&err, EXIT_USAGE);
	ok = !mkdir(dir, 0777) || errno == EEXIST || error_set(&err, "%s: %s", dir, strerror(errno));
	ok = ok && write_all(&export, options, &err);
	if (ok)
		make_executable(&export);
	strbuf_free(&export.script);
	loaded_free(export.loaded);
	return ok ? EXIT_REACHED : subcommand_fail(&err, EXIT_USAGE);
}

static int export_main(const struct program *program, int argc, char **argv)
{
	struct machine_options options;
	const struct option_target targets[] = { { &machine_option_table, &options }, { NULL, NULL } };
	struct error err = ERROR_NONE;
	int rest, code;

	(void)program;
	if (!machine_options_init(&options, &err))
		return subcommand_fail(&err, EXIT_USAGE);
	if (subcommand_begin(&subcommand_export, argc, argv, targets, &rest, &code)) {
		if (rest == 1) {
			code = export_to(argv[1], &options);
		} else {
			error_set(&err, "export: wants one DIR");
			code = subcommand_fail(&err, EXIT_USAGE);
		}
	}
	machine_options_free(&options);
	return code;
}

static const struct option_table *const tables[] = { &machine_option_table, NULL };

const struct subcommand subcommand_export = {
	"export", "DIR [MACHINE]", "write the machine out for QEMU, as a second opinion",
	"DIR gets firmware.bin, kernel.bin, initrd, board.dtb and run-qemu.sh, which boots them.\n", tables,
		export_main,
};
