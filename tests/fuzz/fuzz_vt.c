/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as what a guest writes to its console: the same screen whether they come at once or one by one.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "ui/vt.h"

static void show(const struct vt *vt, struct strbuf *out)
{
	bool is_reverse;

	for (size_t i = 0; i < vt_row_count(vt); i++) {
		for (size_t at = 0; vt_row_piece(vt, i, &at, &is_reverse, out);)
			strbuf_putc(out, is_reverse ? '}' : '{');
		strbuf_putc(out, '\n');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf whole = STRBUF_INIT, pieces = STRBUF_INIT;
	struct vt *vt = vt_new();

	vt_put(vt, (const char *)data, size);
	show(vt, &whole);
	vt_clear(vt);
	for (size_t i = 0; i < size; i++)
		vt_put(vt, (const char *)&data[i], 1);
	show(vt, &pieces);
	if (strcmp(strbuf_text(&whole), strbuf_text(&pieces)))
		abort();
	strbuf_free(&whole);
	strbuf_free(&pieces);
	vt_free(vt);
	return 0;
}
