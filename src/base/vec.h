/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * base/vec.h: an array that grows, for any element type.
 *
 *	VEC(struct symbol) all = VEC_INIT;
 *	struct symbol *s = vec_push(&all);	// zeroed, valid until the next push
 *	for (size_t i = 0; i < all.len; i++)
 *		use(&all.item[i]);
 *	vec_free(&all);
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

#define VEC(type)	struct { type *item; size_t len, size; }
#define VEC_INIT	{ NULL, 0, 0 }

/* Room for one more element at the end, zeroed; a pointer to it. */
#define vec_push(v)	((v)->item = vec_grow((v)->item, &(v)->len, &(v)->size, sizeof(*(v)->item)), \
			 &(v)->item[(v)->len - 1])

/* Append VALUE. */
#define vec_add(v, value)	(*vec_push(v) = (value))

/* Free the memory and make the vector empty. */
#define vec_free(v)	(vec_release((v)->item), (v)->item = NULL, (v)->len = (v)->size = 0)

/* Forget the elements but keep the memory. */
#define vec_clear(v)	((void)((v)->len = 0))

/* What vec_push() calls: ITEM with room for one more element of SIZE_EACH bytes, that one zeroed and counted in *LEN. */
void *vec_grow(void *item, size_t *len, size_t *size, size_t size_each);

/* What vec_free() calls: free ITEM. */
void vec_release(void *item);

#endif /* BASE_VEC_H */
