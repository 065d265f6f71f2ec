/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz/replay.c: main() of the fuzz targets where they are not built for libFuzzer: give the target each file named on
 * the command line whole, cut short and damaged.
 *
 * What is tried depends on the file alone, so that a failure comes again.  The target must end without a crash and
 * without a finding of the sanitizers; what it answers does not matter.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "fuzz.h"
#include "service/file.h"

enum {
	SEED_MAX = 64 << 20,	/* bytes of the largest seed */
	HEADER = 256,		/* each of its first bytes is damaged, */
	PLACES = 500,		/* and so many of the others, evenly spread */
};

/* A copy of just SIZE bytes, so that AddressSanitizer sees a read of the next one. */
static void try_bytes(const uint8_t *data, size_t size)
{
	uint8_t *copy = xmemdup(data, size);

	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void try_damaged(uint8_t *data, size_t size, size_t place)
{
	static const uint8_t flips[] = { 0x01, 0x80, 0xff };
	uint8_t old = data[place];

	for (size_t i = 0; i < sizeof(flips); i++) {
		data[place] = old ^ flips[i];
		try_bytes(data, size);
	}
	data[place] = old;
}

static void replay(const struct bytes *seed)
{
	size_t step = seed->size / PLACES + 1;

	try_bytes(seed->data, seed->size);
	for (size_t place = 0; place < seed->size; place += place < HEADER ? 1 : step) {
		try_bytes(seed->data, place);
		try_damaged(seed->data, seed->size, place);
	}
}

int main(int argc, char **argv)
{
	struct error err = ERROR_NONE;

	for (int i = 1; i < argc; i++) {
		struct bytes seed = BYTES_NONE;

		if (!file_read(argv[i], SEED_MAX, &seed, &err)) {
			fprintf(stderr, "%s\n", err.text);
			return EXIT_FAILURE;
		}
		replay(&seed);
		bytes_free(&seed);
	}
	return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
