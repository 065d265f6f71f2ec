/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/recording_parse.c: reading recordings (recording.h says what they look like).
 *
 * The checksum is looked at first, so whatever else is wrong was written so.  Nothing is believed all the same:
 * recordings come from strangers.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/eventlog.h"
#include "session/notice.h"
#include "session/recording_private.h"

#define CHECKSUM_LEN	(sizeof("checksum 0123456789abcdef\n") - 1)

enum { ENTRIES_MAX = 1 << 20 };

/* ---- words of a line; each reader steps over what it read, and a blank behind it ---- */

static char *take_word(const char **at)
{
	size_t len = strcspn(*at, " ");
	char *word = xstrndup(*at, len);

	*at += len + ((*at)[len] == ' ');
	return word;
}

static bool take_digits(const char **at, int base, uint64_t *number)
{
	const char *start = *at;
	char *end;

	*number = strtoull(start, &end, base);
	if (!isxdigit((unsigned char)*start) || (*end && *end != ' ') || end - start > 20)
		return false;
	*at = end + (*end == ' ');
	return true;
}

static bool take_number(const char **at, uint64_t *number)
{
	return take_digits(at, 10, number);
}

static bool take_small(const char **at, unsigned max, unsigned *number)
{
	uint64_t wide;

	if (!take_number(at, &wide) || wide > max)
		return false;
	*number = (unsigned)wide;
	return true;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

/* The rest of the line, its escapes undone; *LEN bytes and a NUL.  NULL when an escape is none. */
static char *take_rest(const char **at, size_t *len)
{
	char *text = xzalloc(strlen(*at) + 1), *to = text;
	const char *from = *at;

	while (*from) {
		if (*from != '\\') {
			*to++ = *from++;
		} else if (from[1] == '\\') {
			*to++ = '\\';
			from += 2;
		} else if (from[1] == 'x' && hex_digit(from[2]) >= 0 && hex_digit(from[3]) >= 0) {
			*to++ = (char)(hex_digit(from[2]) << 4 | hex_digit(from[3]));
			from += 4;
		} else {
			free(text);
			return NULL;
		}
	}
	*len = (size_t)(to - text);
	*at = from;
	return text;
}

/* The rest as a string, which has no NUL inside. */
static char *take_string(const char **at)
{
	size_t len;
	char *text = take_rest(at, &len);

	if (text && strlen(text) == len)
		return text;
	free(text);
	return NULL;
}

static bool keep_string(struct recording *recording, const char **at, const char **to)
{
	char *text = take_string(at);

	*to = recording_keep(recording, text);
	free(text);
	return *to;
}

/* ---- what is done ---- */

static bool parse_step(struct entry *entry, const char **at)
{
	return take_small(at, CPU_MAX - 1, &entry->cpu) && take_number(at, &entry->number) &&
	       entry->number <= UINT64_MAX - entry->t;
}

static bool parse_line_of(struct entry *entry, const char **at)
{
	return take_small(at, CPU_MAX - 1, &entry->cpu) && take_number(at, &entry->number) &&
	       entry->number <= UINT32_MAX;
}

static bool parse_reg(struct entry *entry, const char **at)
{
	uint64_t max = UINT32_MAX;

	if (entry->kind != ENTRY_SYSREG)
		max = entry->kind == ENTRY_REG ? CPU_REG_COUNT - 1 : INJECT_FREEZE;
	return take_small(at, CPU_MAX - 1, &entry->cpu) && take_number(at, &entry->number) && entry->number <= max &&
	       take_number(at, &entry->value);
}

static bool parse_memory(struct entry *entry, const char **at)
{
	return take_number(at, &entry->number) && take_small(at, 8, &entry->size) && entry->size &&
	       !(entry->size & (entry->size - 1)) && take_number(at, &entry->value);
}

static bool parse_sched(struct entry *entry, const char **at)
{
	entry->text = take_string(at);
	return entry->text;
}

static bool parse_input(struct entry *entry, const char **at)
{
	size_t len;

	entry->text = take_rest(at, &len);
	entry->number = entry->text ? len : 0;
	return entry->number;
}

static bool parse_notice(struct entry *entry, const char **at)
{
	char *word = take_word(at);

	while (entry->number < EVENT_KIND_COUNT && strcmp(eventlog_kind_name((enum event_kind)entry->number), word))
		entry->number++;
	free(word);
	return entry->number < EVENT_KIND_COUNT && notice_is_kind((enum event_kind)entry->number);
}

typedef bool parse_entry_fn(struct entry *entry, const char **at);

static parse_entry_fn *const parse_entry[] = {
	[ENTRY_STEP] = parse_step, [ENTRY_REG] = parse_reg, [ENTRY_SYSREG] = parse_reg,
	[ENTRY_MEMORY] = parse_memory, [ENTRY_SCHED] = parse_sched, [ENTRY_INJECT] = parse_reg,
	[ENTRY_INPUT] = parse_input, [ENTRY_LINE] = parse_line_of,
	[ENTRY_NOTICE] = parse_notice,
};

/* Time of the end of the last thing done: what comes next must not be before it. */
static uint64_t last_time(const struct recording *recording)
{
	size_t count = recording->journal.entries.len;
	const struct entry *last = count ? &recording->journal.entries.item[count - 1] : NULL;

	return !last ? 0 : last->kind == ENTRY_STEP ? last->t + last->number : last->t;
}

static bool parse_do(struct recording *recording, const char **at)
{
	struct entry entry = { .t = 0 };
	size_t kind = 0;
	char *word;
	bool ok;

	if (!take_number(at, &entry.t) || entry.t < last_time(recording) || recording->has_end ||
	    recording->journal.entries.len == ENTRIES_MAX)
		return false;
	word = take_word(at);
	while (kind < RECORDING_DEEDS && strcmp(recording_deeds[kind], word))
		kind++;
	free(word);
	if (kind == RECORDING_DEEDS)
		return false;
	entry.kind = (enum entry_kind)kind;
	ok = parse_entry[kind](&entry, at);
	if (ok)
		journal_add(&recording->journal, &entry);
	free(entry.text);
	return ok;
}

/* ---- the other lines ---- */

static bool parse_program(struct recording *recording, const char **at)
{
	free(recording->program);
	recording->program = take_string(at);
	return recording->program;
}

static bool parse_cpus(struct recording *recording, const char **at)
{
	return take_small(at, CPU_MAX, &recording->config.boot.cpus);
}

static bool parse_memory_size(struct recording *recording, const char **at)
{
	return take_number(at, &recording->config.boot.memory);
}

static bool parse_load(struct recording *recording, const char **at)
{
	struct loader_config *boot = &recording->config.boot;
	struct loader_blob *blob = &boot->blobs[boot->blob_count];

	return boot->blob_count < LOADER_MAX_BLOBS && take_number(at, &blob->addr) &&
	       keep_string(recording, at, &boot->blobs[boot->blob_count++].file);
}

static bool parse_drive(struct recording *recording, const char **at)
{
	struct loader_config *boot = &recording->config.boot;
	struct loader_drive *drive = &boot->drives[boot->drive_count];
	unsigned readonly;

	if (boot->drive_count == LOADER_MAX_DRIVES || !take_small(at, 1, &readonly))
		return false;
	drive->readonly = readonly;
	return keep_string(recording, at, &boot->drives[boot->drive_count++].file);
}

static bool parse_symbols(struct recording *recording, const char **at)
{
	struct loader_config *boot = &recording->config.boot;

	return boot->symbol_count < LOADER_MAX_BLOBS &&
	       keep_string(recording, at, &boot->symbols[boot->symbol_count++]);
}

static bool parse_model(struct recording *recording, const char **at)
{
	char *word = take_word(at);
	size_t i = 0;

	while (i < RECORDING_MODELS && strcmp(recording_models[i].name, word))
		i++;
	free(word);
	if (i < RECORDING_MODELS)
		recording->config.boot.model = recording_models[i].model;
	return i < RECORDING_MODELS;
}

static bool parse_el(struct recording *recording, const char **at)
{
	unsigned el;

	if (!take_small(at, 2, &el))
		return false;
	recording->config.boot.el = (int)el;
	return el > 0;
}

static bool parse_lenient(struct recording *recording, const char **at)
{
	unsigned one;

	recording->config.boot.lenient = true;
	return take_small(at, 1, &one);
}

static bool parse_livelock(struct recording *recording, const char **at)
{
	return take_number(at, &recording->config.livelock);
}

static bool parse_file(struct recording *recording, const char **at)
{
	char *role = take_word(at);
	uint64_t hash, size;
	bool ok = *role && take_digits(at, 16, &hash) && take_number(at, &size);

	if (ok)
		recording_add_file(recording, role, hash, size);
	free(role);
	return ok;
}

static bool parse_said(struct recording *recording, const char **at)
{
	uint64_t t;
	char *line;

	if (!take_number(at, &t))
		return false;
	line = take_string(at);
	if (line)
		recording_note(recording, t, line);
	free(line);
	return line;
}

static bool parse_end(struct recording *recording, const char **at)
{
	bool is_first = !recording->has_end;

	recording->has_end = true;
	return is_first && take_number(at, &recording->end_t) && take_digits(at, 16, &recording->end_hash) &&
	       recording->end_t >= last_time(recording);
}

#define OPTION(field)	\
	static bool parse_##field(struct recording *recording, const char **at)	\
	{	\
		return keep_string(recording, at, &recording->config.boot.field);	\
	}

OPTION(board)
OPTION(dtb)
OPTION(firmware)
OPTION(kernel)
OPTION(initrd)
OPTION(append)

static bool parse_sched_option(struct recording *recording, const char **at)
{
	return keep_string(recording, at, &recording->config.sched);
}

static bool parse_sched_file(struct recording *recording, const char **at)
{
	return keep_string(recording, at, &recording->sched_file);
}

static const struct {
	const char *word;
	bool (*parse)(struct recording *recording, const char **at);
} lines[] = {
	{ "program", parse_program }, { "board", parse_board }, { "dtb", parse_dtb }, { "cpus", parse_cpus },
	{ "memory", parse_memory_size }, { "firmware", parse_firmware }, { "kernel", parse_kernel },
	{ "initrd", parse_initrd }, { "append", parse_append }, { "load", parse_load }, { "drive", parse_drive },
	{ "symbols", parse_symbols },
	{ "cpu", parse_model }, { "sched", parse_sched_option }, { "sched-file", parse_sched_file },
	{ "el", parse_el }, { "lenient", parse_lenient }, { "livelock", parse_livelock }, { "file", parse_file },
	{ "do", parse_do }, { "said", parse_said }, { "end", parse_end },
};

/* One line, without its newline. */
static bool parse_line(struct recording *recording, const char *line)
{
	const char *at = line;
	char *word = take_word(&at);
	bool ok = false;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (!strcmp(lines[i].word, word))
			ok = lines[i].parse(recording, &at) && !*at;
	free(word);
	return ok;
}

/* ---- the whole ---- */

/* Is TEXT whole?  *LEN becomes what lies before the checksum. */
static bool check_sum(const char *name, const char *text, size_t *len, struct error *err)
{
	size_t body = *len >= CHECKSUM_LEN ? *len - CHECKSUM_LEN : 0;
	char want[CHECKSUM_LEN + 1];

	if (*len < strlen(RECORDING_FIRST_LINE) || memcmp(text, RECORDING_FIRST_LINE, strlen(RECORDING_FIRST_LINE)))
		return error_set(err, "%s: not a recording that this smptutor can read: the first line is not '%.*s'",
				 name, (int)strlen(RECORDING_FIRST_LINE) - 1, RECORDING_FIRST_LINE);
	if (memcmp(text + body, "checksum ", 9) || text[*len - 1] != '\n' || memchr(text, '\0', *len))
		return error_set(err, "%s: cut short: it does not end in a checksum", name);
	snprintf(want, sizeof(want), "checksum %016" PRIx64 "\n", recording_hash(text, body));
	if (memcmp(text + body, want, CHECKSUM_LEN))
		return error_set(err, "%s: edited or damaged: the checksum does not fit", name);
	*len = body;
	return true;
}

static bool parse_lines(struct recording *recording, const char *name, const char *text, size_t len, struct error *err)
{
	const char *end = text + len;
	bool ok = true;

	text += strlen(RECORDING_FIRST_LINE);
	for (unsigned number = 2; ok && text < end; number++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t length = (size_t)((newline ? newline : end) - text);
		char *line = xstrndup(text, length);

		ok = parse_line(recording, line) ||
		     error_set(err, "%s:%u: '%.60s' is no line of a recording", name, number, line);
		free(line);
		text += length + (newline != NULL);
	}
	return ok && (recording->has_end || error_set(err, "%s: it does not say where it ends", name));
}

struct recording *recording_parse(const char *name, const char *text, size_t len, struct error *err)
{
	struct recording *recording;

	if (!check_sum(name, text, &len, err))
		return NULL;
	recording = xzalloc(sizeof(*recording));
	recording->config.boot.model = CPU_CORTEX_A72;
	recording->program = xstrdup("");
	if (parse_lines(recording, name, text, len, err))
		return recording;
	recording_free(recording);
	return NULL;
}
