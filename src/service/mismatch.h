/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/mismatch.h: a firmware and a tree that do not go together, noticed before the boot.
 */
#ifndef SERVICE_MISMATCH_H
#define SERVICE_MISMATCH_H

#include "service/loader.h"

/* Why secondaries of what is LOADED can hardly come online, in one line with what would be right; NULL when nothing
 * speaks against it.  A warning, no refusal: a boot that fails may be just what somebody wants to see. */
const char *mismatch_warning(const struct loaded *loaded);

#endif /* SERVICE_MISMATCH_H */
