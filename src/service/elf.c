/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/elf.c: linked 64-bit little-endian AArch64 ELF files.
 *
 * <elf.h> of the C library gives the layouts; fields are read with memcpy, for a file need not be aligned in memory,
 * and the host is little-endian like the guest (configure checks).
 */
#include "service/elf.h"

#include <elf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

enum { SEGMENT_MAX = 256 };

struct elf {
	const uint8_t *data;
	size_t size;
	Elf64_Ehdr header;
	VEC(struct elf_segment) segments;
	VEC(struct elf_symbol) symbols;
};

/* Are the LEN bytes from OFFSET inside the file? */
static bool in_file(const struct elf *elf, uint64_t offset, uint64_t len)
{
	return offset <= elf->size && len <= elf->size - offset;
}

bool elf_is_elf(const uint8_t *data, size_t size)
{
	return size >= SELFMAG && memcmp(data, ELFMAG, SELFMAG) == 0;
}

/* What another machine's number is called, for the message. */
static const char *machine_name(unsigned int machine)
{
	static const struct { unsigned int machine; const char *name; } names[] = {
		{ EM_386, "x86" }, { EM_X86_64, "x86-64" }, { EM_ARM, "32-bit Arm" }, { EM_RISCV, "RISC-V" },
		{ EM_PPC64, "64-bit PowerPC" }, { EM_MIPS, "MIPS" }, { EM_S390, "S/390" }, { 258, "LoongArch" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].machine == machine)
			return names[i].name;
	return "another machine";
}

static bool check_type(const Elf64_Ehdr *header, const char *name, struct error *err)
{
	switch (header->e_type) {
	case ET_EXEC:
	case ET_DYN:
		return true;
	case ET_REL:
		return error_set(err, "%s: an object file; link it first", name);
	case ET_CORE:
		return error_set(err, "%s: a core dump, where a linked program is wanted", name);
	default:
		return error_set(err, "%s: ELF type %u, where a linked program is wanted", name,
				 (unsigned int)header->e_type);
	}
}

static bool check_header(const struct elf *elf, const char *name, struct error *err)
{
	const Elf64_Ehdr *header = &elf->header;

	if (!elf_is_elf(elf->data, elf->size))
		return error_set(err, "%s: not an ELF file", name);
	if (elf->size > EI_CLASS && elf->data[EI_CLASS] == ELFCLASS32)
		return error_set(err, "%s: a 32-bit ELF file; 64-bit AArch64 is wanted", name);
	if (elf->size < sizeof(*header))
		return error_set(err, "%s: cut short: %zu bytes, an ELF header has %zu", name, elf->size,
				 sizeof(*header));
	if (elf->data[EI_DATA] != ELFDATA2LSB)
		return error_set(err, "%s: a big-endian ELF file; little-endian AArch64 is wanted", name);
	if (elf->data[EI_CLASS] != ELFCLASS64)
		return error_set(err, "%s: ELF class %u; 64-bit AArch64 is wanted", name, elf->data[EI_CLASS]);
	if (header->e_machine != EM_AARCH64)
		return error_set(err, "%s: an ELF file for %s (machine %u); AArch64 (%u) is wanted", name,
				 machine_name(header->e_machine), (unsigned int)header->e_machine, EM_AARCH64);
	return check_type(header, name, err);
}

static bool add_segment(struct elf *elf, const Elf64_Phdr *ph, const char *name, struct error *err)
{
	size_t index = elf->segments.len;

	if (ph->p_filesz > ph->p_memsz)
		return error_set(err,
				 "%s: segment %zu has more bytes in the file (0x%" PRIx64 ") than in memory (0x%" PRIx64
				 ")",
				 name, index, ph->p_filesz, ph->p_memsz);
	if (!in_file(elf, ph->p_offset, ph->p_filesz))
		return error_set(err, "%s: cut short: segment %zu is 0x%" PRIx64 " bytes at offset 0x%" PRIx64
				 ", the file has 0x%zx", name, index, ph->p_filesz, ph->p_offset, elf->size);
	if (ph->p_paddr + ph->p_memsz < ph->p_paddr || ph->p_vaddr + ph->p_memsz < ph->p_vaddr)
		return error_set(err, "%s: segment %zu at 0x%" PRIx64 " runs over the end of the address space", name,
				 index, ph->p_paddr);
	*vec_push(&elf->segments) = (struct elf_segment){
		.paddr = ph->p_paddr,
		.vaddr = ph->p_vaddr,
		.filesz = ph->p_filesz,
		.memsz = ph->p_memsz,
		.is_executable = ph->p_flags & PF_X,
		.is_writable = ph->p_flags & PF_W,
		.data = elf->data + ph->p_offset,
	};
	return true;
}

static bool check_overlap(const struct elf *elf, const char *name, struct error *err)
{
	for (size_t i = 0; i < elf->segments.len; i++)
		for (size_t j = i + 1; j < elf->segments.len; j++) {
			const struct elf_segment *a = &elf->segments.item[i], *b = &elf->segments.item[j];

			if (a->paddr < b->paddr + b->memsz && b->paddr < a->paddr + a->memsz)
				return error_set(err,
						 "%s: segments %zu (0x%" PRIx64 "+0x%" PRIx64 ") and %zu (0x%" PRIx64
						 "+0x%" PRIx64 ") overlap in physical memory",
						 name, i, a->paddr, a->memsz, j, b->paddr, b->memsz);
		}
	return true;
}

static bool read_segments(struct elf *elf, const char *name, struct error *err)
{
	const Elf64_Ehdr *h = &elf->header;
	Elf64_Phdr ph;

	if (h->e_phnum && h->e_phentsize != sizeof(ph))
		return error_set(err, "%s: program headers of %u bytes, where %zu would be right", name,
				 (unsigned int)h->e_phentsize, sizeof(ph));
	if (!in_file(elf, h->e_phoff, (uint64_t)h->e_phnum * sizeof(ph)))
		return error_set(err,
				 "%s: cut short: %u program headers at offset 0x%" PRIx64 ", the file has 0x%zx bytes",
				 name, (unsigned int)h->e_phnum, h->e_phoff, elf->size);
	for (unsigned int i = 0; i < h->e_phnum; i++) {
		memcpy(&ph, elf->data + h->e_phoff + i * sizeof(ph), sizeof(ph));
		if (ph.p_type != PT_LOAD || ph.p_memsz == 0)
			continue;
		if (elf->segments.len == SEGMENT_MAX)
			return error_set(err, "%s: more than %d segments to load", name, SEGMENT_MAX);
		if (!add_segment(elf, &ph, name, err))
			return false;
	}
	if (elf->segments.len == 0)
		return error_set(err, "%s: no segment to load", name);
	return check_overlap(elf, name, err);
}

/* Section header INDEX; false when it or what it describes is not all in the file. */
static bool get_section(const struct elf *elf, unsigned int index, Elf64_Shdr *sh)
{
	const Elf64_Ehdr *h = &elf->header;
	uint64_t offset = h->e_shoff + (uint64_t)index * sizeof(*sh);

	if (index >= h->e_shnum || h->e_shentsize != sizeof(*sh) || offset < h->e_shoff ||
	    !in_file(elf, offset, sizeof(*sh)))
		return false;
	memcpy(sh, elf->data + offset, sizeof(*sh));
	return sh->sh_type == SHT_NOBITS || in_file(elf, sh->sh_offset, sh->sh_size);
}

/* The string at OFFSET of the string table SH, NULL when it does not end inside. */
static const char *get_string(const struct elf *elf, const Elf64_Shdr *sh, uint64_t offset)
{
	const char *text;

	if (sh->sh_type != SHT_STRTAB || offset >= sh->sh_size)
		return NULL;
	text = (const char *)elf->data + sh->sh_offset + offset;
	return memchr(text, '\0', sh->sh_size - offset) ? text : NULL;
}

static bool is_wanted(const Elf64_Sym *sym, const char *name)
{
	unsigned int type = ELF64_ST_TYPE(sym->st_info);

	/* $x and $d mark code and data (ELF for the Arm 64-bit Architecture, "Mapping symbols"). */
	return name && name[0] && name[0] != '$' && sym->st_shndx != SHN_UNDEF &&
	       (type == STT_NOTYPE || type == STT_OBJECT || type == STT_FUNC);
}

static void add_symbol(struct elf *elf, const Elf64_Sym *sym, const char *name)
{
	unsigned int type = ELF64_ST_TYPE(sym->st_info);

	*vec_push(&elf->symbols) = (struct elf_symbol){
		.name = name,
		.value = sym->st_value,
		.size = sym->st_size,
		.kind = type == STT_FUNC     ? ELF_SYMBOL_FUNCTION
			: type == STT_OBJECT ? ELF_SYMBOL_OBJECT
					     : ELF_SYMBOL_NONE,
		.is_global = ELF64_ST_BIND(sym->st_info) != STB_LOCAL,
		.is_absolute = sym->st_shndx == SHN_ABS,
	};
}

static void read_symbols(struct elf *elf)
{
	Elf64_Shdr sh, strings;
	Elf64_Sym sym;
	unsigned int i;

	for (i = 0; i < elf->header.e_shnum; i++)
		if (get_section(elf, i, &sh) && sh.sh_type == SHT_SYMTAB)
			break;
	if (i == elf->header.e_shnum || !get_section(elf, sh.sh_link, &strings))
		return;
	for (uint64_t at = 0; sh.sh_size - at >= sizeof(sym); at += sizeof(sym)) {
		const char *name;

		memcpy(&sym, elf->data + sh.sh_offset + at, sizeof(sym));
		name = get_string(elf, &strings, sym.st_name);
		if (is_wanted(&sym, name))
			add_symbol(elf, &sym, name);
	}
}

struct elf *elf_new(const uint8_t *data, size_t size, const char *name, struct error *err)
{
	struct elf *elf = xzalloc(sizeof(*elf));

	elf->data = data;
	elf->size = size;
	if (size >= sizeof(elf->header))
		memcpy(&elf->header, data, sizeof(elf->header));
	if (!check_header(elf, name, err) || !read_segments(elf, name, err)) {
		elf_free(elf);
		return NULL;
	}
	read_symbols(elf);
	return elf;
}

void elf_free(struct elf *elf)
{
	if (!elf)
		return;
	vec_free(&elf->segments);
	vec_free(&elf->symbols);
	free(elf);
}

gva_t elf_entry(const struct elf *elf)
{
	return elf->header.e_entry;
}

size_t elf_segment_count(const struct elf *elf)
{
	return elf->segments.len;
}

const struct elf_segment *elf_segment(const struct elf *elf, size_t index)
{
	return &elf->segments.item[index];
}

bool elf_to_physical(const struct elf *elf, gva_t vaddr, gpa_t *out)
{
	for (size_t i = 0; i < elf->segments.len; i++) {
		const struct elf_segment *s = &elf->segments.item[i];

		if (vaddr >= s->vaddr && vaddr - s->vaddr < s->memsz) {
			*out = s->paddr + (vaddr - s->vaddr);
			return true;
		}
	}
	return false;
}

size_t elf_symbol_count(const struct elf *elf)
{
	return elf->symbols.len;
}

const struct elf_symbol *elf_symbol(const struct elf *elf, size_t index)
{
	return &elf->symbols.item[index];
}

const uint8_t *elf_section(const struct elf *elf, const char *name, size_t *size)
{
	Elf64_Shdr names, sh;

	if (!get_section(elf, elf->header.e_shstrndx, &names))
		return NULL;
	for (unsigned int i = 0; i < elf->header.e_shnum; i++) {
		const char *found;

		if (!get_section(elf, i, &sh) || sh.sh_type == SHT_NOBITS)
			continue;
		found = get_string(elf, &names, sh.sh_name);
		if (found && strcmp(found, name) == 0) {
			*size = sh.sh_size;
			return elf->data + sh.sh_offset;
		}
	}
	return NULL;
}
