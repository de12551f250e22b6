import Foundation
import HiveCore
import HiveStore
import HiveTesting

/// A simulated node's disk on the real store: files in a folder, in memory where the machine offers that.
final class SQLiteDisk: SimulatedDisk {
    private let folder: URL
    private var store: SQLiteStore?
    private var generation = 0
    private var hasBackup = false

    init(_ index: Int, in folder: URL) throws {
        self.folder = folder.appendingPathComponent("node\(index)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    static func temporaryFolder() throws -> URL {
        let shared = URL(fileURLWithPath: "/dev/shm")
        let base =
            FileManager.default.isWritableFile(atPath: shared.path) ? shared : FileManager.default.temporaryDirectory
        let folder = base.appendingPathComponent("hive-simulation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func file(_ generation: Int) -> String { folder.appendingPathComponent("hive-\(generation).db").path }

    func open() throws -> any Store {
        let store = try SQLiteStore(path: file(generation))
        self.store = store
        return store
    }

    /// Copies the files as they lie there, as a killed process would leave them, and goes on with the copies.
    func crash() throws {
        let next = generation + 1
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: file(generation) + suffix) {
            try FileManager.default.copyItem(atPath: file(generation) + suffix, toPath: file(next) + suffix)
        }
        try store?.close()
        generation = next
    }

    func backup() throws {
        let path = folder.appendingPathComponent("backup.db").path
        if hasBackup { try FileManager.default.removeItem(atPath: path) }
        try store?.backup(to: path)
        hasBackup = true
    }

    func restore() throws -> Bool {
        guard hasBackup else { return false }
        try store?.close()
        generation += 1
        try FileManager.default.copyItem(
            atPath: folder.appendingPathComponent("backup.db").path, toPath: file(generation))
        return true
    }

    func close() throws { try store?.close() }
}
