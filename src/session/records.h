/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/records.h: what a session keeps about a run (events, milestones, tables, console), as of one moment, so that
 * it can go back together with the machine.
 */
#ifndef SESSION_RECORDS_H
#define SESSION_RECORDS_H

#include <stddef.h>

struct records;
struct session;

/* The records of SESSION now.  Free with records_free(). */
struct records *records_save(const struct session *session);

/* Put SESSION's records back to what they were; events that were dropped since come back. */
void records_restore(struct session *session, const struct records *records);

/* Free RECORDS; NULL is allowed. */
void records_free(struct records *records);

/* Bytes that RECORDS takes. */
size_t records_bytes(const struct records *records);

#endif /* SESSION_RECORDS_H */
