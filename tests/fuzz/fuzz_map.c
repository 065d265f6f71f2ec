/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a System.map: refused, or a table in which every address is found.
 */
#include <stdlib.h>

#include "fuzz.h"
#include "service/symbols.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = { (uint8_t *)data, size };
	struct symbols *symbols = symbols_new();
	const struct symbol *symbol;
	struct symbol_hit hit;

	symbols_add_map(symbols, symbols_add_module(symbols, "fuzz"), &text, "fuzz", NULL);
	for (size_t i = 0; (symbol = symbols_complete(symbols, "", i)); i++)
		if (symbol->addr != UINT64_MAX && !symbols_lookup(symbols, symbol->addr, &hit))
			abort();
	symbols_free(symbols);
	return 0;
}
