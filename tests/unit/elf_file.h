/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/elf_file.h: small AArch64 ELF files, made in memory, for tests to break.
 */
#ifndef UNIT_ELF_FILE_H
#define UNIT_ELF_FILE_H

#include <elf.h>

/* A program with two segments (code of 16 bytes at 0x40080000, data of 8 bytes and 24 of zeroes at 0x40090000, both
 * linked 0xffff000000000000 higher), six symbols, and a section ".text". */
struct elf_file {
	Elf64_Ehdr header;
	Elf64_Phdr segment[2];
	Elf64_Shdr section[5];		/* none, .text, .symtab, .strtab, .shstrtab */
	Elf64_Sym symbol[8];
	unsigned char code[16];
	unsigned char data[8];
	char strings[64];
	char names[40];
};

#define ELF_FILE_HIGH	UINT64_C(0xffff000000000000)

/* The sound program. */
struct elf_file elf_file_sound(void);

#endif /* UNIT_ELF_FILE_H */
