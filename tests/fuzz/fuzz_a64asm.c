/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any text as assembler: refused with a place, or words.
 */
#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/vec.h"
#include "fuzz.h"
#include "service/a64asm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct a64asm_alias aliases[] = { { "lock", 20 }, { NULL, 0 } };
	char *text = size ? xstrndup((const char *)data, size) : xstrdup("");
	struct a64asm_code code = VEC_INIT;
	struct error err = ERROR_NONE;

	if (!a64asm_assemble(text, aliases, &code, &err) && !isdigit((unsigned char)err.text[0]))
		abort();
	vec_free(&code);
	free(text);
	return 0;
}
