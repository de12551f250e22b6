import Foundation
import GRDB
import HiveCore

extension SQLiteStore {
    /// Writes a complete, checked copy of the database to a file while the store goes on working; the file is there
    /// whole and on disk, or not at all. The copy holds no lease: whoever opens it begins a new life.
    public func backup(to path: String) throws {
        let unfinished = path + ".new"
        do {
            try Self.removeDatabase(unfinished)
            try copy(to: unfinished)
            try DurableFile.sync(unfinished)
            try DurableFile.replace(path, with: unfinished)
        } catch {
            let failure = StoreError(error, path: path)
            try Self.removeDatabase(unfinished)
            throw failure
        }
    }

    private func copy(to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try pool.backup(to: copy)
        try copy.write { database in
            try database.execute(sql: "DELETE FROM commits")
            try database.execute(sql: "DELETE FROM local WHERE namespace = ?", arguments: [LeaseGuard.namespace])
        }
        let problems = try copy.read { try String.fetchAll($0, sql: "PRAGMA quick_check(1)") }
        try copy.close()
        guard problems == ["ok"] else {
            throw StoreError(.corrupt, "the copy is damaged: \(problems.joined(separator: "; "))", hint: Self.recovery)
        }
    }

    /// Removes what an earlier attempt left.
    private static func removeDatabase(_ path: String) throws {
        for suffix in ["", "-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: path + suffix) {
            do {
                try FileManager.default.removeItem(atPath: path + suffix)
            } catch {
                throw StoreError(.failed, "cannot remove `\(path + suffix)`: \(error.localizedDescription)")
            }
        }
    }

    /// Everything that SQLite finds wrong with the file and with the full-text index; empty where both are sound.
    public func integrityProblems() throws -> [String] {
        do {
            let lines = try pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(100)") }
            guard lines == ["ok"] else { return lines }
            return try memoryIndex?.problems() ?? pool.write { try Self.indexProblems(in: $0) }
        } catch { throw StoreError(error, path: path) }
    }

    /// FTS5 checks itself by a special command, which is written like an insertion and changes nothing.
    static func indexProblems(in database: Database) throws -> [String] {
        do {
            try database.execute(sql: "INSERT INTO words (words) VALUES ('integrity-check')")
            return []
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return ["the full-text index does not fit its entries: rebuild it with verify --rebuild"]
        }
    }
}
