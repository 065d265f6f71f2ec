/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel.lds.S: how the lab kernel lies in memory.
 *
 * Linked high at PAGE_OFFSET, loadable anywhere: the physical addresses written into the ELF file are those of a board
 * whose RAM starts at 0x40000000, and only a loader of ELF files looks at them.  After the bytes of the Image come
 * three parts that take room in memory but none in the file: .bss, the page tables, and the arena of free pages.
 */
#include "memory.h"

#define LOAD_OFFSET	(PAGE_OFFSET - 0x40200000)

OUTPUT_FORMAT("elf64-littleaarch64")
OUTPUT_ARCH(aarch64)
ENTRY(_head)

PHDRS
{
	kernel PT_LOAD FLAGS(7);
}

SECTIONS
{
	. = PAGE_OFFSET;
	_text = .;
	.head.text : AT(ADDR(.head.text) - LOAD_OFFSET) { KEEP(*(.head.text)) } :kernel
	.text : AT(ADDR(.text) - LOAD_OFFSET) {
		*(.idmap.text)
		__idmap_text_end = .;
		*(.text .text.*)
	}
	_etext = .;

	.rodata : AT(ADDR(.rodata) - LOAD_OFFSET) { *(.rodata .rodata.*) }
	.init.setup : AT(ADDR(.init.setup) - LOAD_OFFSET) {
		. = ALIGN(8);
		__setup_start = .;
		KEEP(*(.init.setup))
		__setup_end = .;
	}
	/* Calls made before and after the other CPUs are up, in this order. */
	.initcall.init : AT(ADDR(.initcall.init) - LOAD_OFFSET) {
		. = ALIGN(8);
		__initcall_start = .;
		KEEP(*(.initcallearly.init))
		__initcall0_start = .;
		KEEP(*(.initcall6.init))
		KEEP(*(.initcall7.init))
		__initcall_end = .;
	}

	/* init_thread_union must begin at a multiple of its size: current_thread_info() masks the stack pointer. */
	. = ALIGN(THREAD_SIZE);
	.data : AT(ADDR(.data) - LOAD_OFFSET) {
		*(.data..init_task)
		*(.data .data.*)
	}
	/* Read or written by CPUs whose caches are still off: alone on its cache lines. */
	. = ALIGN(2048);
	.mmuoff.data : AT(ADDR(.mmuoff.data) - LOAD_OFFSET) {
		*(.mmuoff.data)
		. = ALIGN(2048);
	}
	/* The model from which setup_per_cpu_areas() copies one area a CPU. */
	. = ALIGN(64);
	.data..percpu : AT(ADDR(.data..percpu) - LOAD_OFFSET) {
		__per_cpu_start = .;
		*(.percpu.data)
		. = ALIGN(64);
		__per_cpu_end = .;
	}
	_edata = .;

	. = ALIGN(64);
	.bss : AT(ADDR(.bss) - LOAD_OFFSET) {
		__bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(64);
		__bss_stop = .;
	}
	/* Not in .bss, which is cleared when these are in use already. */
	. = ALIGN(PAGE_SIZE);
	.pgtables : AT(ADDR(.pgtables) - LOAD_OFFSET) {
		__pgtables_start = .;
		*(.pgtables)
		__pgtables_end = .;
	}
	. = ALIGN(THREAD_SIZE);
	.arena : AT(ADDR(.arena) - LOAD_OFFSET) {
		__arena_start = .;
		*(.arena)
		__arena_end = .;
	}
	_end = .;
	_kernel_size = _end - _text;

	/DISCARD/ : { *(.note.*) *(.eh_frame) *(.comment) *(.interp) }
}

ASSERT(__idmap_text_end - _text <= SECTION_SIZE, "the identity-mapped code must lie in the first block")
ASSERT(_end <= FIXADDR_START, "the kernel must end below the fixmap")
