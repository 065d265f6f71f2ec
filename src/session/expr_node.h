/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session/expr_node.h: the tree that expr.c makes of an expression and expr_eval.c works out.  Private to these two.
 */
#ifndef SESSION_EXPR_NODE_H
#define SESSION_EXPR_NODE_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/event.h"
#include "machine/types.h"
#include "service/sysreg.h"

enum expr_kind {
	EXPR_NUMBER,		/* number */
	EXPR_STATE_WORD,	/* number: an enum cpu_state */
	EXPR_SYMBOL,		/* a symbol that is read: number = virtual address, pa, size */
	EXPR_ADDRESS,		/* a symbol that is its address: number, pa */
	EXPR_REG,		/* cpu, reg */
	EXPR_SYSREG,		/* cpu, sysreg number in `number`, field or NULL */
	EXPR_PROPERTY,		/* cpu, property */
	EXPR_MEMORY,		/* a: address; size */
	EXPR_ELEMENT,		/* number: va of the array, pa, a: index; 64-bit words */
	EXPR_SLOT,		/* release_addr[a] */
	EXPR_MILESTONE,		/* number: index */
	EXPR_EVENT,		/* event */
	EXPR_ONLINE,
	EXPR_TIME,
	EXPR_PHYSICAL,		/* pa(a) */
	EXPR_ADDRESS_OF,	/* &a */
	EXPR_UNARY,		/* op a */
	EXPR_BINARY,		/* a op b */
	EXPR_CHOICE,		/* a ? b : c */
};

enum expr_op {
	OP_NEGATE, OP_INVERT, OP_NOT,
	OP_MUL, OP_DIV, OP_MOD, OP_ADD, OP_SUB, OP_SHL, OP_SHR, OP_LT, OP_LE, OP_GT, OP_GE, OP_EQ, OP_NE, OP_AND,
		OP_XOR, OP_OR,
	OP_LOGICAL_AND, OP_LOGICAL_OR,
};

enum expr_property {
	PROPERTY_STATE, PROPERTY_SYM, PROPERTY_MONITOR, PROPERTY_EVENT, PROPERTY_EL, PROPERTY_MMU, PROPERTY_DAIF,
		PROPERTY_NZCV,
	PROPERTY_MPIDR, PROPERTY_INSTRUCTIONS,
};

enum { EXPR_CPU_FOCUS = -1, EXPR_DEPTH_MAX = 64, EXPR_TEXT_MAX = 4096 };

struct expr {
	enum expr_kind kind;
	enum expr_op op;
	enum expr_property property;
	int cpu;			/* or EXPR_CPU_FOCUS */
	int reg;
	unsigned size;			/* bytes read; of a register 4 for w0, 8 for x0 */
	uint64_t number;
	gpa_t pa;
	enum event_kind event;
	const struct sysreg_field *field;
	int column;			/* where it stands in the text, from 1 */
	char *text;			/* of what is no operator, as it was written */
	struct expr *a, *b, *c;
};

#endif /* SESSION_EXPR_NODE_H */
