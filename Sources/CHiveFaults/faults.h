#ifndef CHIVE_FAULTS_INTERNAL_H
#define CHIVE_FAULTS_INTERNAL_H

#include "CHiveFaults.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stddef.h>

// Sectors are whole or not there after a power cut.
enum { SECTOR = 512, PAGE = 4096, SHM_REGIONS = 64 };

// One change that is not synced, or that was remembered.
typedef enum { CHANGE_WRITE, CHANGE_TRUNCATE, CHANGE_SYNC, CHANGE_DELETE } change_kind;

typedef struct {
  change_kind kind;
  char *name; // below the folder; set in a recording only
  sqlite3_int64 offset;
  int length;
  unsigned char *bytes;
} change;

typedef struct {
  change *items;
  size_t count, room;
} change_list;

typedef struct {
  unsigned char *bytes;
  sqlite3_int64 size, room;
} content;

// Locks and shared memory of a file among the connections of one life of the process.
typedef struct life {
  int references;
  int readers, is_reserved, is_pending, is_exclusive;
  void *regions[SHM_REGIONS];
  int region_count;
  int shared[SQLITE_SHM_NLOCK], exclusive[SQLITE_SHM_NLOCK];
} life;

typedef struct disk_file {
  struct disk_file *next;
  char *name; // below the folder
  content present, synced;
  change_list pending;
  life *life;
} disk_file;

typedef struct disk {
  struct disk *next;
  char *folder;
  uint64_t random, generation, struck;
  int64_t room; // bytes until the disk is full; negative: no end
  int lies, records, is_calm;
  int open_files, is_removed; // a removed disk is freed with the last connection
  int64_t armed[HIVE_DISK_FAULTS]; // how many more operations are spared; negative: not armed
  disk_file *files;
  change_list recording;
} disk;

typedef struct {
  sqlite3_file base;
  disk *disk;
  disk_file *file;
  life *life;
  uint64_t generation;
  int lock, has_shm, deletes_on_close;
  int shm_shared, shm_exclusive; // masks of what this connection holds
} open_file;

extern pthread_mutex_t hive_faults_mutex;
extern const sqlite3_io_methods hive_faults_methods;

// All of these are called with the mutex held.
disk *find_disk(const char *path);
disk_file *find_file(disk *disk, const char *path);
disk_file *make_file(disk *disk, const char *path);
void delete_file(disk *disk, const char *path);
void free_disk(disk *disk);
uint64_t draw(uint64_t *random);
int strikes(disk *disk, enum hive_disk_fault fault);
void write_content(content *content, const void *bytes, int length, sqlite3_int64 offset);
void truncate_content(content *content, sqlite3_int64 size);
void note_change(disk *disk, disk_file *file, change_kind kind, sqlite3_int64 offset, const void *bytes, int length);
void sync_file(disk_file *file);
void lose_unsynced(disk_file *file, uint64_t *random);
void free_changes(change_list *list);
void add_change(change_list *list, change change);
int is_reachable(const open_file *open); // whether the process that opened it lives
life *join_life(disk_file *file);
void leave_life(life *life);

int lock_file(sqlite3_file *file, int level);
int unlock_file(sqlite3_file *file, int level);
int is_reserved(sqlite3_file *file, int *result);
int map_shm(sqlite3_file *file, int region, int size, int extend, void volatile **result);
int lock_shm(sqlite3_file *file, int offset, int count, int flags);
void barrier_shm(sqlite3_file *file);
int unmap_shm(sqlite3_file *file, int deletes);

#endif
