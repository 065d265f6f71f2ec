/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/litmus_file.c: reading litmus tests.
 */
#include "front/litmus_file.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/vec.h"

enum { COLUMNS = LITMUS_CPUS + 1, HANDLER = -1 };

static const char *const state_names[] = { [LITMUS_DONE] = "done", [LITMUS_WFE] = "wfe", [LITMUS_OFF] = "off" };

enum { STATE_NAMES = sizeof(state_names) / sizeof(state_names[0]) };

struct reader {
	struct litmus *litmus;
	const char *name;
	unsigned line;			/* that is being read */
	unsigned table_line;		/* where the columns begin, 0: not yet */
	bool is_in_table;
	int column[COLUMNS];		/* CPU, or HANDLER */
	unsigned columns;
	struct strbuf text[COLUMNS];
	struct error *err;
};

static bool fail(const struct reader *reader, const char *what, const char *word)
{
	return error_set(reader->err, "%s:%u: %s%s%s", reader->name, reader->line, what, *word ? ": " : "", word);
}

static char *trim(char *text)
{
	size_t len;

	text += strspn(text, " \t\r");
	len = strlen(text);
	while (len && strchr(" \t\r", text[len - 1]))
		len--;
	text[len] = '\0';
	return text;
}

static bool parse_number(const char *text, uint64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)*text) && *text != '-')
		return false;
	*value = *text == '-' ? (uint64_t)strtoll(text, &end, 0) : strtoull(text, &end, 0);
	return end != text && *end == '\0';
}

static int find_location(const struct litmus *litmus, const char *name)
{
	for (unsigned i = 0; i < litmus->location_count; i++)
		if (!strcmp(litmus->location[i].name, name))
			return (int)i;
	return -1;
}

/* "CPU2": 2; -1 when it is not a CPU's name. */
static int parse_cpu(const char *text)
{
	if (strncmp(text, "CPU", 3) || !isdigit((unsigned char)text[3]) || text[4])
		return -1;
	return text[3] - '0' < LITMUS_CPUS ? text[3] - '0' : -1;
}

/* ---- the lines before and after the columns ---- */

static bool read_model(struct reader *reader, char *value)
{
	reader->litmus->needs_lse = !strcmp(value, "max");
	return reader->litmus->needs_lse || fail(reader, "the model can only be max", value);
}

static bool read_el(struct reader *reader, char *value)
{
	reader->litmus->el = *value - '0';
	return (value[0] >= '1' && value[0] <= '3' && !value[1]) || fail(reader, "the level is 1, 2 or 3, not", value);
}

static bool read_psci(struct reader *reader, char *value)
{
	reader->litmus->conduit = !strcmp(value, "smc") ? PSCI_CONDUIT_SMC : PSCI_CONDUIT_HVC;
	return !strcmp(value, "smc") || !strcmp(value, "hvc") || fail(reader, "the conduit is smc or hvc, not", value);
}

/* Where LOCATION lies: "name", or "other+8" in the other's granule. */
static bool place(struct reader *reader, struct litmus_location *location)
{
	char base[LITMUS_NAME], *plus;
	uint64_t offset;
	int other;

	strcpy(base, location->name);
	plus = strchr(base, '+');
	location->granule = reader->litmus->location_count;
	if (!plus)
		return true;
	*plus = '\0';
	other = find_location(reader->litmus, base);
	if (other < 0 || !parse_number(plus + 1, &offset) || offset >= 4096 || offset % 8)
		return fail(reader, "wanted a location from before and a multiple of 8", location->name);
	location->granule = reader->litmus->location[other].granule;
	location->offset = (unsigned)offset;
	return true;
}

static bool read_location(struct reader *reader, char *word)
{
	struct litmus *litmus = reader->litmus;
	struct litmus_location location = { .entry_of = -1 };
	char *value = strchr(word, '=');

	if (litmus->location_count == LITMUS_LOCATIONS)
		return fail(reader, "too many locations", word);
	if (!value || value == word || value - word >= LITMUS_NAME)
		return fail(reader, "wanted name=value", word);
	*value++ = '\0';
	memcpy(location.name, word, strlen(word) + 1);
	if (find_location(litmus, location.name) >= 0)
		return fail(reader, "this location is already there", word);
	if (*value == '&')
		location.entry_of = parse_cpu(value + 1);
	if (*value == '&' ? location.entry_of < 0 : !parse_number(value, &location.value))
		return fail(reader, "wanted a number or &CPUn", value);
	if (!place(reader, &location))
		return false;
	litmus->location[litmus->location_count++] = location;
	return true;
}

static bool read_words(struct reader *reader, char *value, bool (*read)(struct reader *reader, char *word))
{
	char *word;

	while ((word = strsep(&value, " \t")))
		if (*word && !read(reader, word))
			return false;
	return true;
}

static bool read_init(struct reader *reader, char *value)
{
	return read_words(reader, value, read_location);
}

static bool parse_final(const struct litmus *litmus, const char *word, struct litmus_final *final)
{
	char *end;
	int location = find_location(litmus, word);

	if (location >= 0) {
		final->what = LITMUS_MEMORY;
		final->index = (unsigned)location;
		return true;
	}
	final->cpu = (unsigned)(word[0] - '0');
	if (!isdigit((unsigned char)word[0]) || word[1] != ':' || final->cpu >= litmus->cpu_count)
		return false;
	final->what = LITMUS_STATE;
	if (!strcmp(word + 2, "state"))
		return true;
	final->what = LITMUS_REGISTER;
	if (word[2] != 'x' || !isdigit((unsigned char)word[3]))
		return false;
	final->index = (unsigned)strtoul(word + 3, &end, 10);
	return *end == '\0' && final->index < 31;
}

static bool read_final_word(struct reader *reader, char *word)
{
	struct litmus *litmus = reader->litmus;
	struct litmus_final final = { .cpu = 0 };

	if (litmus->final_count == LITMUS_FINALS || strlen(word) >= LITMUS_NAME)
		return fail(reader, "too many, or too long", word);
	if (!parse_final(litmus, word, &final))
		return fail(reader, "wanted a location, 1:x2 or 1:state", word);
	strcpy(final.text, word);
	litmus->final[litmus->final_count++] = final;
	return true;
}

static bool read_final(struct reader *reader, char *value)
{
	return read_words(reader, value, read_final_word);
}

static bool parse_value(const struct litmus_final *final, const char *word, uint64_t *value)
{
	if (final->what != LITMUS_STATE)
		return parse_number(word, value);
	for (unsigned i = 0; i < STATE_NAMES; i++) {
		*value = i;
		if (!strcmp(word, state_names[i]))
			return true;
	}
	return false;
}

static bool add_state(struct reader *reader, char *value, bool is_weak)
{
	struct litmus *litmus = reader->litmus;
	struct litmus_state state = { .is_weak = is_weak };
	unsigned count = 0;
	char *word;

	while ((word = strsep(&value, " \t"))) {
		if (!*word)
			continue;
		if (count == litmus->final_count || !parse_value(&litmus->final[count], word, &state.value[count]))
			return fail(reader, "this is no value of what final: names", word);
		count++;
	}
	if (count != litmus->final_count || litmus->state_count == LITMUS_STATES)
		return fail(reader, "wanted one value for each that final: names", "");
	litmus->state[litmus->state_count++] = state;
	return true;
}

static bool read_allow(struct reader *reader, char *value)
{
	return add_state(reader, value, false);
}

static bool read_weak(struct reader *reader, char *value)
{
	return add_state(reader, value, true);
}

static const struct {
	const char *key;
	bool (*read)(struct reader *reader, char *value);
	bool is_after;			/* the columns */
} keys[] = {
	{ "model:", read_model, false }, { "el:", read_el, false }, { "psci:", read_psci, false },
	{ "init:", read_init, false }, { "final:", read_final, true }, { "allow:", read_allow, true },
	{ "weak:", read_weak, true },
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* ---- the columns ---- */

static bool read_heading(struct reader *reader, char *cell)
{
	char *state = strchr(cell, ' ');
	int cpu;

	if (reader->columns == COLUMNS)
		return fail(reader, "too many columns", cell);
	if (state)
		*state++ = '\0';
	cpu = parse_cpu(cell);
	if (cpu != (int)reader->litmus->cpu_count && strcmp(cell, "handler"))
		return fail(reader, "wanted CPU0, CPU1 ... in order, or handler", cell);
	if (state && strcmp(trim(state), "off"))
		return fail(reader, "a CPU can only be off", state);
	reader->column[reader->columns++] = cpu < 0 ? HANDLER : cpu;
	if (cpu >= 0)
		reader->litmus->is_off[reader->litmus->cpu_count++] = state;
	return true;
}

static bool read_headings(struct reader *reader, char *line)
{
	char *cell;

	reader->table_line = reader->line;
	reader->is_in_table = true;
	while ((cell = strsep(&line, "|")))
		if (!read_heading(reader, trim(cell)))
			return false;
	return true;
}

/* One instruction of each column; lines are kept even when empty, so that their numbers stay right. */
static bool read_row(struct reader *reader, char *line)
{
	unsigned column = 0;
	char *cell;

	while ((cell = strsep(&line, "|"))) {
		if (column == reader->columns)
			return fail(reader, "more columns here than headings", trim(cell));
		strbuf_puts(&reader->text[column++], cell);
	}
	for (unsigned i = 0; i < reader->columns; i++)
		strbuf_putc(&reader->text[i], '\n');
	return true;
}

static bool assemble_column(struct reader *reader, unsigned column, const struct a64asm_alias *aliases)
{
	int cpu = reader->column[column];
	struct a64asm_code *code = cpu == HANDLER ? &reader->litmus->handler : &reader->litmus->code[cpu];
	struct error wrong = ERROR_NONE;
	unsigned line = 0;

	if (a64asm_assemble(strbuf_text(&reader->text[column]), aliases, code, &wrong))
		return true;
	sscanf(wrong.text, "%u", &line);
	reader->line = reader->table_line + line;
	return fail(reader, cpu == HANDLER ? "handler" : "column", strchr(wrong.text, ':') + 1);
}

static bool assemble(struct reader *reader)
{
	struct a64asm_alias aliases[LITMUS_LOCATIONS + 1] = { { NULL, 0 } };

	for (unsigned i = 0; i < reader->litmus->location_count; i++)
		aliases[i] = (struct a64asm_alias){ reader->litmus->location[i].name, LITMUS_FIRST_REG + i };
	for (unsigned i = 0; i < reader->columns; i++)
		if (!assemble_column(reader, i, aliases))
			return false;
	return true;
}

/* ---- the whole ---- */

static bool read_key(struct reader *reader, char *line)
{
	for (unsigned i = 0; i < KEYS; i++) {
		size_t len = strlen(keys[i].key);

		if (strncmp(line, keys[i].key, len))
			continue;
		reader->is_in_table = false;
		if (keys[i].is_after != !!reader->table_line)
			return fail(reader, "this does not belong here", keys[i].key);
		return keys[i].read(reader, trim(line + len));
	}
	return fail(reader, "what is this", line);
}

static bool is_key(const char *line)
{
	for (unsigned i = 0; i < KEYS; i++)
		if (!strncmp(line, keys[i].key, strlen(keys[i].key)))
			return true;
	return false;
}

static bool read_line(struct reader *reader, char *line)
{
	if (reader->is_in_table && !is_key(line))
		return read_row(reader, *line == '#' ? line + strlen(line) : line);
	line = trim(line);
	if (!*line || *line == '#')
		return true;
	if (!reader->table_line && !strncmp(line, "CPU0", 4))
		return read_headings(reader, line);
	return read_key(reader, line);
}

static bool check_whole(struct reader *reader)
{
	const struct litmus *litmus = reader->litmus;

	if (!litmus->cpu_count)
		return fail(reader, "there is no column CPU0", "");
	for (unsigned i = 0; i < litmus->location_count; i++)
		if (litmus->location[i].entry_of >= (int)litmus->cpu_count)
			return fail(reader, "there is no such CPU to start", litmus->location[i].name);
	if (!litmus->state_count)
		return fail(reader, "nothing is allowed: 'final:' and 'allow:' are missing", "");
	return assemble(reader);
}

bool litmus_parse(struct litmus *litmus, const char *name, const char *text, struct error *err)
{
	struct reader reader = { .litmus = litmus, .name = name, .err = err };
	char *copy = xstrdup(text), *rest = copy, *line;
	bool ok = true;

	*litmus = (struct litmus){ .el = 1 };
	while (ok && (line = strsep(&rest, "\n"))) {
		reader.line++;
		ok = read_line(&reader, line);
	}
	ok = ok && check_whole(&reader);
	for (unsigned i = 0; i < COLUMNS; i++)
		strbuf_free(&reader.text[i]);
	free(copy);
	return ok;
}

void litmus_free(struct litmus *litmus)
{
	for (unsigned i = 0; i < LITMUS_CPUS; i++)
		vec_free(&litmus->code[i]);
	vec_free(&litmus->handler);
}

void litmus_format(const struct litmus *litmus, const uint64_t *value, struct strbuf *out)
{
	for (unsigned i = 0; i < litmus->final_count; i++) {
		strbuf_printf(out, "%s%s=", i ? " " : "", litmus->final[i].text);
		if (litmus->final[i].what != LITMUS_STATE)
			strbuf_printf(out, value[i] > 0xffff ? "0x%" PRIx64 : "%" PRIu64, value[i]);
		else
			strbuf_puts(out, value[i] < STATE_NAMES ? state_names[value[i]] : "running");
	}
}
