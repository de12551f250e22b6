#include "CHiveRank.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Okapi BM25 with the parameters that FTS5 has.
static const double K1 = 1.2;
static const double B = 0.75;

// The length of each entry that was scored on this connection, in tokens, plus one; 0 where it was not read yet.
typedef struct {
  sqlite3 *connection;
  uint32_t *lengths;
  sqlite3_int64 count;
} rank_cache;

// Entries beyond this number are read each time: the cache stays below 64 MiB.
static const sqlite3_int64 CACHED_ROWS = 16 << 20;

// What all entries of one question share.
typedef struct {
  double average_length;
  int phrases;
  double weights[]; // what each phrase counts with: its inverse document frequency, or 0
} rank_question;

static int new_question(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_value *weights,
                        rank_question **result) {
  int phrases = api->xPhraseCount(context);
  size_t bytes = sizeof(double) * (size_t)phrases;
  const void *given = sqlite3_value_blob(weights);
  if ((size_t)sqlite3_value_bytes(weights) != bytes || (bytes > 0 && !given)) return SQLITE_MISMATCH;
  rank_question *question = sqlite3_malloc64(sizeof *question + bytes);
  if (!question) return SQLITE_NOMEM;
  question->phrases = phrases;
  memcpy(question->weights, given, bytes);
  sqlite3_int64 rows = 0, tokens = 0;
  int code = api->xRowCount(context, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(context, -1, &tokens);
  question->average_length = rows > 0 && tokens > 0 ? (double)tokens / (double)rows : 1;
  if (code == SQLITE_OK) code = api->xSetAuxdata(context, question, sqlite3_free);
  // From here on the question belongs to FTS5, which has freed it where it could not keep it.
  else sqlite3_free(question);
  *result = question;
  return code;
}

static int grow(rank_cache *cache, sqlite3_int64 row) {
  sqlite3_int64 count = cache->count ? cache->count : 1024;
  while (count <= row) count *= 2;
  uint32_t *lengths = realloc(cache->lengths, sizeof(uint32_t) * (size_t)count);
  if (!lengths) return SQLITE_NOMEM;
  memset(lengths + cache->count, 0, sizeof(uint32_t) * (size_t)(count - cache->count));
  cache->lengths = lengths;
  cache->count = count;
  return SQLITE_OK;
}

static int length_of(rank_cache *cache, const Fts5ExtensionApi *api, Fts5Context *context, double *length) {
  sqlite3_int64 row = api->xRowid(context);
  int keeps = row >= 0 && row < CACHED_ROWS && sqlite3_txn_state(cache->connection, "main") != SQLITE_TXN_WRITE;
  if (keeps && row < cache->count && cache->lengths[row]) {
    *length = cache->lengths[row] - 1;
    return SQLITE_OK;
  }
  int tokens = 0;
  int code = api->xColumnSize(context, -1, &tokens);
  if (code == SQLITE_OK && keeps && row >= cache->count) code = grow(cache, row);
  if (code == SQLITE_OK && keeps) cache->lengths[row] = (uint32_t)tokens + 1;
  *length = tokens;
  return code;
}

static int occurrences(const Fts5ExtensionApi *api, Fts5Context *context, int phrase, int *result) {
  Fts5PhraseIter iterator;
  int column = 0, offset = 0, count = 0;
  int code = api->xPhraseFirst(context, phrase, &iterator, &column, &offset);
  for (; code == SQLITE_OK && column >= 0; api->xPhraseNext(context, &iterator, &column, &offset)) count++;
  *result = count;
  return code;
}

static void score(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count,
                  sqlite3_value **arguments) {
  if (count != 1) return sqlite3_result_error(result, "hive_bm25 takes the table and the weights of the phrases", -1);
  int code = SQLITE_OK;
  rank_question *question = api->xGetAuxdata(context, 0);
  if (!question) code = new_question(api, context, arguments[0], &question);
  double length = 0, sum = 0;
  if (code == SQLITE_OK) code = length_of(api->xUserData(context), api, context, &length);
  for (int phrase = 0; code == SQLITE_OK && phrase < question->phrases; phrase++) {
    if (question->weights[phrase] == 0) continue;
    int found = 0;
    code = occurrences(api, context, phrase, &found);
    double weight = K1 * (1 - B + B * length / question->average_length);
    sum += question->weights[phrase] * (found * (K1 + 1)) / (found + weight);
  }
  if (code == SQLITE_OK) sqlite3_result_double(result, -sum);
  else sqlite3_result_error_code(result, code);
}

static void free_cache(void *cache) {
  free(((rank_cache *)cache)->lengths);
  free(cache);
}

// FTS5 hands out its functions through a statement, as its documentation has it.
static int find_api(sqlite3 *connection, fts5_api **api) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  code = sqlite3_bind_pointer(statement, 1, api, "fts5_api_ptr", NULL);
  if (code == SQLITE_OK) sqlite3_step(statement);
  int end = sqlite3_finalize(statement);
  if (code == SQLITE_OK) code = end;
  return code == SQLITE_OK && !*api ? SQLITE_ERROR : code;
}

int hive_rank_register(void *connection) {
  fts5_api *api = NULL;
  int code = find_api(connection, &api);
  if (code != SQLITE_OK) return code;
  rank_cache *cache = calloc(1, sizeof *cache);
  if (!cache) return SQLITE_NOMEM;
  cache->connection = connection;
  return api->xCreateFunction(api, "hive_bm25", cache, score, free_cache);
}
