#pragma once

#include <stddef.h>
#include <stdint.h>

/// Bytes that are part of the binary.
typedef struct {
    const uint8_t *bytes;
    size_t count;
} hive_table_part;

/// One row of 128 bytes for each token: byte j holds components 2j (low half) and 2j + 1 (high half), each plus 8.
hive_table_part hive_table_rows(void);

/// One little-endian 32-bit float for each row: what its components are multiplied by.
hive_table_part hive_table_scales(void);

/// The tokens in the order of the rows, in UTF-8, one a line.
hive_table_part hive_table_vocabulary(void);
