import GRDB
import HiveCore

extension SQLiteStore {
    /// Writes a complete copy of the database to a new file while the store goes on working.
    public func backup(to path: String) throws {
        do {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            try copy.close()
        } catch { throw StoreError(error, path: path) }
    }

    /// Everything that SQLite finds wrong with the file; empty where it is sound.
    public func integrityProblems() throws -> [String] {
        do {
            let lines = try pool.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(100)") }
            return lines == ["ok"] ? [] : lines
        } catch { throw StoreError(error, path: path) }
    }
}
