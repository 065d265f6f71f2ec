/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/recording_text.c: writing recordings (recording.h says what they look like).
 */
#include <inttypes.h>
#include <string.h>

#include "session/eventlog.h"
#include "session/recording_private.h"

const struct recording_model recording_models[] = {
	{ "cortex-a53", CPU_CORTEX_A53 }, { "cortex-a57", CPU_CORTEX_A57 }, { "cortex-a72", CPU_CORTEX_A72 },
	{ "max", CPU_MAX_MODEL },
};

const char *const recording_deeds[] = {
	[ENTRY_STEP] = "step", [ENTRY_REG] = "reg", [ENTRY_SYSREG] = "sysreg", [ENTRY_MEMORY] = "memory",
	[ENTRY_SCHED] = "sched", [ENTRY_INJECT] = "inject", [ENTRY_INPUT] = "input", [ENTRY_LINE] = "line",
	[ENTRY_NOTICE] = "notice",
};

static void put_text(struct strbuf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '\\')
			strbuf_puts(out, "\\\\");
		else if (c < ' ' || c >= 0x7f)
			strbuf_printf(out, "\\x%02x", c);
		else
			strbuf_putc(out, (char)c);
	}
}

/* A line "WORD TEXT", when there is a TEXT. */
static void put_option(struct strbuf *out, const char *word, const char *text)
{
	if (!text)
		return;
	strbuf_printf(out, "%s ", word);
	put_text(out, text, strlen(text));
	strbuf_putc(out, '\n');
}

static void put_number(struct strbuf *out, const char *word, uint64_t number)
{
	if (number)
		strbuf_printf(out, "%s %" PRIu64 "\n", word, number);
}

static void put_options(const struct recording *recording, struct strbuf *out)
{
	const struct session_config *config = &recording->config;
	const struct loader_config *boot = &config->boot;

	put_option(out, "board", boot->board);
	put_option(out, "dtb", boot->dtb);
	put_number(out, "cpus", boot->cpus);
	put_number(out, "memory", boot->memory);
	put_option(out, "firmware", boot->firmware);
	put_option(out, "kernel", boot->kernel);
	put_option(out, "initrd", boot->initrd);
	put_option(out, "append", boot->append);
	for (size_t i = 0; i < boot->blob_count; i++) {
		strbuf_printf(out, "load %" PRIu64, boot->blobs[i].addr);
		put_option(out, "", boot->blobs[i].file);
	}
	for (size_t i = 0; i < boot->drive_count; i++) {
		strbuf_printf(out, "drive %d", boot->drives[i].readonly);
		put_option(out, "", boot->drives[i].file);
	}
	for (size_t i = 0; i < boot->symbol_count; i++)
		put_option(out, "symbols", boot->symbols[i]);
	for (size_t i = 0; i < RECORDING_MODELS; i++)
		if (recording_models[i].model == boot->model)
			put_option(out, "cpu", recording_models[i].name);
	put_option(out, "sched", config->sched);
	put_option(out, "sched-file", recording->sched_file);
	put_number(out, "el", (uint64_t)boot->el);
	put_number(out, "lenient", boot->lenient);
	put_number(out, "livelock", config->livelock);
}

static void put_entry(const struct entry *entry, struct strbuf *out)
{
	strbuf_printf(out, "do %" PRIu64 " %s", entry->t, recording_deeds[entry->kind]);
	switch (entry->kind) {
	case ENTRY_STEP: case ENTRY_LINE:
		strbuf_printf(out, " %u %" PRIu64, entry->cpu, entry->number);
		break;
	case ENTRY_REG: case ENTRY_SYSREG: case ENTRY_INJECT:
		strbuf_printf(out, " %u %" PRIu64 " %" PRIu64, entry->cpu, entry->number, entry->value);
		break;
	case ENTRY_NOTICE:
		strbuf_printf(out, " %s", eventlog_kind_name((enum event_kind)entry->number));
		break;
	case ENTRY_MEMORY:
		strbuf_printf(out, " %" PRIu64 " %u %" PRIu64, entry->number, entry->size, entry->value);
		break;
	case ENTRY_SCHED: case ENTRY_INPUT:
		strbuf_putc(out, ' ');
		put_text(out, entry->text, entry->kind == ENTRY_INPUT ? entry->number : strlen(entry->text));
		break;
	}
	strbuf_putc(out, '\n');
}

void recording_format(const struct recording *recording, struct strbuf *out)
{
	size_t start = out->len;

	strbuf_puts(out, RECORDING_FIRST_LINE);
	put_option(out, "program", recording->program);
	put_options(recording, out);
	for (size_t i = 0; i < recording->files.len; i++) {
		const struct recording_file *file = &recording->files.item[i];

		strbuf_printf(out, "file %s %016" PRIx64 " %" PRIu64 "\n", file->role, file->hash, file->size);
	}
	for (size_t i = 0; i < recording->journal.entries.len; i++)
		put_entry(&recording->journal.entries.item[i], out);
	for (size_t i = 0; i < recording->said.len; i++) {
		strbuf_printf(out, "said %" PRIu64, recording->said.item[i].t);
		put_option(out, "", recording->said.item[i].line);
	}
	strbuf_printf(out, "end %" PRIu64 " %016" PRIx64 "\n", recording->end_t, recording->end_hash);
	strbuf_printf(out, "checksum %016" PRIx64 "\n", recording_hash(out->text + start, out->len - start));
}
