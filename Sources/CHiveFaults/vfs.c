#include "faults.h"

#include <stdio.h>
#include <string.h>

// The file system that SQLite sees. What is below no disk's folder goes to the one that was the default before.

static sqlite3_vfs *original;
static sqlite3_vfs faulty;

int is_reachable(const open_file *open) {
  return open->generation == open->disk->generation && !open->disk->is_removed;
}

static int close_file(sqlite3_file *file) {
  open_file *open = (open_file *)file;
  unlock_file(file, SQLITE_LOCK_NONE);
  if (open->has_shm) unmap_shm(file, 0);
  pthread_mutex_lock(&hive_faults_mutex);
  disk *disk = open->disk;
  leave_life(open->life);
  // With the last connection its shared memory goes, as the file beside the database would.
  if (is_reachable(open) && open->file->life && open->file->life->references == 1) {
    leave_life(open->file->life);
    open->file->life = NULL;
  }
  if (open->deletes_on_close && is_reachable(open)) {
    char path[4096];
    sqlite3_snprintf(sizeof path, path, "%s%s", disk->folder, open->file->name);
    delete_file(disk, path);
  }
  if (--disk->open_files == 0 && disk->is_removed) free_disk(disk);
  pthread_mutex_unlock(&hive_faults_mutex);
  return SQLITE_OK;
}

// MARK: - Reading and writing

static int read_bytes(open_file *open, unsigned char *bytes, int length, sqlite3_int64 offset) {
  disk *disk = open->disk;
  if (!is_reachable(open) || strikes(disk, HIVE_DISK_READ_ERROR)) return SQLITE_IOERR_READ;
  const content *content = &open->file->present;
  sqlite3_int64 available = content->size - offset;
  int count = available < 0 ? 0 : available < length ? (int)available : length;
  if (count > SECTOR && strikes(disk, HIVE_DISK_SHORT_READ)) count = (int)(draw(&disk->random) % (uint64_t)count);
  if (count > 0) memcpy(bytes, content->bytes + offset, (size_t)count);
  if (count > 0 && strikes(disk, HIVE_DISK_READ_FLIP)) {
    bytes[draw(&disk->random) % (uint64_t)count] ^= (unsigned char)(1 << draw(&disk->random) % 8);
  }
  if (count == length) return SQLITE_OK;
  memset(bytes + count, 0, (size_t)(length - count));
  return SQLITE_IOERR_SHORT_READ;
}

static void put(open_file *open, const void *bytes, int length, sqlite3_int64 offset) {
  write_content(&open->file->present, bytes, length, offset);
  note_change(open->disk, open->file, CHANGE_WRITE, offset, bytes, length);
}

static int write_bytes(open_file *open, const unsigned char *bytes, int length, sqlite3_int64 offset) {
  disk *disk = open->disk;
  if (!is_reachable(open) || strikes(disk, HIVE_DISK_WRITE_ERROR)) return SQLITE_IOERR_WRITE;
  if (!disk->is_calm && disk->room >= 0 && offset + length > open->file->present.size) {
    if (disk->room < length) {
      disk->struck++;
      return SQLITE_FULL;
    }
    disk->room -= length;
  }
  if (strikes(disk, HIVE_DISK_TORN_WRITE)) {
    int count = (int)(draw(&disk->random) % (uint64_t)(length / SECTOR + 1)) * SECTOR;
    if (count > 0) put(open, bytes, count, offset);
    return SQLITE_IOERR_WRITE;
  }
  if (strikes(disk, HIVE_DISK_MISDIRECTED)) offset += PAGE;
  put(open, bytes, length, offset);
  if (strikes(disk, HIVE_DISK_WRITE_FLIP)) {
    sqlite3_int64 place = offset + (sqlite3_int64)(draw(&disk->random) % (uint64_t)length);
    unsigned char wrong = open->file->present.bytes[place] ^ (unsigned char)(1 << draw(&disk->random) % 8);
    put(open, &wrong, 1, place);
  }
  return SQLITE_OK;
}

static int read_file(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
  pthread_mutex_lock(&hive_faults_mutex);
  int code = read_bytes((open_file *)file, bytes, length, offset);
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

static int write_file(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
  pthread_mutex_lock(&hive_faults_mutex);
  int code = write_bytes((open_file *)file, bytes, length, offset);
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  open_file *open = (open_file *)file;
  int code = SQLITE_IOERR_TRUNCATE;
  pthread_mutex_lock(&hive_faults_mutex);
  if (is_reachable(open)) {
    truncate_content(&open->file->present, size);
    note_change(open->disk, open->file, CHANGE_TRUNCATE, size, NULL, 0);
    code = SQLITE_OK;
  }
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

static int sync_bytes(sqlite3_file *file, int flags) {
  open_file *open = (open_file *)file;
  (void)flags;
  int code = SQLITE_IOERR_FSYNC;
  pthread_mutex_lock(&hive_faults_mutex);
  if (is_reachable(open) && !strikes(open->disk, HIVE_DISK_SYNC_ERROR)) {
    if (!open->disk->lies) {
      sync_file(open->file);
      note_change(open->disk, open->file, CHANGE_SYNC, 0, NULL, 0);
    }
    code = SQLITE_OK;
  }
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

static int size_of_file(sqlite3_file *file, sqlite3_int64 *size) {
  open_file *open = (open_file *)file;
  int code = SQLITE_IOERR_FSTAT;
  pthread_mutex_lock(&hive_faults_mutex);
  if (is_reachable(open)) {
    *size = open->file->present.size;
    code = SQLITE_OK;
  }
  pthread_mutex_unlock(&hive_faults_mutex);
  return code;
}

static int control(sqlite3_file *file, int operation, void *argument) {
  (void)file, (void)operation, (void)argument;
  return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *file) { return (void)file, PAGE; }

// As SQLite takes disks to be: a write that the power cut leaves bytes beside it alone.
static int characteristics(sqlite3_file *file) { return (void)file, SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

const sqlite3_io_methods hive_faults_methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_bytes,
  .xFileSize = size_of_file,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = is_reserved,
  .xFileControl = control,
  .xSectorSize = sector_size,
  .xDeviceCharacteristics = characteristics,
  .xShmMap = map_shm,
  .xShmLock = lock_shm,
  .xShmBarrier = barrier_shm,
  .xShmUnmap = unmap_shm,
};

// MARK: - Names

static int open_path(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
  (void)vfs;
  pthread_mutex_lock(&hive_faults_mutex);
  disk *disk = find_disk(path);
  int code = SQLITE_OK;
  if (disk) {
    open_file *open = (open_file *)file;
    memset(open, 0, sizeof *open);
    if (!(flags & SQLITE_OPEN_CREATE) && !find_file(disk, path)) code = SQLITE_CANTOPEN;
    else {
      open->disk = disk;
      open->file = make_file(disk, path);
      open->life = join_life(open->file);
      open->generation = disk->generation;
      open->deletes_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
      open->base.pMethods = &hive_faults_methods;
      disk->open_files++;
      if (out_flags) *out_flags = flags;
    }
  }
  pthread_mutex_unlock(&hive_faults_mutex);
  return disk ? code : original->xOpen(original, path, file, flags, out_flags);
}

static int delete_path(sqlite3_vfs *vfs, const char *path, int syncs) {
  (void)vfs;
  pthread_mutex_lock(&hive_faults_mutex);
  disk *disk = find_disk(path);
  if (disk) delete_file(disk, path);
  pthread_mutex_unlock(&hive_faults_mutex);
  return disk ? SQLITE_OK : original->xDelete(original, path, syncs);
}

static int access_path(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
  (void)vfs;
  pthread_mutex_lock(&hive_faults_mutex);
  disk *disk = find_disk(path);
  if (disk) {
    disk_file *file = find_file(disk, path);
    *result = file && (flags != SQLITE_ACCESS_EXISTS || file->present.size > 0);
  }
  pthread_mutex_unlock(&hive_faults_mutex);
  return disk ? SQLITE_OK : original->xAccess(original, path, flags, result);
}

static int full_path(sqlite3_vfs *vfs, const char *path, int length, char *result) {
  (void)vfs;
  pthread_mutex_lock(&hive_faults_mutex);
  int is_ours = find_disk(path) != NULL;
  pthread_mutex_unlock(&hive_faults_mutex);
  if (!is_ours) return original->xFullPathname(original, path, length, result);
  return snprintf(result, (size_t)length, "%s", path) < length ? SQLITE_OK : SQLITE_CANTOPEN;
}

int hive_faults_register(void) {
  static int code = SQLITE_OK;
  pthread_mutex_lock(&hive_faults_mutex);
  int is_known = original != NULL;
  pthread_mutex_unlock(&hive_faults_mutex);
  if (is_known) return code;
  if (sqlite3_initialize() != SQLITE_OK) return SQLITE_ERROR;
  sqlite3_vfs *present = sqlite3_vfs_find(NULL);
  if (!present) return SQLITE_ERROR;
  pthread_mutex_lock(&hive_faults_mutex);
  if (!original) {
    original = present;
    faulty = *present;
    faulty.pNext = NULL;
    faulty.zName = "hive-faults";
    if (faulty.szOsFile < (int)sizeof(open_file)) faulty.szOsFile = sizeof(open_file);
    faulty.xOpen = open_path;
    faulty.xDelete = delete_path;
    faulty.xAccess = access_path;
    faulty.xFullPathname = full_path;
    is_known = 0;
  } else is_known = 1;
  pthread_mutex_unlock(&hive_faults_mutex);
  if (!is_known) code = sqlite3_vfs_register(&faulty, 1);
  return code;
}
