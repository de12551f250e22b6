#include "faults.h"

#include <stdlib.h>
#include <string.h>

pthread_mutex_t hive_faults_mutex = PTHREAD_MUTEX_INITIALIZER;
static disk *disks;

static void *demand(void *memory) {
  if (!memory) abort(); // a test without memory proves nothing
  return memory;
}

static char *copy_text(const char *text) { return demand(strdup(text)); }

// The same numbers for the same seed, everywhere (SplitMix64).
uint64_t draw(uint64_t *random) {
  *random += 0x9E3779B97F4A7C15u;
  uint64_t mixed = *random;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

// MARK: - Finding

disk *find_disk(const char *path) {
  if (!path) return NULL;
  for (disk *each = disks; each; each = each->next) {
    size_t length = strlen(each->folder);
    if (strncmp(path, each->folder, length) == 0 && (path[length] == '/' || path[length] == 0)) return each;
  }
  return NULL;
}

disk_file *find_file(disk *disk, const char *path) {
  const char *name = path + strlen(disk->folder);
  for (disk_file *each = disk->files; each; each = each->next) {
    if (strcmp(each->name, name) == 0) return each;
  }
  return NULL;
}

disk_file *make_file(disk *disk, const char *path) {
  disk_file *file = find_file(disk, path);
  if (file) return file;
  file = demand(calloc(1, sizeof *file));
  file->name = copy_text(path + strlen(disk->folder));
  file->next = disk->files;
  disk->files = file;
  return file;
}

// MARK: - Contents

static void make_room(content *content, sqlite3_int64 size) {
  if (size <= content->room) return;
  sqlite3_int64 room = content->room ? content->room : 16 * PAGE;
  while (room < size) room *= 2;
  content->bytes = demand(realloc(content->bytes, (size_t)room));
  memset(content->bytes + content->room, 0, (size_t)(room - content->room));
  content->room = room;
}

void write_content(content *content, const void *bytes, int length, sqlite3_int64 offset) {
  make_room(content, offset + length);
  memcpy(content->bytes + offset, bytes, (size_t)length);
  if (content->size < offset + length) content->size = offset + length;
}

void truncate_content(content *content, sqlite3_int64 size) {
  make_room(content, size);
  if (size < content->size) memset(content->bytes + size, 0, (size_t)(content->size - size));
  content->size = size;
}

static void copy_content(content *to, const content *from) {
  truncate_content(to, 0);
  if (from->size > 0) write_content(to, from->bytes, (int)from->size, 0);
}

// MARK: - Changes

void add_change(change_list *list, change change) {
  if (list->count == list->room) {
    list->room = list->room ? list->room * 2 : 64;
    list->items = demand(realloc(list->items, list->room * sizeof *list->items));
  }
  list->items[list->count++] = change;
}

void free_changes(change_list *list) {
  for (size_t index = 0; index < list->count; index++) {
    free(list->items[index].name);
    free(list->items[index].bytes);
  }
  free(list->items);
  *list = (change_list){0};
}

static change make_change(change_kind kind, const char *name, sqlite3_int64 offset, const void *bytes, int length) {
  change made = {.kind = kind, .name = name ? copy_text(name) : NULL, .offset = offset, .length = length};
  if (length > 0) {
    made.bytes = demand(malloc((size_t)length));
    memcpy(made.bytes, bytes, (size_t)length);
  }
  return made;
}

void note_change(disk *disk, disk_file *file, change_kind kind, sqlite3_int64 offset, const void *bytes, int length) {
  if (kind == CHANGE_WRITE || kind == CHANGE_TRUNCATE) {
    add_change(&file->pending, make_change(kind, NULL, offset, bytes, length));
  }
  if (disk->records) add_change(&disk->recording, make_change(kind, file->name, offset, bytes, length));
}

void sync_file(disk_file *file) {
  for (size_t index = 0; index < file->pending.count; index++) {
    change *each = &file->pending.items[index];
    if (each->kind == CHANGE_TRUNCATE) truncate_content(&file->synced, each->offset);
    else write_content(&file->synced, each->bytes, each->length, each->offset);
  }
  free_changes(&file->pending);
}

// Of what is not synced, either all up to some point and a part of what came then, or any sectors at all.
void lose_unsynced(disk_file *file, uint64_t *random) {
  size_t count = file->pending.count;
  size_t end = count ? (size_t)(draw(random) % (count + 1)) : 0;
  int keeps_order = draw(random) % 2 == 0;
  for (size_t index = 0; index < count; index++) {
    change *each = &file->pending.items[index];
    if (keeps_order && index > end) break;
    if (each->kind == CHANGE_TRUNCATE) {
      if (keeps_order ? index < end : draw(random) % 2) truncate_content(&file->synced, each->offset);
      continue;
    }
    for (int at = 0; at < each->length;) {
      int length = SECTOR - (int)((each->offset + at) % SECTOR);
      if (length > each->length - at) length = each->length - at;
      int is_kept = keeps_order ? index < end || draw(random) % 2 : draw(random) % 2 == 0;
      if (is_kept) write_content(&file->synced, each->bytes + at, length, each->offset + at);
      at += length;
    }
  }
  free_changes(&file->pending);
  copy_content(&file->present, &file->synced);
}

// MARK: - Files' ends

static void free_file(disk_file *file) {
  free_changes(&file->pending);
  free(file->present.bytes);
  free(file->synced.bytes);
  free(file->name);
  leave_life(file->life);
  free(file);
}

void delete_file(disk *disk, const char *path) {
  disk_file *file = find_file(disk, path);
  if (!file) return;
  note_change(disk, file, CHANGE_DELETE, 0, NULL, 0);
  for (disk_file **link = &disk->files; *link; link = &(*link)->next) {
    if (*link != file) continue;
    *link = file->next;
    break;
  }
  free_file(file);
}

int strikes(disk *disk, enum hive_disk_fault fault) {
  if (disk->is_calm || disk->armed[fault] < 0 || disk->armed[fault]-- > 0) return 0;
  disk->struck++;
  return 1;
}

// MARK: - What tests ask for

static void heal(disk *disk) {
  disk->room = -1;
  disk->lies = 0;
  for (int fault = 0; fault < HIVE_DISK_FAULTS; fault++) disk->armed[fault] = -1;
}

// Does something with the disk of a folder, if it has one, and nobody else meanwhile.
#define WITH_DISK(name, folder) \
  for (disk *name = (pthread_mutex_lock(&hive_faults_mutex), find_disk(folder)), *once = (struct disk *)1; once; \
       once = NULL, pthread_mutex_unlock(&hive_faults_mutex)) \
    if (name)

void hive_disk_create(const char *folder, uint64_t seed) {
  pthread_mutex_lock(&hive_faults_mutex);
  if (!find_disk(folder)) {
    disk *made = demand(calloc(1, sizeof *made));
    made->folder = copy_text(folder);
    made->random = seed;
    heal(made);
    made->next = disks;
    disks = made;
  }
  pthread_mutex_unlock(&hive_faults_mutex);
}

static void empty(disk *disk) {
  while (disk->files) {
    disk_file *file = disk->files;
    disk->files = file->next;
    free_file(file);
  }
}

// Open connections keep the locks and the shared memory of the life that ended, and reach no file any more.
static void kill_life(disk *disk) {
  disk->generation++;
  for (disk_file *file = disk->files; file; file = file->next) {
    leave_life(file->life);
    file->life = NULL;
  }
}

void free_disk(disk *disk) {
  free_changes(&disk->recording);
  free(disk->folder);
  free(disk);
}

void hive_disk_remove(const char *folder) {
  WITH_DISK(disk, folder) {
    for (struct disk **link = &disks; *link; link = &(*link)->next) {
      if (*link != disk) continue;
      *link = disk->next;
      break;
    }
    kill_life(disk);
    empty(disk);
    disk->is_removed = 1;
    if (disk->open_files == 0) free_disk(disk);
  }
}

void hive_disk_kill(const char *folder) { WITH_DISK(disk, folder) kill_life(disk); }

void hive_disk_cut(const char *folder) {
  WITH_DISK(disk, folder) {
    kill_life(disk);
    for (disk_file *file = disk->files; file; file = file->next) lose_unsynced(file, &disk->random);
  }
}

void hive_disk_arm(const char *folder, enum hive_disk_fault fault, uint32_t after) {
  WITH_DISK(disk, folder) disk->armed[fault] = after;
}

void hive_disk_heal(const char *folder) { WITH_DISK(disk, folder) heal(disk); }

void hive_disk_limit(const char *folder, int64_t bytes) { WITH_DISK(disk, folder) disk->room = bytes; }

void hive_disk_lie(const char *folder, int lies) { WITH_DISK(disk, folder) disk->lies = lies; }

void hive_disk_calm(const char *folder, int is_calm) { WITH_DISK(disk, folder) disk->is_calm = is_calm; }

uint64_t hive_disk_struck(const char *folder) {
  uint64_t count = 0;
  WITH_DISK(disk, folder) count = disk->struck;
  return count;
}

void hive_disk_copy(const char *from, const char *to) {
  pthread_mutex_lock(&hive_faults_mutex);
  disk *source = find_disk(from), *target = find_disk(to);
  disk_file *original = source ? find_file(source, from) : NULL;
  if (original && target) {
    disk_file *copy = make_file(target, to);
    free_changes(&copy->pending);
    copy_content(&copy->present, &original->present);
    copy_content(&copy->synced, &original->present);
  }
  pthread_mutex_unlock(&hive_faults_mutex);
}

void hive_disk_load(const char *path, const void *bytes, int64_t length) {
  WITH_DISK(disk, path) {
    disk_file *file = make_file(disk, path);
    free_changes(&file->pending);
    truncate_content(&file->present, 0);
    if (length > 0) write_content(&file->present, bytes, (int)length, 0);
    copy_content(&file->synced, &file->present);
  }
}

void hive_disk_delete(const char *path) { WITH_DISK(disk, path) delete_file(disk, path); }

void hive_disk_record(const char *folder) {
  WITH_DISK(disk, folder) {
    disk->records = 1;
    for (disk_file *file = disk->files; file; file = file->next) {
      int length = (int)file->present.size;
      add_change(&disk->recording, make_change(CHANGE_WRITE, file->name, 0, file->present.bytes, length));
      add_change(&disk->recording, make_change(CHANGE_SYNC, file->name, 0, NULL, 0));
    }
  }
}

uint64_t hive_disk_recorded(const char *folder) {
  uint64_t count = 0;
  WITH_DISK(disk, folder) count = disk->recording.count;
  return count;
}

static void repeat(disk *target, const change *change) {
  char path[4096];
  sqlite3_snprintf(sizeof path, path, "%s%s", target->folder, change->name);
  if (change->kind == CHANGE_DELETE) return delete_file(target, path);
  disk_file *file = make_file(target, path);
  if (change->kind == CHANGE_SYNC) return sync_file(file);
  note_change(target, file, change->kind, change->offset, change->bytes, change->length);
}

void hive_disk_replay(const char *folder, uint64_t index, uint64_t seed, const char *to) {
  pthread_mutex_lock(&hive_faults_mutex);
  disk *source = find_disk(folder), *target = find_disk(to);
  if (source && target) {
    kill_life(target);
    empty(target);
    for (uint64_t at = 0; at <= index && at < source->recording.count; at++) {
      // The last one did not return: a sync did nothing, a write may have done anything.
      const change *each = &source->recording.items[at];
      if (at < index || each->kind == CHANGE_WRITE || each->kind == CHANGE_TRUNCATE) repeat(target, each);
    }
    target->random = seed;
    for (disk_file *file = target->files; file; file = file->next) lose_unsynced(file, &target->random);
  }
  pthread_mutex_unlock(&hive_faults_mutex);
}
