/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * atomic.h: locks and bits shared between CPUs; written in atomic.S.
 */
#ifndef KERNEL_ATOMIC_H
#define KERNEL_ATOMIC_H

#include "types.h"

struct spinlock {
	u32 slock;	/* 0 free, 1 taken */
};

/* Take LOCK, asleep in wfe while another CPU holds it.  Interrupts are never on here, so this is all it takes. */
void spin_lock(struct spinlock *lock);

/* Give LOCK back; its next owner sees everything written under it. */
void spin_unlock(struct spinlock *lock);

/* Set bit NR, 0 to 63, of *WORD, whatever other CPUs do to the other bits. */
void set_bit(unsigned int nr, unsigned long *word);

/* Clear bit NR, 0 to 63, of *WORD. */
void clear_bit(unsigned int nr, unsigned long *word);

/* Subtract one from *COUNTER and return what is left. */
int atomic_dec_return(int *counter);

#endif /* KERNEL_ATOMIC_H */
