/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Any bytes as a kernel with a kallsyms table inside: refused, or all its names read.
 */
#include <string.h>

#include "fuzz.h"
#include "service/kallsyms.h"

static void see(void *ctx, const char *name, char type, gva_t addr)
{
	*(volatile uint64_t *)ctx += strlen(name) + (unsigned char)type + addr;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes image = { (uint8_t *)data, size };
	struct kallsyms *kallsyms = kallsyms_new(&image, "fuzz", NULL);
	volatile uint64_t sum = 0;

	if (kallsyms)
		kallsyms_each(kallsyms, see, (void *)&sum);
	kallsyms_free(kallsyms);
	return 0;
}
