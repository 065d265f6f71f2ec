/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/guest_text.h: what a guest would print, read from its registers and memory.
 */
#ifndef SESSION_GUEST_TEXT_H
#define SESSION_GUEST_TEXT_H

#include "base/strbuf.h"
#include "machine/machine.h"
#include "service/loader.h"

/* CPU is about to run the first instruction of a function like printf, whose format is its first argument: append the text
 * that it would make, on one line and of at most some hundred bytes.  What cannot be read is left out; a conversion that
 * is not known stays as it is. */
void guest_text_format(const struct loaded *loaded, const struct cpu *cpu, struct strbuf *out);

#endif /* SESSION_GUEST_TEXT_H */
