#pragma once

#include <stddef.h>
#include <stdint.h>

typedef int (*hive_fuzz_body)(const uint8_t *bytes, size_t count);

// Of libFuzzer, which is linked where `-sanitize=fuzzer` is given.
int LLVMFuzzerRunDriver(int *count, char ***arguments, hive_fuzz_body body);
