/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a device tree: refused, or described as a board and rewritten for other CPUs and memory.
 */
#include <stdlib.h>

#include "fuzz.h"
#include "service/board_desc.h"
#include "service/board_edit.h"
#include "service/board_report.h"
#include "service/dtb.h"

static void describe(const struct dtb *dtb)
{
	struct board_desc *board = board_desc_new(dtb, NULL);
	struct strbuf out = STRBUF_INIT;

	board_report_text(board, &out);
	board_report_json(board, &out);
	strbuf_free(&out);
	board_desc_free(board);
}

/* Rewrite DTB; what comes of it must be a tree again. */
static void rewrite(struct dtb *dtb, unsigned int cpus)
{
	struct error err = ERROR_NONE;
	struct dtb *again;
	const void *blob;
	size_t size;

	if (!board_edit_set_cpus(dtb, cpus, &err) || !board_edit_set_bootargs(dtb, "quiet", &err))
		return;
	board_edit_set_memory(dtb, 64 << 20, &err);
	board_edit_set_initrd(dtb, 0x48000000, 0x49000000, &err);
	blob = dtb_blob(dtb, &size);
	again = dtb_from_memory(blob, size, "rewritten", &err);
	if (!again && size <= DTB_SIZE_MAX)
		abort();
	if (again)
		describe(again);
	dtb_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_NONE;
	struct dtb *dtb = dtb_from_memory(data, size, "fuzz", &err);

	if (dtb) {
		describe(dtb);
		rewrite(dtb, 2);
		rewrite(dtb, 20);
	}
	dtb_free(dtb);
	return 0;
}
