import HiveStore

extension Folder {
    /// A database of its own.
    func store() throws -> SQLiteStore { try SQLiteStore(path: path + "/hive.db") }
}
