/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/elf_file.c: small AArch64 ELF files, made in memory, for tests to break.
 */
#include "elf_file.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Offsets of the names in the string tables below. */
enum {
	NAME_START = 1,
	NAME_SPIN = 8,
	NAME_TABLE = 13,
	NAME_MAPPING = 26,
	NAME_CONST = 29,
	NAME_LABEL = 35,
	NAME_FILE = 41
};
enum { SECTION_TEXT = 1, SECTION_SYMTAB, SECTION_STRTAB, SECTION_NAMES, SECTION_COUNT };

static const char strings[] = "\0_start\0spin\0branch_table\0$x\0CONST\0label\0file.S";
static const char names[] = "\0.text\0.symtab\0.strtab\0.shstrtab";

static void set_segments(struct elf_file *f)
{
	f->segment[0] = (Elf64_Phdr){
		.p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_offset = offsetof(struct elf_file, code),
		.p_paddr = 0x40080000, .p_vaddr = ELF_FILE_HIGH + 0x40080000, .p_filesz = 16, .p_memsz = 16,
	};
	f->segment[1] = (Elf64_Phdr){
		.p_type = PT_LOAD, .p_flags = PF_R | PF_W, .p_offset = offsetof(struct elf_file, data),
		.p_paddr = 0x40090000, .p_vaddr = ELF_FILE_HIGH + 0x40090000, .p_filesz = 8, .p_memsz = 32,
	};
}

static Elf64_Shdr section(unsigned int name, unsigned int type, size_t offset, size_t size)
{
	return (Elf64_Shdr){ .sh_name = name, .sh_type = type, .sh_offset = offset, .sh_size = size };
}

static void set_sections(struct elf_file *f)
{
	f->section[SECTION_TEXT] = section(1, SHT_PROGBITS, offsetof(struct elf_file, code), sizeof(f->code));
	f->section[SECTION_SYMTAB] = section(7, SHT_SYMTAB, offsetof(struct elf_file, symbol), sizeof(f->symbol));
	f->section[SECTION_SYMTAB].sh_link = SECTION_STRTAB;
	f->section[SECTION_STRTAB] = section(15, SHT_STRTAB, offsetof(struct elf_file, strings), sizeof(f->strings));
	f->section[SECTION_NAMES] = section(23, SHT_STRTAB, offsetof(struct elf_file, names), sizeof(f->names));
}

static Elf64_Sym symbol(unsigned int name, unsigned int info, unsigned int index, uint64_t value, uint64_t size)
{
	return (Elf64_Sym){ .st_name = name, .st_info = info, .st_shndx = index, .st_value = value, .st_size = size };
}

static void set_symbols(struct elf_file *f)
{
	const uint64_t code = ELF_FILE_HIGH + 0x40080000, data = ELF_FILE_HIGH + 0x40090000;

	f->symbol[1] = symbol(NAME_START, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), SECTION_TEXT, code, 8);
	f->symbol[2] = symbol(NAME_SPIN, ELF64_ST_INFO(STB_LOCAL, STT_FUNC), SECTION_TEXT, code + 8, 8);
	f->symbol[3] = symbol(NAME_TABLE, ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT), SECTION_TEXT, data, 32);
	f->symbol[4] = symbol(NAME_MAPPING, ELF64_ST_INFO(STB_LOCAL, STT_NOTYPE), SECTION_TEXT, code, 0);
	f->symbol[5] = symbol(NAME_CONST, ELF64_ST_INFO(STB_LOCAL, STT_NOTYPE), SHN_ABS, 0x1234, 0);
	f->symbol[6] = symbol(NAME_LABEL, ELF64_ST_INFO(STB_LOCAL, STT_NOTYPE), SECTION_TEXT, code + 12, 0);
	f->symbol[7] = symbol(NAME_FILE, ELF64_ST_INFO(STB_LOCAL, STT_FILE), SHN_ABS, 0, 0);
}

struct elf_file elf_file_sound(void)
{
	struct elf_file f;

	memset(&f, 0, sizeof(f));
	memcpy(f.header.e_ident, ELFMAG, SELFMAG);
	f.header.e_ident[EI_CLASS] = ELFCLASS64;
	f.header.e_ident[EI_DATA] = ELFDATA2LSB;
	f.header.e_ident[EI_VERSION] = EV_CURRENT;
	f.header.e_type = ET_EXEC;
	f.header.e_machine = EM_AARCH64;
	f.header.e_entry = ELF_FILE_HIGH + 0x40080000;
	f.header.e_phoff = offsetof(struct elf_file, segment);
	f.header.e_phentsize = sizeof(Elf64_Phdr);
	f.header.e_phnum = 2;
	f.header.e_shoff = offsetof(struct elf_file, section);
	f.header.e_shentsize = sizeof(Elf64_Shdr);
	f.header.e_shnum = SECTION_COUNT;
	f.header.e_shstrndx = SECTION_NAMES;
	set_segments(&f);
	set_sections(&f);
	set_symbols(&f);
	memcpy(f.strings, strings, sizeof(strings));
	memcpy(f.names, names, sizeof(names));
	memcpy(f.code, "\x1f\x20\x03\xd5\x1f\x20\x03\xd5\x5f\x20\x03\xd5\xff\xff\xff\x17", sizeof(f.code));
	return f;
}
