#ifndef CHIVE_FAULTS_H
#define CHIVE_FAULTS_H

#include <stdint.h>

// Disks in memory that fail as real ones do, for tests. Every file of SQLite below a folder that was given a disk lies
// on it; all other files go where they always went. One thread at a time may use a disk; different disks may be used at
// the same time.

/// What a disk can do wrong once.
enum hive_disk_fault {
  HIVE_DISK_WRITE_ERROR,      ///< a write fails and writes nothing
  HIVE_DISK_READ_ERROR,       ///< a read fails
  HIVE_DISK_SYNC_ERROR,       ///< a sync fails and syncs nothing
  HIVE_DISK_TORN_WRITE,       ///< a write fails after a part of its sectors
  HIVE_DISK_SHORT_READ,       ///< a read gets fewer bytes than there are
  HIVE_DISK_READ_FLIP,        ///< a read gets one wrong bit, which the medium does not have
  HIVE_DISK_WRITE_FLIP,       ///< one wrong bit gets onto the medium
  HIVE_DISK_MISDIRECTED,      ///< a write goes to the next page
  HIVE_DISK_FAULTS            ///< how many there are
};

/// Makes the file system known to SQLite as its default. More calls do nothing. Returns an SQLite result code.
int hive_faults_register(void);

/// Gives a folder a disk; chance comes from the seed. Nothing happens where it has one.
void hive_disk_create(const char *folder, uint64_t seed);
/// Takes the disk and all on it away. All connections must be closed.
void hive_disk_remove(const char *folder);

/// The process dies: files stay as written, and connections that are open reach nothing any more.
void hive_disk_kill(const char *folder);
/// The power goes: of what was not synced, some sectors of 512 bytes are there and some are not. Kills as well.
void hive_disk_cut(const char *folder);

/// Arms a fault: it strikes once, at the operation that it can strike after so many others.
void hive_disk_arm(const char *folder, enum hive_disk_fault fault, uint32_t after);
/// Disarms what has not struck, and makes room where the disk was full or lied.
void hive_disk_heal(const char *folder);
/// From now on, writes beyond this many more bytes fail for lack of space; a negative number lifts the limit.
void hive_disk_limit(const char *folder, int64_t bytes);
/// Whether syncs are answered and not done.
void hive_disk_lie(const char *folder, int lies);
/// While a disk is calm, nothing armed strikes, syncs are done, and there is room: for those who only look.
void hive_disk_calm(const char *folder, int is_calm);
/// How often armed faults struck, and writes were refused for lack of space.
uint64_t hive_disk_struck(const char *folder);

/// Copies a file as it is now, onto the same disk or another. Nothing happens where there is none.
void hive_disk_copy(const char *from, const char *to);
/// Puts a file onto a disk, synced.
void hive_disk_load(const char *path, const void *bytes, int64_t length);
/// Deletes a file, if it is there.
void hive_disk_delete(const char *path);

/// Remembers what is there, and from now on every write, truncation, sync and deletion. Nothing may be unsynced.
void hive_disk_record(const char *folder);
/// How many were remembered so far.
uint64_t hive_disk_recorded(const char *folder);
/// Puts onto the disk of `to`, in the place of all there, what the disk of `folder` would have had if the power had
/// gone during the operation of that index: chance, from the seed, decides what of that which was not synced is there.
/// Files keep their names below the folders.
void hive_disk_replay(const char *folder, uint64_t index, uint64_t seed, const char *to);

#endif
