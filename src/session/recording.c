/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/recording.c: recording a session, and making one do the same again.
 */
#include "session/recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fnv.h"
#include "service/file.h"
#include "session/history.h"
#include "session/recording_private.h"

#define FILE_SIZE_MAX	((size_t)2 << 30)

uint64_t recording_hash(const void *data, size_t size)
{
	return fnv_add(FNV_START, data, size);
}

const char *recording_keep(struct recording *recording, const char *text)
{
	if (!text)
		return NULL;
	vec_add(&recording->strings, xstrdup(text));
	return recording->strings.item[recording->strings.len - 1];
}

void recording_add_file(struct recording *recording, const char *role, uint64_t hash, uint64_t size)
{
	vec_add(&recording->files, ((struct recording_file){ .role = xstrdup(role), .hash = hash, .size = size }));
}

void recording_free(struct recording *recording)
{
	if (!recording)
		return;
	for (size_t i = 0; i < recording->files.len; i++)
		free(recording->files.item[i].role);
	for (size_t i = 0; i < recording->said.len; i++)
		free(recording->said.item[i].line);
	for (size_t i = 0; i < recording->strings.len; i++)
		free(recording->strings.item[i]);
	vec_free(&recording->files);
	vec_free(&recording->said);
	vec_free(&recording->strings);
	journal_truncate(&recording->journal, 0);
	free(recording->program);
	free(recording);
}

/* ---- the files of a session ---- */

static bool add_path(struct recording *recording, const char *role, const char *path, struct error *err)
{
	struct bytes bytes = BYTES_NONE;

	if (!path)
		return true;
	if (!file_read(path, FILE_SIZE_MAX, &bytes, err))
		return false;
	recording_add_file(recording, role, recording_hash(bytes.data, bytes.size), bytes.size);
	bytes_free(&bytes);
	return true;
}

static bool add_tree(struct recording *recording, const struct loader_config *boot, const struct loaded *loaded,
		     struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	bool ok;

	/* It came with the firmware. */
	if (loaded->inside_tree.size)
		return true;
	strbuf_printf(&path, "%s/%s.dtb", boot->guest_dir, boot->board ? boot->board : LOADER_DEFAULT_BOARD);
	ok = add_path(recording, "dtb", boot->dtb ? boot->dtb : strbuf_text(&path), err);
	strbuf_free(&path);
	return ok;
}

/* Blobs, drives as they were read, and symbols, numbered. */
static bool add_lists(struct recording *recording, const struct loader_config *boot, const struct loaded *loaded,
		      struct error *err)
{
	char role[32];
	bool ok = true;

	for (size_t i = 0; ok && i < boot->blob_count; i++) {
		snprintf(role, sizeof(role), "load-%zu", i);
		ok = add_path(recording, role, boot->blobs[i].file, err);
	}
	for (size_t i = 0; i < loaded->drives.count; i++) {
		const struct drive_bytes *drive = &loaded->drives.bytes[i];

		snprintf(role, sizeof(role), "drive-%zu", i);
		recording_add_file(recording, role, drive_hash(drive), drive->size);
	}
	for (size_t i = 0; ok && i < boot->symbol_count; i++) {
		snprintf(role, sizeof(role), "symbols-%zu", i);
		ok = add_path(recording, role, boot->symbols[i], err);
	}
	return ok;
}

/* All files that SESSION was made from, in one order. */
static bool add_files(struct recording *recording, const struct session *session, struct error *err)
{
	const struct session_config *config = session_config(session);
	const struct loaded *loaded = session_loaded(session);

	return add_tree(recording, &config->boot, loaded, err) &&
	       add_path(recording, "firmware", loaded->firmware.file, err) &&
	       add_path(recording, "kernel", loaded->kernel.file, err) &&
	       add_path(recording, "initrd", config->boot.initrd, err) &&
	       add_lists(recording, &config->boot, loaded, err) &&
	       (!config->sched_text || add_path(recording, "sched", config->sched, err));
}

/* ---- recording ---- */

static void copy_config(struct recording *recording, const struct session_config *from)
{
	struct loader_config *boot = &recording->config.boot;

	recording->config = *from;
	recording->sched_file = from->sched_text ? recording_keep(recording, from->sched) : NULL;
	recording->config.sched = from->sched_text ? NULL : recording_keep(recording, from->sched);
	recording->config.sched_text = NULL;
	boot->guest_dir = boot->source_dir = NULL;
	boot->board = recording_keep(recording, boot->board);
	boot->dtb = recording_keep(recording, boot->dtb);
	boot->firmware = recording_keep(recording, boot->firmware);
	boot->kernel = recording_keep(recording, boot->kernel);
	boot->initrd = recording_keep(recording, boot->initrd);
	boot->append = recording_keep(recording, boot->append);
	for (size_t i = 0; i < boot->blob_count; i++)
		boot->blobs[i].file = recording_keep(recording, boot->blobs[i].file);
	for (size_t i = 0; i < boot->drive_count; i++)
		boot->drives[i].file = recording_keep(recording, boot->drives[i].file);
	for (size_t i = 0; i < boot->symbol_count; i++)
		boot->symbols[i] = recording_keep(recording, boot->symbols[i]);
}

struct recording *recording_new(struct session *session, const char *program, struct error *err)
{
	struct recording *recording = xzalloc(sizeof(*recording));

	recording->program = xstrdup(program);
	copy_config(recording, session_config(session));
	if (add_files(recording, session, err))
		return recording;
	recording_free(recording);
	return NULL;
}

void recording_note(struct recording *recording, uint64_t t, const char *line)
{
	vec_add(&recording->said, ((struct recording_said){ t, xstrdup(line) }));
}

void recording_finish(struct recording *recording, struct session *session, struct strbuf *out)
{
	const struct history *history = session_history(session);
	struct machine *machine = session_machine(session);

	journal_truncate(&recording->journal, 0);
	for (size_t i = 0; i < history_entry_count(history); i++)
		journal_add(&recording->journal, history_entry(history, i));
	machine_settle(machine);
	recording->end_t = machine_time(machine);
	recording->end_hash = machine_hash(machine);
	recording_format(recording, out);
}

/* ---- doing it again ---- */

uint64_t recording_end(const struct recording *recording)
{
	return recording->end_t;
}

const char *recording_sched_file(const struct recording *recording)
{
	return recording->sched_file;
}

static void set_text(const char **to, const char *from)
{
	if (!*to)
		*to = from;
}

void recording_configure(const struct recording *recording, struct session_config *config)
{
	const struct session_config *from = &recording->config;
	struct loader_config *boot = &config->boot;

	if (!boot->dtb)
		set_text(&boot->board, from->boot.board);
	if (!boot->board || from->boot.dtb)
		set_text(&boot->dtb, from->boot.dtb);
	set_text(&boot->firmware, from->boot.firmware);
	set_text(&boot->kernel, from->boot.kernel);
	set_text(&boot->initrd, from->boot.initrd);
	set_text(&boot->append, from->boot.append);
	set_text(&config->sched, from->sched);
	boot->cpus = from->boot.cpus;
	boot->memory = from->boot.memory;
	boot->model = from->boot.model;
	boot->el = from->boot.el;
	boot->lenient = from->boot.lenient;
	config->livelock = from->livelock;
	for (size_t i = boot->blob_count; i < from->boot.blob_count; i++)
		boot->blobs[boot->blob_count++] = from->boot.blobs[i];
	for (size_t i = boot->drive_count; i < from->boot.drive_count; i++)
		boot->drives[boot->drive_count++] = from->boot.drives[i];
	for (size_t i = boot->symbol_count; i < from->boot.symbol_count; i++)
		boot->symbols[boot->symbol_count++] = from->boot.symbols[i];
	config->keep_history = true;
}

static bool check_file(const struct recording_file *was, const struct recording *now, size_t index, struct error *err)
{
	const struct recording_file *is = index < now->files.len ? &now->files.item[index] : NULL;

	if (!is || strcmp(is->role, was->role))
		return error_set(err, "the recording was made with another set of files: there is no %s here",
				 was->role);
	if (is->hash == was->hash && is->size == was->size)
		return true;
	return error_set(err,
			 "the %s is another one: %" PRIu64 " bytes with hash %016" PRIx64 ", recorded with %" PRIu64
			 " bytes and %016" PRIx64,
			 was->role, is->size, is->hash, was->size, was->hash);
}

static bool check_files(const struct recording *recording, const struct session *session, struct error *err)
{
	struct recording now = { .program = NULL };
	bool ok = add_files(&now, session, err);

	for (size_t i = 0; ok && i < recording->files.len; i++)
		ok = check_file(&recording->files.item[i], &now, i, err);
	if (ok && now.files.len > recording->files.len)
		ok = error_set(err, "the recording was made without a %s", now.files.item[recording->files.len].role);
	for (size_t i = 0; i < now.files.len; i++)
		free(now.files.item[i].role);
	vec_free(&now.files);
	return ok;
}

/* Would ENTRY, which is well formed, do on this machine? */
static bool fits(const struct entry *entry, const struct machine *machine)
{
	if (entry->cpu >= machine_cpu_count(machine))
		return false;
	return entry->kind != ENTRY_MEMORY || machine_is_memory(machine, entry->number, entry->size);
}

bool recording_load(const struct recording *recording, struct session *session, const char *program, struct error *err)
{
	const struct journal *journal = &recording->journal;

	if (strcmp(program, recording->program))
		return error_set(err, "recorded by smptutor %s, and this is %s: another version may run differently",
				 recording->program, program);
	if (!check_files(recording, session, err))
		return false;
	for (size_t i = 0; i < journal->entries.len; i++)
		if (!fits(&journal->entries.item[i], session_machine(session)))
			return error_set(err, "what was done at t=%" PRIu64 " cannot be done to this machine",
					 journal->entries.item[i].t);
	history_load(session_history(session), journal->entries.item, journal->entries.len, recording->end_t);
	return true;
}

bool recording_check(const struct recording *recording, struct session *session, struct error *err)
{
	struct machine *machine = session_machine(session);
	uint64_t hash;

	if (machine_time(machine) != recording->end_t)
		return error_set(err, "the run came to t=%" PRIu64 ", the recorded one to t=%" PRIu64,
				 machine_time(machine), recording->end_t);
	machine_settle(machine);
	hash = machine_hash(machine);
	if (hash == recording->end_hash)
		return true;
	return error_set(err,
			 "the machine at t=%" PRIu64 " is another one: hash 0x%016" PRIx64 ", recorded 0x%016" PRIx64,
			 recording->end_t, hash, recording->end_hash);
}
