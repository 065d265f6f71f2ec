/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader_images.h: the steps of the loader that live in files of their own.  Private to the loader.
 */
#ifndef SERVICE_LOADER_IMAGES_H
#define SERVICE_LOADER_IMAGES_H

#include <stdbool.h>

#include "base/error.h"
#include "service/loader.h"

/* Longest firmware file: a boot-wrapper has kernel and initrd inside. */
#define LOADER_FIRMWARE_SIZE_MAX	((size_t)1 << 30)

struct board_desc;
struct bytes;
struct elf;

/* The path of the bundled file NAME; free() it. */
char *loader_guest_path(const struct loader_config *config, const char *name);

/* Find room for the SIZE bytes of WHAT in RAM, from HINT on if possible, at a multiple of ALIGN plus OFFSET, and take
 * it. */
bool loader_place(struct loaded *loaded, const char *what, gpa_t hint, uint64_t size, uint64_t align, uint64_t offset,
		  gpa_t *base, struct error *err);

/* The CPUs of a machine to be. */
struct loader_cpus {
	unsigned count;
	uint64_t mpidr[CPU_MAX];
	bool has_firmware;
	int el;				/* where a kernel starts without firmware */
};

/* loader_board.c: the board of LOADED's tree, with its drives. */
struct board *loader_make_board(const struct loader_config *config, const struct loader_cpus *cpus,
				const struct loaded *loaded, struct error *err);

/* loader_images.c: will there be EL3 firmware? */
bool loader_has_firmware(const struct loader_config *config, enum loaded_method method);
/* Load it. */
bool loader_load_firmware(struct loaded *loaded, const struct loader_config *config, struct error *err);
/* Load the kernel. */
bool loader_load_kernel(struct loaded *loaded, const struct loader_config *config, struct error *err);

/* loader_symbols.c: the symbols and lines of ELF, whose file is BYTES, for IMAGE under the module NAME. */
void loader_add_elf(struct loaded *loaded, struct loaded_image *image, const char *name, const struct elf *elf,
		    const struct bytes *bytes, const struct loader_config *config);
/* The kallsyms table inside a raw kernel, if it has one. */
void loader_add_kallsyms(struct loaded *loaded, const struct bytes *image);
/* The files of --symbols, and where branch_table is. */
bool loader_load_symbols(struct loaded *loaded, const struct loader_config *config, struct error *err);

/* Note something that is no error for whoever started the load. */
void loader_note(struct loaded *loaded, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* loader_wrapper.c: has CONFIG firmware that may bring its own tree, and nothing that says otherwise? */
bool loader_may_be_wrapper(const struct loader_config *config);
/* Take the tree inside that firmware, if there is one, as the tree of LOADED.  False with ERR: the file cannot be
 * read. */
bool loader_find_wrapped_tree(struct loaded *loaded, const struct loader_config *config, struct error *err);
/* With ELF in memory: know the kernel and the initrd inside. */
bool loader_adopt_wrapped(struct loaded *loaded, const struct elf *elf, struct error *err);
/* Put the tree, rewritten, back where it was inside. */
bool loader_put_wrapped_tree(struct loaded *loaded, struct error *err);

/* loader_boot_info.c: tell the bundled firmware about the board. */
bool loader_fill_boot_info(struct loaded *loaded, struct error *err);

#endif /* SERVICE_LOADER_IMAGES_H */
