/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/stations.h: the stops of a boot that key m makes: one or more for each row of the overview that a board passes.
 */
#ifndef UI_STATIONS_H
#define UI_STATIONS_H

#include "service/milestones.h"
#include "session/session.h"

/* The first station ahead of where SESSION stands on the road; NULL behind the last one. */
const struct milestone *stations_next(const struct session *session);

/* A station, and when and by which CPU it was passed. */
struct passed_station {
	const struct milestone *milestone;
	uint64_t t;
	int cpu;
};

/* The station that was passed last before now; false when there is none. */
bool stations_before(const struct session *session, struct passed_station *last);

/* Has the machine come to its end, so that there is nothing to go on to? */
bool stations_is_end(const struct session *session);

#endif /* UI_STATIONS_H */
