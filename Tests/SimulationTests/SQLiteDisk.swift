import CHiveFaults
import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Synchronization

/// A simulated node's disk below the real store: files in memory that fail when they are told to.
///
/// Backups, and the count of commits beside the database, are real files: they are not SQLite's.
final class SQLiteDisk: SimulatedDisk {
    private let folder: URL
    private var store: SQLiteStore?
    private var hasBackup = false

    init(_ index: Int, in parent: URL, seed: UInt64 = 0) throws {
        guard hive_faults_register() == 0 else { throw StoreError(.failed, "SQLite takes no other file system") }
        folder = parent.appendingPathComponent("node\(index)")
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        hive_disk_create(disk.path, seed &* 31 &+ UInt64(index))
        try Self.format(path)
    }

    deinit { hive_disk_remove(disk.path) }

    /// Where SQLite's files are, and what it lets the store believe to be a folder.
    var disk: URL { folder.appendingPathComponent("disk") }
    var path: String { disk.appendingPathComponent("hive.db").path }
    private var witness: String { path + "-commits" }

    static func temporaryFolder() throws -> URL {
        let shared = URL(fileURLWithPath: "/dev/shm")
        let base =
            FileManager.default.isWritableFile(atPath: shared.path) ? shared : FileManager.default.temporaryDirectory
        let folder = base.appendingPathComponent("hive-simulation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// An empty database with all its tables, made once: thousands of nodes begin with it.
    private static let template = Mutex<[UInt8]?>(nil)

    private static func format(_ path: String) throws {
        let bytes = try template.withLock { template in
            if let template { return template }
            let folder = try temporaryFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let path = folder.appendingPathComponent("hive.db").path
            try SQLiteStore(path: path).close()
            let made = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            template = made
            return made
        }
        hive_disk_load(path, bytes, Int64(bytes.count))
    }

    func open() throws -> any Store {
        let store = try SQLiteStore(path: path)
        self.store = store
        return store
    }

    func crash() throws {
        hive_disk_kill(disk.path)
        abandon()
    }

    func cutPower() throws {
        hive_disk_cut(disk.path)
        abandon()
    }

    /// Lets go of connections that reach nothing any more.
    private func abandon() { store = nil }

    func backup() throws {
        try store?.backup(to: backupFile.path)
        hasBackup = true
    }

    func restore() throws -> Bool {
        guard hasBackup else { return false }
        try erase()
        let backup = [UInt8](try Data(contentsOf: backupFile))
        hive_disk_load(path, backup, Int64(backup.count))
        return true
    }

    func wipe() throws {
        try erase()
        try Self.format(path)
    }

    private func erase() throws {
        try crash()
        for suffix in ["", "-wal", "-journal"] { hive_disk_delete(path + suffix) }
        if FileManager.default.fileExists(atPath: witness) { try FileManager.default.removeItem(atPath: witness) }
    }

    func arm(_ fault: DiskFault, after operations: Int) {
        let kind: hive_disk_fault
        switch fault {
        case .writeError: kind = HIVE_DISK_WRITE_ERROR
        case .readError: kind = HIVE_DISK_READ_ERROR
        case .syncError: kind = HIVE_DISK_SYNC_ERROR
        case .tornWrite: kind = HIVE_DISK_TORN_WRITE
        case .shortRead: kind = HIVE_DISK_SHORT_READ
        case .flippedRead: kind = HIVE_DISK_READ_FLIP
        case .flippedWrite: kind = HIVE_DISK_WRITE_FLIP
        case .misdirectedWrite: kind = HIVE_DISK_MISDIRECTED
        case .full: return hive_disk_limit(disk.path, Int64(operations) * 1024)
        case .lostSync: return hive_disk_lie(disk.path, 1)
        }
        hive_disk_arm(disk.path, kind, UInt32(operations))
    }

    func heal() { hive_disk_heal(disk.path) }

    func setCalm(_ isCalm: Bool) { hive_disk_calm(disk.path, isCalm ? 1 : 0) }

    func take(from other: any SimulatedDisk) throws -> Bool {
        guard let other = other as? SQLiteDisk, other.hasBackup else { return false }
        try FileManager.default.copyItem(at: other.backupFile, to: backupFile)
        hasBackup = true
        return try restore()
    }

    private var backupFile: URL { folder.appendingPathComponent("backup.db") }

    var isDoubtful: Bool { store?.lacksWitness ?? false }

    func close() throws { try store?.close() }
}
