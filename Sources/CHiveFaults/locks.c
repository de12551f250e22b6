#include "faults.h"

#include <stdlib.h>

// Locks and shared memory as one process has them among its connections. No other process sees these files.

life *join_life(disk_file *file) {
  if (!file->life) {
    file->life = calloc(1, sizeof *file->life);
    if (!file->life) abort();
    file->life->references = 1; // the file's own
  }
  file->life->references++;
  return file->life;
}

void leave_life(life *life) {
  if (!life || --life->references > 0) return;
  for (int region = 0; region < life->region_count; region++) free(life->regions[region]);
  free(life);
}

static int take(life *life, open_file *open, int level) {
  if (level == SQLITE_LOCK_SHARED) {
    if (life->is_pending || life->is_exclusive) return SQLITE_BUSY;
    life->readers++;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (life->is_reserved) return SQLITE_BUSY;
    life->is_reserved = 1;
  } else {
    if (open->lock < SQLITE_LOCK_RESERVED && life->is_reserved) return SQLITE_BUSY;
    if (open->lock < SQLITE_LOCK_PENDING && life->is_pending) return SQLITE_BUSY;
    life->is_reserved = life->is_pending = 1;
    open->lock = SQLITE_LOCK_PENDING;
    if (life->readers > 1) return SQLITE_BUSY;
    life->is_exclusive = 1;
  }
  open->lock = level;
  return SQLITE_OK;
}

int lock_file(sqlite3_file *file, int level) {
  open_file *open = (open_file *)file;
  pthread_mutex_lock(&hive_faults_mutex);
  // A dead process locks nothing: else the end of its connections would take away files that a living one has.
  int code = SQLITE_IOERR_LOCK;
  if (is_reachable(open)) code = open->lock >= level ? SQLITE_OK : take(open->life, open, level);
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

int unlock_file(sqlite3_file *file, int level) {
  open_file *open = (open_file *)file;
  pthread_mutex_lock(&hive_faults_mutex);
  life *life = open->life;
  if (open->lock > level) {
    if (open->lock >= SQLITE_LOCK_RESERVED) life->is_reserved = 0;
    if (open->lock >= SQLITE_LOCK_PENDING) life->is_pending = life->is_exclusive = 0;
    if (level == SQLITE_LOCK_NONE) life->readers--;
    open->lock = level;
  }
  pthread_mutex_unlock(&hive_faults_mutex);
  return SQLITE_OK;
}

int is_reserved(sqlite3_file *file, int *result) {
  pthread_mutex_lock(&hive_faults_mutex);
  *result = ((open_file *)file)->life->is_reserved;
  pthread_mutex_unlock(&hive_faults_mutex);
  return SQLITE_OK;
}

int map_shm(sqlite3_file *file, int region, int size, int extend, void volatile **result) {
  open_file *open = (open_file *)file;
  int code = SQLITE_OK;
  *result = NULL;
  pthread_mutex_lock(&hive_faults_mutex);
  life *life = open->life;
  open->has_shm = 1;
  if (region >= SHM_REGIONS) code = SQLITE_FULL;
  while (code == SQLITE_OK && extend && life->region_count <= region) {
    void *memory = calloc(1, (size_t)size);
    if (!memory) abort();
    life->regions[life->region_count++] = memory;
  }
  if (code == SQLITE_OK && region < life->region_count) *result = life->regions[region];
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

static int take_shm(life *life, open_file *open, int offset, int count, int is_exclusive) {
  for (int slot = offset; slot < offset + count; slot++) {
    int own = open->shm_shared >> slot & 1, owned = open->shm_exclusive >> slot & 1;
    if (life->exclusive[slot] && !owned) return SQLITE_BUSY;
    if (is_exclusive && life->shared[slot] > own) return SQLITE_BUSY;
  }
  for (int slot = offset; slot < offset + count; slot++) {
    int bit = 1 << slot;
    if (is_exclusive && !(open->shm_exclusive & bit)) life->exclusive[slot]++, open->shm_exclusive |= bit;
    if (!is_exclusive && !(open->shm_shared & bit)) life->shared[slot]++, open->shm_shared |= bit;
  }
  return SQLITE_OK;
}

static void release_shm(life *life, open_file *open, int offset, int count) {
  for (int slot = offset; slot < offset + count; slot++) {
    int bit = 1 << slot;
    if (open->shm_exclusive & bit) life->exclusive[slot]--, open->shm_exclusive &= ~bit;
    if (open->shm_shared & bit) life->shared[slot]--, open->shm_shared &= ~bit;
  }
}

int lock_shm(sqlite3_file *file, int offset, int count, int flags) {
  open_file *open = (open_file *)file;
  int code = SQLITE_OK;
  pthread_mutex_lock(&hive_faults_mutex);
  if (flags & SQLITE_SHM_UNLOCK) release_shm(open->life, open, offset, count);
  else if (!is_reachable(open)) code = SQLITE_IOERR_SHMLOCK;
  else code = take_shm(open->life, open, offset, count, flags & SQLITE_SHM_EXCLUSIVE);
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

void barrier_shm(sqlite3_file *file) {
  (void)file;
  pthread_mutex_lock(&hive_faults_mutex);
  pthread_mutex_unlock(&hive_faults_mutex);
}

int unmap_shm(sqlite3_file *file, int deletes) {
  open_file *open = (open_file *)file;
  (void)deletes; // it goes with the last connection of this life
  pthread_mutex_lock(&hive_faults_mutex);
  release_shm(open->life, open, 0, SQLITE_SHM_NLOCK);
  open->has_shm = 0;
  pthread_mutex_unlock(&hive_faults_mutex);
  return SQLITE_OK;
}
