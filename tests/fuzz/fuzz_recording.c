/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any text as a recording: refused, or read, and then it is the same when written and read again.
 *
 * The first line and the checksum are put around it here, or nothing would ever get past them.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "session/recording_private.h"

static struct recording *parse(const struct strbuf *text)
{
	struct error err = ERROR_NONE;
	struct recording *recording = recording_parse("input", strbuf_text(text), text->len, &err);

	/* Who refuses says why. */
	if (!recording && !error_is_set(&err))
		abort();
	return recording;
}

static void read_again(const struct recording *recording)
{
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
	struct recording *again;

	recording_format(recording, &first);
	again = parse(&first);
	if (!again)
		abort();
	recording_format(again, &second);
	if (strcmp(strbuf_text(&first), strbuf_text(&second)))
		abort();
	recording_free(again);
	strbuf_free(&first);
	strbuf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf text = STRBUF_INIT;
	struct recording *recording;

	strbuf_puts(&text, RECORDING_FIRST_LINE);
	strbuf_add(&text, (const char *)data, size);
	strbuf_printf(&text, "checksum %016" PRIx64 "\n", recording_hash(text.text, text.len));
	recording = parse(&text);
	if (recording)
		read_again(recording);
	recording_free(recording);
	strbuf_free(&text);
	return 0;
}
