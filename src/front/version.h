/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * front/version.h: which smptutor this is.
 */
#ifndef FRONT_VERSION_H
#define FRONT_VERSION_H

#include "config.h"

#define PROGRAM_VERSION	PACKAGE_VERSION

#endif /* FRONT_VERSION_H */
