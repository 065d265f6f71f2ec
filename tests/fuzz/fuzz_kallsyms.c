/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a kernel with symbol tables inside: refused, or all their names read.
 */
#include <string.h>

#include "fuzz.h"
#include "service/kallsyms.h"
#include "service/ksymtab.h"

static void see(void *ctx, const char *name, char type, gva_t addr)
{
	*(volatile uint64_t *)ctx += strlen(name) + (unsigned char)type + addr;
}

static void see_export(void *ctx, const char *name, uint64_t offset)
{
	*(volatile uint64_t *)ctx += strlen(name) + offset;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes image = { (uint8_t *)data, size };
	struct kallsyms *kallsyms = kallsyms_new(&image, "fuzz", NULL);
	volatile uint64_t sum = 0;

	if (kallsyms)
		kallsyms_each(kallsyms, see, (void *)&sum);
	kallsyms_free(kallsyms);
	ksymtab_each(&image, size + 64, see_export, (void *)&sum);
	return 0;
}
