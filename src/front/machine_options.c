/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/machine_options.c: the MACHINE options.
 */
#include "front/machine_options.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "front/paths.h"
#include "front/subcommand.h"
#include "front/xdg.h"
#include "service/board_desc.h"
#include "service/dtb.h"
#include "service/file.h"

#define SCHEDULE_SIZE_MAX	((size_t)256 << 20)
#define MEMORY_MAX		(UINT64_C(1) << 40)

static bool set_text(const char **to, const char *value)
{
	*to = value;
	return true;
}

static struct loader_config *boot_of(void *to)
{
	return &((struct machine_options *)to)->config.boot;
}

static bool set_board(void *to, const char *value, struct error *err)
{
	struct machine_options *options = to;

	(void)err;
	options->wants_board_list = !strcmp(value, "help");
	return set_text(&options->config.boot.board, value);
}

OPTION_TEXT(set_dtb, struct machine_options, config.boot.dtb)

static bool set_cpus(void *to, const char *value, struct error *err)
{
	uint64_t n;

	if (!options_number(value, &n, NULL) || n < 1 || n > CPU_MAX)
		return error_set(err, "'%s' is not a number of CPUs from 1 to %d", value, CPU_MAX);
	boot_of(to)->cpus = (unsigned)n;
	return true;
}

static bool set_memory(void *to, const char *value, struct error *err)
{
	if (!options_size(value, &boot_of(to)->memory, err))
		return false;
	if (boot_of(to)->memory > MEMORY_MAX)
		return error_set(err, "'%s' is more than physical addresses of 40 bits can name", value);
	return boot_of(to)->memory || error_set(err, "a machine without memory cannot run");
}

OPTION_TEXT(set_firmware, struct machine_options, config.boot.firmware)
OPTION_TEXT(set_append, struct machine_options, config.boot.append)

/* A file, or with the word "linux" NAME of the fetched kernel. */
static bool set_file(struct machine_options *options, const char **to, const char *value, const char *name,
		     struct error *err)
{
	char *path;

	if (strcmp(value, MACHINE_LINUX))
		return set_text(to, value);
	path = machine_places_find_linux(&options->places, name, err);
	if (path)
		vec_add(&options->names, path);
	return path && set_text(to, path);
}

static bool set_kernel(void *to, const char *value, struct error *err)
{
	return set_file(to, &boot_of(to)->kernel, value, "vmlinuz", err);
}

/* What --initrd calls the one with the modules that a disk needs. */
#define LINUX_DISK	MACHINE_LINUX "-disk"

static bool set_initrd(void *to, const char *value, struct error *err)
{
	if (!strcmp(value, LINUX_DISK))
		return set_file(to, &boot_of(to)->initrd, MACHINE_LINUX, "initrd-disk.gz", err);
	return set_file(to, &boot_of(to)->initrd, value, "initrd.gz", err);
}

/* FILE@ADDR; a file's name may hold an '@', an address not. */
static bool add_blob(void *to, const char *value, struct error *err)
{
	struct machine_options *options = to;
	struct loader_config *boot = boot_of(to);
	const char *at = strrchr(value, '@');
	uint64_t addr;

	if (!at || at == value || !options_number(at + 1, &addr, NULL))
		return error_set(err, "'%s' is not FILE@ADDR", value);
	if (boot->blob_count == LOADER_MAX_BLOBS)
		return error_set(err, "more than %d files", LOADER_MAX_BLOBS);
	vec_add(&options->names, xstrndup(value, (size_t)(at - value)));
	boot->blobs[boot->blob_count++] = (struct loader_blob){ options->names.item[options->names.len - 1], addr };
	return true;
}

/* FILE or FILE,readonly. */
static bool add_drive(void *to, const char *value, struct error *err)
{
	static const char readonly[] = ",readonly";
	struct machine_options *options = to;
	struct loader_config *boot = boot_of(to);
	size_t len = strlen(value), tail = strlen(readonly);
	bool is_readonly = len >= tail && !strcmp(value + len - tail, readonly);

	if (boot->drive_count == LOADER_MAX_DRIVES)
		return error_set(err, "more than %d drives", LOADER_MAX_DRIVES);
	len -= is_readonly ? tail : 0;
	if (!len)
		return error_set(err, "'%s' is not FILE or FILE,readonly", value);
	vec_add(&options->names, xstrndup(value, len));
	boot->drives[boot->drive_count++] =
		(struct loader_drive){ options->names.item[options->names.len - 1], is_readonly };
	return true;
}

static bool add_symbols(void *to, const char *value, struct error *err)
{
	struct loader_config *boot = boot_of(to);

	if (boot->symbol_count == LOADER_MAX_BLOBS)
		return error_set(err, "more than %d files", LOADER_MAX_BLOBS);
	return set_text(&boot->symbols[boot->symbol_count++], value);
}

static bool set_model(void *to, const char *value, struct error *err)
{
	static const struct { const char *name; enum cpu_model model; } models[] = {
		{ "cortex-a53", CPU_CORTEX_A53 }, { "cortex-a57", CPU_CORTEX_A57 }, { "cortex-a72", CPU_CORTEX_A72 },
		{ "max", CPU_MAX_MODEL },
	};

	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
		if (!strcmp(models[i].name, value)) {
			boot_of(to)->model = models[i].model;
			return true;
		}
	}
	return error_set(err, "'%s' is none of cortex-a53, cortex-a57, cortex-a72, max", value);
}

bool machine_options_load_schedule(struct machine_options *options, const char *path, struct error *err)
{
	struct bytes file = BYTES_NONE;

	if (!file_read(path, SCHEDULE_SIZE_MAX, &file, err))
		return false;
	free(options->sched_text);
	options->sched_text = xstrndup((const char *)file.data, file.size);
	options->config.sched_text = options->sched_text;
	bytes_free(&file);
	return set_text(&options->config.sched, path);
}

static bool set_sched(void *to, const char *value, struct error *err)
{
	struct machine_options *options = to;

	if (!strncmp(value, "file:", 5))
		return machine_options_load_schedule(options, value + 5, err);
	options->config.sched_text = NULL;
	return set_text(&options->config.sched, value);
}

static bool set_el(void *to, const char *value, struct error *err)
{
	if (strcmp(value, "1") && strcmp(value, "2"))
		return error_set(err, "'%s' is not 1 or 2: a kernel starts at EL1 or EL2", value);
	boot_of(to)->el = *value - '0';
	return true;
}

OPTION_FLAG(set_lenient, struct machine_options, config.boot.lenient)

static bool set_livelock(void *to, const char *value, struct error *err)
{
	return options_number(value, &((struct machine_options *)to)->config.livelock, err);
}

static const struct option_row rows[] = {
	{ 'b', "board", "NAME", "a bundled device tree (default psci-smc); \"help\" lists them", set_board },
	{ 'd', "dtb", "FILE", "any other device tree, compiled", set_dtb },
	{ 'c', "cpus", "N", "1 to 64 CPUs: rewrites the tree's cpus, as they are laid out there", set_cpus },
	{ 'm', "memory", "SIZE", "like 64M or 1G: rewrites the tree's first memory node", set_memory },
	{ 'f', "firmware", "FILE", "EL3 firmware, ELF; \"builtin\" (default): the one that the tree needs;\n"
	  "\"builtin:classic\": PSCI with CPU_ON and CPU_OFF alone; \"none\" (default\n"
	  "for hvc): the emulator answers PSCI and starts the kernel; an ELF with a\n"
	  "tree inside (boot-wrapper) brings its board and kernel: no -b, -d, -k", set_firmware },
	{ 'k', "kernel", "FILE", "arm64 Image, gzip of one, or ELF; \"builtin\" (default), \"none\", or\n"
	  "\"linux\": the Debian kernel that tools/get-linux fetched", set_kernel },
	{ 'i', "initrd", "FILE", "put in RAM and named in /chosen; \"linux\": the one made by\n"
	  "tools/get-linux; \"linux-disk\": the same with the modules that --drive needs", set_initrd },
	{ 'a', "append", "TEXT", "kernel command line", set_append },
	{ 0, "load", "FILE@ADDR", "raw bytes into memory (repeatable)", add_blob },
	{ 0, "drive", "FILE[,readonly]", "raw disk image, for virtio-blk (repeatable); needs a tree with virtio,mmio\n"
	  "nodes, like -b virt.  FILE is never written: what the guest writes is\n"
	  "part of the machine's state, and gone with it", add_drive },
	{ 0, "symbols", "FILE", "System.map, or ELF with symbols and lines (repeatable)", add_symbols },
	{ 0, "cpu", "MODEL", "cortex-a53, cortex-a57, cortex-a72 (default), max", set_model },
	{ 0, "sched", "SPEC", "rr[:N] (default rr:1000), random[:SEED], file:PATH (a saved schedule)", set_sched },
	{ 0, "el", "N", "without firmware: start the kernel at EL1 or EL2", set_el },
	{ 0, "lenient", NULL, "what is mapped nowhere reads zero, instead of an external abort", set_lenient },
	{ 0, "livelock", "N", "report CPUs that spin N instructions with nothing changing", set_livelock },
};

const struct option_table machine_option_table = { "Machine", rows, sizeof(rows) / sizeof(rows[0]) };

/* Where tools/get-linux leaves its files: $LINUX_DIR, or smptutor's folder in the cache. */
static void find_linux(struct machine_options *options)
{
	const char *dir = getenv("LINUX_DIR");

	options->linux_dir = dir && *dir ? xstrdup(dir) : xdg_cache_folder();
	options->get_linux = paths_find("tools/get-linux", NULL);
}

bool machine_options_init(struct machine_options *options, struct error *err)
{
	memset(options, 0, sizeof(*options));
	options->config.boot.model = CPU_CORTEX_A72;
	options->guest_dir = paths_find("guest", err);
	if (!options->guest_dir)
		return false;
	options->source_dir = paths_find("asm", NULL);
	if (options->source_dir)
		options->source_dir[strlen(options->source_dir) - strlen("/asm")] = '\0';
	find_linux(options);
	options->config.boot.guest_dir = options->guest_dir;
	options->config.boot.source_dir = options->source_dir;
	options->places = (struct machine_places){
		.guest_dir = options->guest_dir, .source_dir = options->source_dir,
		.linux_dir = options->linux_dir, .get_linux = options->get_linux,
	};
	return true;
}

void machine_options_free(struct machine_options *options)
{
	free(options->guest_dir);
	free(options->source_dir);
	free(options->linux_dir);
	free(options->get_linux);
	free(options->sched_text);
	for (size_t i = 0; i < options->names.len; i++)
		free(options->names.item[i]);
	vec_free(&options->names);
}

/* ---- -b help ---- */

static int is_tree(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 4 && !strcmp(entry->d_name + len - 4, ".dtb");
}

static const char *conduit_word(const struct board_desc *desc)
{
	if (!desc->psci.present)
		return "spin-table";
	return desc->psci.conduit == BOARD_CONDUIT_HVC ? "PSCI by hvc" : "PSCI by smc";
}

static void describe_board(const char *dir, const char *file, struct strbuf *out)
{
	struct strbuf path = STRBUF_INIT;
	struct dtb *dtb;
	struct board_desc *desc;

	strbuf_printf(&path, "%s/%s", dir, file);
	dtb = dtb_load(strbuf_text(&path), NULL);
	if (dtb) {
		desc = board_desc_new(dtb, NULL);
		strbuf_printf(out, "%-14.*s %2zu CPUs, %s, GICv%d\n", (int)strlen(file) - 4, file, desc->cpus.len,
			      conduit_word(desc), desc->gic.version);
		board_desc_free(desc);
	}
	dtb_free(dtb);
	strbuf_free(&path);
}

static bool list_boards(const struct machine_options *options, struct strbuf *out, struct error *err)
{
	struct dirent **entries;
	int count = scandir(options->guest_dir, &entries, is_tree, alphasort);

	if (count < 0)
		return error_set(err, "%s: cannot be read", options->guest_dir);
	for (int i = 0; i < count; i++) {
		describe_board(options->guest_dir, entries[i]->d_name, out);
		free(entries[i]);
	}
	free(entries);
	return true;
}

int machine_options_print_boards(const struct machine_options *options)
{
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_NONE;
	bool ok = list_boards(options, &text, &err);

	fputs(strbuf_text(&text), stdout);
	strbuf_free(&text);
	return ok ? EXIT_REACHED : subcommand_fail(&err, EXIT_USAGE);
}
