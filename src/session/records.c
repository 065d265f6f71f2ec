/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/records.c: the records of a run at one moment.
 */
#include "session/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/console.h"
#include "session/contract.h"
#include "session/eventring.h"
#include "session/reached.h"
#include "session/session_private.h"
#include "session/tables.h"

struct records {
	struct session_call calls[CPU_MAX];
	struct session_panic panic;
	struct eventring_moment *events;
	struct console_moment *console;
	void *reached, *tables, *contract;
	size_t reached_size, tables_size, contract_size;
	uint64_t slide;
};

struct records *records_save(const struct session *session)
{
	struct records *records = xzalloc(sizeof(*records));

	memcpy(records->calls, session->calls, sizeof(records->calls));
	records->panic = session->panic;
	records->events = eventring_moment(session->events);
	records->console = console_moment(session->console);
	records->reached_size = reached_size(session->reached);
	records->reached = xzalloc(records->reached_size);
	reached_get(session->reached, records->reached);
	records->tables_size = tables_size(session->tables);
	records->tables = xzalloc(records->tables_size);
	tables_get(session->tables, records->tables);
	records->contract_size = contract_size(session->contract);
	records->contract = xzalloc(records->contract_size);
	contract_get(session->contract, records->contract);
	records->slide = loaded_slide(session->loaded);
	return records;
}

void records_restore(struct session *session, const struct records *records)
{
	memcpy(session->calls, records->calls, sizeof(records->calls));
	session->panic = records->panic;
	eventring_go_to(session->events, records->events);
	console_go_to(session->console, records->console);
	reached_set(session->reached, records->reached);
	tables_set(session->tables, records->tables);
	contract_set(session->contract, records->contract);
	loaded_set_slide(session->loaded, records->slide);
}

void records_free(struct records *records)
{
	if (!records)
		return;
	eventring_moment_free(records->events);
	console_moment_free(records->console);
	free(records->reached);
	free(records->tables);
	free(records->contract);
	free(records);
}

size_t records_bytes(const struct records *records)
{
	return sizeof(*records) + eventring_moment_size(records->events) + console_moment_size(records->console) +
	       records->reached_size + records->tables_size +
	       records->contract_size;
}
