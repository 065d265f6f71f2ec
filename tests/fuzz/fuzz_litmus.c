/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any text as a litmus test: refused with file and line, or read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "front/litmus_file.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = size ? xstrndup((const char *)data, size) : xstrdup("");
	struct litmus litmus;
	struct error err = ERROR_NONE;

	if (!litmus_parse(&litmus, "input", text, &err) && strncmp(err.text, "input:", 6))
		abort();
	litmus_free(&litmus);
	free(text);
	return 0;
}
