#include "CHiveTable.h"

static const uint8_t rows[] = {
#embed "static256.i4"
};

static const uint8_t scales[] = {
#embed "static256.i4.scales.f32"
};

static const uint8_t vocabulary[] = {
#embed "vocab.txt"
};

hive_table_part hive_table_rows(void) { return (hive_table_part){rows, sizeof rows}; }

hive_table_part hive_table_scales(void) { return (hive_table_part){scales, sizeof scales}; }

hive_table_part hive_table_vocabulary(void) { return (hive_table_part){vocabulary, sizeof vocabulary}; }
