/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/expr.h: expressions over the machine's state, with C's operators and precedence.
 *
 * Everything is an unsigned 64-bit number; comparisons and && || ! give 0 or 1; / and % by zero are errors.  Where one
 * side of a comparison is written with a minus, or is the 0 of "< 0" and ">= 0", it is one of signed numbers of the
 * width of the other side: "w0 == -1" and "x0 < 0" mean what they say.  A symbol is its address when code and its value
 * when data of at most 8 bytes is read ("branch_table[1]" reads the second 64-bit word); &SYMBOL is the address of
 * either.  Names without "cpuN." mean the CPU in focus.  Evaluating changes nothing.
 */
#ifndef SESSION_EXPR_H
#define SESSION_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "machine/machine.h"
#include "session/session.h"

struct expr;

/* What a change of the value can come from (bits): says how often a condition must be looked at. */
enum expr_depends {
	EXPR_DEPENDS_INSTRUCTION = 1,	/* registers, addresses: any instruction */
	EXPR_DEPENDS_EVENT = 2,		/* states, counts: whenever an event was made */
	EXPR_DEPENDS_MEMORY = 4,	/* memory at addresses that do not change */
};

/* Parse TEXT, names resolved against SESSION.  NULL with ERR, which cites the column.  Free with expr_free(). */
struct expr *expr_parse(const struct session *session, const char *text, struct error *err);

/* Parse the expression at the start of TEXT; *END is where it ends (blanks skipped). */
struct expr *expr_parse_prefix(const struct session *session, const char *text, const char **end, struct error *err);

/* Free EXPR; NULL is allowed. */
void expr_free(struct expr *expr);

/* Its value now.  False with ERR when there is none (nothing mapped at an address, division by zero). */
bool expr_eval(const struct expr *expr, const struct session *session, uint64_t *value, struct error *err);

/* Parse and evaluate TEXT. */
bool expr_value(const struct session *session, const char *text, uint64_t *value, struct error *err);

/* What the value depends on: enum expr_depends bits. */
unsigned expr_depends(const struct expr *expr);

/* Kinds of events that it counts, to be asked for (bit n: kind n). */
uint64_t expr_events(const struct expr *expr);

/* The memory at fixed addresses that it reads (EXPR_DEPENDS_MEMORY): call FN for each piece. */
typedef void expr_range_fn(void *ctx, gpa_t addr, unsigned size);
void expr_each_range(const struct expr *expr, const struct session *session, expr_range_fn *fn, void *ctx);

/* The memory that an lvalue, or a symbol, names: physical address and bytes.  False when it names none. */
bool expr_location(const struct expr *expr, const struct session *session, gpa_t *pa, unsigned *size,
		   struct error *err);

/* Store VALUE in what EXPR names: a register, a system register, memory.  False with ERR when it is no lvalue. */
bool expr_assign(const struct expr *expr, struct session *session, uint64_t value, struct error *err);

/* How VALUE of EXPR is best shown after '=': "0x40001008 <branch_table+8>", "wfe", "-1".  Appended to OUT. */
void expr_format(const struct expr *expr, const struct session *session, uint64_t value, struct strbuf *out);

/* Append what the parts of EXPR are worth that decide it: "cpu1.state is running, branch_table[1] is 0x528
 * <start_cpu0>". */
void expr_explain(const struct expr *expr, const struct session *session, struct strbuf *out);

#endif /* SESSION_EXPR_H */
