/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz/fuzz.h: what a fuzz target defines.
 *
 * The seeds of tests/fuzz/fuzz_NAME.c are the files in tests/fuzz/corpus/NAME and what tests/replay-corpora adds.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Read SIZE bytes at DATA as the target reads its input.  Returns 0 (libFuzzer's convention). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif /* FUZZ_FUZZ_H */
