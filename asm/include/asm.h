/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * asm.h: what every assembly file of the guests shares: how a function is
 * opened and closed, so that symbol tables give each routine its name, its
 * type and its size.
 */
#ifndef ASM_ASM_H
#define ASM_ASM_H

#ifdef __ASSEMBLER__

/* A routine other files call. */
#define FUNC(name)		\
	.globl	name;		\
	.type	name, %function; \
	.balign	4;		\
name:

/* A routine of this file alone; still typed and sized, so that a debugger names it. */
#define LOCAL_FUNC(name)	\
	.type	name, %function; \
	.balign	4;		\
name:

#define ENDFUNC(name)		\
	.size	name, . - name

/* Data with a name: a table, a flag, a mailbox. */
#define DATA(name)		\
	.globl	name;		\
	.type	name, %object;	\
name:

#define ENDDATA(name)		\
	.size	name, . - name

#endif /* __ASSEMBLER__ */
#endif /* ASM_ASM_H */
