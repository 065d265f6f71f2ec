/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/illegal.h: is an exception return that is about to be done an illegal one, and for which bit?
 */
#ifndef SESSION_ILLEGAL_H
#define SESSION_ILLEGAL_H

#include <stdint.h>

struct session;

/* Why an ERET by CPU with SPSR would be illegal (Arm ARM D1.3.4); NULL when it would not. */
const char *illegal_return(const struct session *session, unsigned cpu, uint64_t spsr);

#endif /* SESSION_ILLEGAL_H */
