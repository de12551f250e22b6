#pragma once

#include <stddef.h>
#include <stdint.h>

/// A file of the dashboard, part of the binary.
typedef struct {
    const char *name;
    const uint8_t *bytes;
    size_t count;
} hive_page;

/// How many there are.
size_t hive_page_count(void);

/// One of them, from 0.
hive_page hive_page_at(size_t number);
