/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson/machine_line.c: "board: psci-smc · cpus: 2" read, checked, and made a session's configuration.
 */
#include "lesson/machine_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"

#define SEPARATOR "\xc2\xb7"		/* U+00B7 MIDDLE DOT */

/* ---- what a field may hold ---- */

static bool is_number(const char *value, uint64_t *out)
{
	char *end;

	*out = strtoull(value, &end, 0);
	return isdigit((unsigned char)*value) && !*end;
}

static bool check_number(const char *value, struct error *err)
{
	uint64_t number;

	return is_number(value, &number) || error_set(err, "'%s' is not a number", value);
}

static bool check_cpus(const char *value, struct error *err)
{
	uint64_t number;

	return (is_number(value, &number) && number >= 1 && number <= CPU_MAX) ||
	       error_set(err, "'%s' is not a count of CPUs (1 to %d)", value, CPU_MAX);
}

/* "64M", "1G": bytes. */
static bool parse_size(const char *value, uint64_t *out)
{
	static const char units[] = "KMGT";
	const char *unit;
	char *end;

	*out = strtoull(value, &end, 0);
	if (!isdigit((unsigned char)*value) || !*out)
		return false;
	if (!*end)
		return true;
	unit = strchr(units, toupper((unsigned char)*end));
	if (!unit || end[1])
		return false;
	*out <<= 10 * (unit - units + 1);
	return true;
}

static bool check_size(const char *value, struct error *err)
{
	uint64_t size;

	return parse_size(value, &size) || error_set(err, "'%s' is not a size (like 64M or 1G)", value);
}

static bool check_el(const char *value, struct error *err)
{
	return !strcmp(value, "1") || !strcmp(value, "2") ||
	       error_set(err, "'%s' is not an exception level that a kernel starts at (1 or 2)", value);
}

static bool check_yes(const char *value, struct error *err)
{
	return !strcmp(value, "yes") || error_set(err, "'%s' can only be yes", value);
}

static const struct { const char *name; enum cpu_model model; } models[] = {
	{ "cortex-a53", CPU_CORTEX_A53 }, { "cortex-a57", CPU_CORTEX_A57 }, { "cortex-a72", CPU_CORTEX_A72 },
	{ "max", CPU_MAX_MODEL },
};

/* Index of the model NAME, or -1. */
static int find_model(const char *name)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (!strcmp(models[i].name, name))
			return (int)i;
	return -1;
}

static bool check_model(const char *value, struct error *err)
{
	return find_model(value) >= 0 ||
	       error_set(err, "'%s' is not a CPU (cortex-a53, cortex-a57, cortex-a72, max)", value);
}

static bool check_load(const char *value, struct error *err)
{
	const char *at = strrchr(value, '@');
	uint64_t addr;

	return (at && at != value && is_number(at + 1, &addr)) || error_set(err, "'%s' is not FILE@ADDRESS", value);
}

/* The length of the file's name in FILE or FILE,readonly. */
static size_t drive_name(const char *value, bool *is_readonly)
{
	static const char readonly[] = ",readonly";
	size_t len = strlen(value), tail = strlen(readonly);

	*is_readonly = len >= tail && !strcmp(value + len - tail, readonly);
	return len - (*is_readonly ? tail : 0);
}

static bool check_drive(const char *value, struct error *err)
{
	bool is_readonly;

	return drive_name(value, &is_readonly) || error_set(err, "'%s' is not FILE or FILE,readonly", value);
}

static const struct {
	const char *key;
	bool (*check)(const char *value, struct error *err);	/* NULL: any text */
} fields[MACHINE_FIELD_COUNT] = {
	[MACHINE_BOARD] = { "board", NULL }, [MACHINE_DTB] = { "dtb", NULL }, [MACHINE_CPUS] = { "cpus", check_cpus },
	[MACHINE_MEMORY] = { "memory", check_size }, [MACHINE_FIRMWARE] = { "firmware", NULL },
	[MACHINE_KERNEL] = { "kernel", NULL }, [MACHINE_INITRD] = { "initrd", NULL },
	[MACHINE_APPEND] = { "append", NULL }, [MACHINE_LOAD] = { "load", check_load },
	[MACHINE_DRIVE] = { "drive", check_drive }, [MACHINE_SYMBOLS] = { "symbols", NULL },
	[MACHINE_CPU] = { "cpu", check_model }, [MACHINE_SCHED] = { "sched", NULL }, [MACHINE_EL] = { "el", check_el },
	[MACHINE_LENIENT] = { "lenient", check_yes }, [MACHINE_LIVELOCK] = { "livelock", check_number },
	[MACHINE_BUDGET] = { "budget", check_number },
};

void machine_line_free(struct machine_line *line)
{
	for (size_t i = 0; i < MACHINE_FIELD_COUNT; i++)
		free(line->value[i]);
	memset(line, 0, sizeof(*line));
}

static int find_field(const char *key)
{
	for (int i = 0; i < MACHINE_FIELD_COUNT; i++)
		if (!strcmp(fields[i].key, key))
			return i;
	return -1;
}

bool machine_line_has_key(const char *key)
{
	return find_field(key) >= 0;
}

bool machine_line_set(struct machine_line *line, const char *key, const char *value, struct error *err)
{
	int field = find_field(key);

	if (field < 0)
		return error_set(err, "'%s' is no field of a machine", key);
	if (line->value[field])
		return error_set(err, "'%s' is given twice", key);
	if (fields[field].check && !fields[field].check(value, err))
		return error_prefix(err, key);
	line->value[field] = xstrdup(value);
	return true;
}

/* The text from START to END without blanks at both ends; free() it. */
static char *trimmed(const char *start, const char *end)
{
	while (start < end && isspace((unsigned char)*start))
		start++;
	while (end > start && isspace((unsigned char)end[-1]))
		end--;
	return xstrndup(start, (size_t)(end - start));
}

/* One "key: value" from START to END. */
static bool split_one(const char *start, const char *end, machine_line_fn *fn, void *ctx, struct error *err)
{
	char *piece = trimmed(start, end);
	char *colon = strchr(piece, ':');
	char *key, *value;
	bool ok;

	if (!colon || !colon[1 + strspn(colon + 1, " \t")]) {
		error_set(err, "'%s' is not 'key: value'", piece);
		free(piece);
		return false;
	}
	key = trimmed(piece, colon);
	value = trimmed(colon + 1, piece + strlen(piece));
	ok = fn(ctx, key, value, err);
	free(key);
	free(value);
	free(piece);
	return ok;
}

bool machine_line_split(const char *text, machine_line_fn *fn, void *ctx, struct error *err)
{
	const char *dot;

	for (; (dot = strstr(text, SEPARATOR)); text = dot + strlen(SEPARATOR))
		if (!split_one(text, dot, fn, ctx, err))
			return false;
	return split_one(text, text + strlen(text), fn, ctx, err);
}

uint64_t machine_line_budget(const struct machine_line *line)
{
	const char *value = line->value[MACHINE_BUDGET];

	return value ? strtoull(value, NULL, 0) : MACHINE_LINE_BUDGET;
}

/* ---- a configuration ---- */

/* What one call of machine_line_config() works with. */
struct making {
	const struct machine_line *line;
	const char *dir;
	const struct machine_places *places;
	struct machine_owned *owned;
};

static const char *keep(struct making *m, char *text)
{
	m->owned->item[m->owned->count++] = text;
	return text;
}

/* The file NAME beside the lesson or among the bundled images. */
static bool find_file(struct making *m, const char *name, const char **out, struct error *err)
{
	const char *dirs[] = { *name == '/' ? "" : m->dir ? m->dir : ".", m->places->guest_dir };
	struct strbuf path = STRBUF_INIT;

	for (size_t i = 0; i < 2; i++) {
		strbuf_clear(&path);
		strbuf_printf(&path, "%s%s%s", dirs[i], *dirs[i] ? "/" : "", name);
		if (access(strbuf_text(&path), R_OK) == 0) {
			*out = keep(m, strbuf_steal(&path));
			return true;
		}
	}
	strbuf_free(&path);
	return error_set(err, "%s: not found in %s or in %s", name, m->dir ? m->dir : ".", m->places->guest_dir);
}

char *machine_places_find_linux(const struct machine_places *places, const char *name, struct error *err)
{
	struct strbuf path = STRBUF_INIT;

	if (!places->linux_dir)
		return error_null(err, "no folder is known for a fetched kernel (LINUX_DIR names one)");
	strbuf_printf(&path, "%s/%s", places->linux_dir, name);
	if (access(strbuf_text(&path), R_OK) == 0)
		return strbuf_steal(&path);
	strbuf_free(&path);
	return error_null(err, "no kernel was fetched; '%s' does it (no %s in %s)",
			  places->get_linux ? places->get_linux : "tools/get-linux", name, places->linux_dir);
}

static const struct { enum machine_field field; const char *file; } linux_files[] = {
	{ MACHINE_KERNEL, "vmlinuz" }, { MACHINE_INITRD, "initrd.gz" },
};

enum { LINUX_FILES = sizeof(linux_files) / sizeof(linux_files[0]) };

/* The file that FIELD of LINE means by "linux", or NULL when it means something else. */
static const char *linux_file(const struct machine_line *line, enum machine_field field)
{
	for (size_t i = 0; i < LINUX_FILES; i++)
		if (linux_files[i].field == field && line->value[field] && !strcmp(line->value[field], MACHINE_LINUX))
			return linux_files[i].file;
	return NULL;
}

bool machine_line_lacks_linux(const struct machine_line *line, const struct machine_places *places, struct error *err)
{
	for (size_t i = 0; i < LINUX_FILES; i++) {
		const char *name = linux_file(line, linux_files[i].field);
		char *path = name ? machine_places_find_linux(places, name, err) : NULL;

		free(path);
		if (name && !path)
			return true;
	}
	return false;
}

/* The same file for a configuration. */
static bool find_linux(struct making *m, const char *name, const char **out, struct error *err)
{
	char *path = machine_places_find_linux(m->places, name, err);

	if (path)
		*out = keep(m, path);
	return path;
}

static bool is_word(const char *value)
{
	return !strcmp(value, "none") || !strncmp(value, "builtin", strlen("builtin"));
}

/* A field that names a file, or is one of the words that stand for an image. */
static bool make_file(struct making *m, enum machine_field field, const char **out, struct error *err)
{
	const char *value = m->line->value[field];

	if (!value)
		return true;
	if (linux_file(m->line, field))
		return find_linux(m, linux_file(m->line, field), out, err);
	if (is_word(value)) {
		*out = value;
		return true;
	}
	return find_file(m, value, out, err) || error_prefix(err, fields[field].key);
}

static bool make_files(struct making *m, struct loader_config *boot, struct error *err)
{
	return make_file(m, MACHINE_DTB, &boot->dtb, err) && make_file(m, MACHINE_FIRMWARE, &boot->firmware, err) &&
	       make_file(m, MACHINE_KERNEL, &boot->kernel, err) && make_file(m, MACHINE_INITRD, &boot->initrd, err);
}

static bool make_load(struct making *m, struct loader_config *boot, struct error *err)
{
	const char *value = m->line->value[MACHINE_LOAD];
	const char *at = value ? strrchr(value, '@') : NULL;
	char *name;
	bool ok;

	if (!at)
		return true;
	name = xstrndup(value, (size_t)(at - value));
	ok = find_file(m, name, &boot->blobs[0].file, err) || error_prefix(err, "load");
	free(name);
	boot->blobs[0].addr = strtoull(at + 1, NULL, 0);
	boot->blob_count = 1;
	return ok;
}

static bool make_drive(struct making *m, struct loader_config *boot, struct error *err)
{
	const char *value = m->line->value[MACHINE_DRIVE];
	char *name;
	bool ok;

	if (!value)
		return true;
	name = xstrndup(value, drive_name(value, &boot->drives[0].readonly));
	ok = find_file(m, name, &boot->drives[0].file, err) || error_prefix(err, "drive");
	free(name);
	boot->drive_count = 1;
	return ok;
}

static bool make_symbols(struct making *m, struct loader_config *boot, struct error *err)
{
	if (!m->line->value[MACHINE_SYMBOLS])
		return true;
	boot->symbol_count = 1;
	return make_file(m, MACHINE_SYMBOLS, &boot->symbols[0], err);
}

static uint64_t number_of(const struct machine_line *line, enum machine_field field)
{
	return line->value[field] ? strtoull(line->value[field], NULL, 0) : 0;
}

bool machine_line_config(const struct machine_line *line, const char *dir, const struct machine_places *places,
			 struct session_config *config, struct machine_owned *owned, struct error *err)
{
	struct making m = { line, dir, places, owned };
	struct loader_config *boot = &config->boot;
	const char *model = line->value[MACHINE_CPU];

	*owned = (struct machine_owned){ .count = 0 };
	*config = (struct session_config){ .sched = line->value[MACHINE_SCHED] };
	config->livelock = number_of(line, MACHINE_LIVELOCK);
	boot->guest_dir = places->guest_dir;
	boot->source_dir = places->source_dir;
	boot->board = line->value[MACHINE_BOARD];
	boot->append = line->value[MACHINE_APPEND];
	boot->cpus = (unsigned)number_of(line, MACHINE_CPUS);
	boot->el = (int)number_of(line, MACHINE_EL);
	boot->lenient = line->value[MACHINE_LENIENT];
	boot->model = models[find_model(model ? model : "cortex-a72")].model;
	if (line->value[MACHINE_MEMORY])
		parse_size(line->value[MACHINE_MEMORY], &boot->memory);
	return make_files(&m, boot, err) && make_load(&m, boot, err) && make_drive(&m, boot, err) &&
	       make_symbols(&m, boot, err);
}

void machine_owned_free(struct machine_owned *owned)
{
	for (size_t i = 0; i < owned->count; i++)
		free(owned->item[i]);
	owned->count = 0;
}
