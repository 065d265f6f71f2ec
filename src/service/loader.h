/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/loader.h: from a device tree and some files to a machine that stands before its first instruction.
 *
 * The tree is the machine: RAM, CPUs and devices are made from it.  The loader rewrites it as asked (CPUs, memory,
 * /chosen), chooses the firmware that its enable-method needs, places everything as Linux's booting.rst asks, tells the
 * bundled firmware about the board (asm/include/boot_info.h) and collects the symbols.  Whatever does not fit is
 * refused with the reason.
 */
#ifndef SERVICE_LOADER_H
#define SERVICE_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/vec.h"
#include "device/virtio_blk.h"
#include "machine/machine.h"
#include "service/drive.h"
#include "service/placement.h"

struct board;
struct board_desc;
struct dtb;
struct lines;
struct lines_place;
struct symbols;
struct symbols_module;

enum { LOADER_MAX_BLOBS = 32, LOADER_MAX_DRIVES = 32 };

#define LOADER_DEFAULT_BOARD	"psci-smc"

/* Raw bytes to put somewhere (--load FILE@ADDR). */
struct loader_blob { const char *file; gpa_t addr; };

/* A raw disk image for the next virtio-mmio slot of the tree (--drive FILE[,readonly]). */
struct loader_drive { const char *file; bool readonly; };

/* What to make.  Strings are borrowed. */
struct loader_config {
	const char *guest_dir;		/* folder of the bundled trees, firmware and kernel */
	const char *source_dir;		/* folder in which their sources are (asm/...); NULL: not known */
	/* a bundled tree by name; NULL, when dtb is NULL too: the one inside `firmware`, or LOADER_DEFAULT_BOARD */
	const char *board;
	const char *dtb;		/* a tree by file */
	unsigned cpus;			/* rewrite /cpus for so many; 0: as the tree says */
	uint64_t memory;		/* rewrite the first memory node to so many bytes; 0: as the tree says */
	/* file, "builtin", "builtin:classic", "none"; NULL: "builtin", "none" for hvc */
	const char *firmware;
	/* file, "builtin" or "none"; NULL: "builtin", or "none" when the tree is inside `firmware` */
	const char *kernel;
	const char *initrd;
	const char *append;
	struct loader_blob blobs[LOADER_MAX_BLOBS];
	size_t blob_count;
	struct loader_drive drives[LOADER_MAX_DRIVES];
	size_t drive_count;
	const char *symbols[LOADER_MAX_BLOBS];	/* System.map or ELF files */
	size_t symbol_count;
	enum cpu_model model;
	int el;				/* where the kernel starts without firmware; 0: 2 for smc, 1 for hvc */
	bool lenient;
};

/* How secondary CPUs are brought up, by the tree. */
enum loaded_method { METHOD_NONE, METHOD_PSCI_SMC, METHOD_PSCI_HVC, METHOD_SPIN_TABLE };

/* Firmware or kernel. */
struct loaded_image {
	bool present;
	char *file;
	gpa_t base;			/* first byte */
	uint64_t size;			/* bytes of memory, zeroed ones included */
	gpa_t entry;			/* first instruction */
	uint64_t va_offset;		/* address as linked minus physical one, modulo 2^64 */
	struct symbols_module *module;	/* its symbols, "firmware" or "kernel" */
	struct lines *lines;		/* its line table; never NULL when present, may be empty */
};

/* The disks, by their slot of virtio in the tree. */
struct loaded_drives {
	struct drive_bytes bytes[LOADER_MAX_DRIVES];
	struct virtio_blk_image image[LOADER_MAX_DRIVES];	/* the same */
	size_t count;
};

/* What a person should know though nothing was refused, on one line. */
struct loaded_note {
	bool is_warning;		/* this will hardly end as it was meant */
	char *text;			/* owned */
};

/* What was made. */
struct loaded {
	struct loaded_drives drives;
	struct board *board;
	struct machine *machine;		/* of the board */
	struct dtb *dtb;		/* the tree as the guest gets it */
	struct board_desc *desc;	/* the same, read */
	struct symbols *symbols;
	enum loaded_method method;
	struct loaded_image firmware, kernel;
	gpa_t dtb_addr;			/* 0: it was not put anywhere (no kernel) */
	gpa_t initrd;
	uint64_t initrd_size;
	unsigned cpu_count;
	unsigned boot_cpu;		/* logical number of the CPU that runs the kernel first */
	/* the CPU of each entry of the firmware's CPU table: the boot CPU comes first */
	unsigned slot_cpu[CPU_MAX];
	gpa_t branch_table;		/* of the firmware; 0: it has none */
	int el;				/* where the kernel starts without firmware */
	struct placement placement;	/* what lies where */
	/* the device tree inside the firmware, which made the board; size 0: it came otherwise */
	struct { gpa_t base; uint64_t size; } inside_tree;
	/* what Linux needs and the tree has not, when a kernel of the user's own is there; NULL: nothing */
	const char *missing;
	VEC(struct loaded_note) notes;	/* in no order */
};

/* Make it.  NULL with ERR for everything that the user can get wrong; free with loaded_free(). */
struct loaded *loader_load(const struct loader_config *config, struct error *err);

/* Free LOADED with its board and machine; NULL is allowed. */
void loaded_free(struct loaded *loaded);

/* Let the CPUs leave reset: all of them with firmware, else the boot CPU alone.  Nothing is run yet. */
void loaded_start(struct loaded *loaded);

/* A name and a place for an address of an image: its symbols and lines are by address as linked.  The image that the
 * run-time address ADDR (virtual or physical) is in, and that address as linked in *LINK; NULL when it is in none. */
const struct loaded_image *loaded_find_image(const struct loaded *loaded, uint64_t addr, uint64_t *link);

/* "warning" or "note". */
const char *loaded_note_word(const struct loaded_note *note);

/* A CPU executes the kernel's byte at PA at the virtual address PC.  A kernel that has moved itself (KASLR) is where no
 * view of its symbols is: they move after it. */
void loaded_follow_kernel(struct loaded *loaded, gva_t pc, gpa_t pa);

/* By how much the kernel's symbols are moved; and move them so. */
uint64_t loaded_slide(const struct loaded *loaded);
void loaded_set_slide(struct loaded *loaded, uint64_t slide);

/* The source line of the run-time address ADDR; false when it has none. */
bool loaded_find_line(const struct loaded *loaded, uint64_t addr, struct lines_place *place);

/* The text of a line that loaded_find_line() found at ADDR, or of another line of the same file; NULL when the source
 * is not there. */
const char *loaded_line_text(const struct loaded *loaded, uint64_t addr, const char *file, unsigned line);

#endif /* SERVICE_LOADER_H */
