import Foundation
public import HiveCore

/// Backups as encrypted files, and their keys beside the node's identity.
public struct FileBackupVault: BackupVault {
    private let places: Places
    private let keyring: BackupKeyring
    private let copy: @Sendable (String) throws -> Void

    /// Where things are.
    public struct Places: Sendable {
        /// The node's data directory.
        public var data: String
        /// Where backups go whose order names no path.
        public var backups: String
        /// Where the keys are.
        public var keys: String

        public init(data: String, backups: String? = nil, keys: String? = nil) {
            self.data = data
            self.backups = backups ?? data + "/backups"
            self.keys = keys ?? Self.keys(in: data)
        }

        /// Where a node keeps keys unless it is told otherwise.
        public static func keys(in data: String) -> String { data + "/backup-keys" }

        var copy: String { data + "/backup-copy.db" }
    }

    /// The ending of files that are named here.
    static let suffix = ".hivebackup"

    /// Removes what a process that was killed left unfinished.
    ///
    /// - Parameter copy: writes a consistent copy of the database to a path.
    public init(_ places: Places, copy: @escaping @Sendable (String) throws -> Void) throws {
        self.places = places
        self.copy = copy
        keyring = BackupKeyring(directory: places.keys)
        try removeCopy()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: places.backups)) ?? []
        for name in names where name.hasSuffix(Self.suffix + DurableOutput.suffix) {
            try Self.remove("\(places.backups)/\(name)")
        }
    }

    public func make(_ order: BackupOrder) throws -> BackupRecord {
        var random = SystemRandomNumberGenerator()
        let key = BackupKey.random(using: &random)
        let path = try place(for: order, id: key.id)
        try removeCopy()
        defer { try? removeCopy() }
        try copy(places.copy)
        let record = BackupRecord(
            id: key.id, created: order.now, keptUntil: order.keptUntil, path: path, size: 0,
            isScheduled: order.isScheduled, isExported: false)
        // The key first: a backup without its key is none, a key without its backup does no harm.
        try keyring.save(BackupKeyring.Entry(key: key, record: record))
        do {
            let writer = try BackupWriter(path: path, key: key, created: order.now)
            try writer.add("identity.key", from: places.data + "/identity.key")
            try writer.add("hive.db", from: places.copy)
            _ = try writer.finish()
            try check(path, key: key)
        } catch {
            try keyring.destroy(key.id)
            throw error
        }
        return try keyring.entry(key.id)?.record ?? record
    }

    /// Reads what was written as a restore would.
    private func check(_ path: String, key: BackupKey) throws {
        try BackupReader(path: path, key: key).read { _ in { _ in } }
    }

    private func place(for order: BackupOrder, id: String) throws -> String {
        guard let path = order.path else {
            do {
                try FileManager.default.createDirectory(
                    atPath: places.backups, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw StoreError(.failed, "the directory `\(places.backups)` cannot be made", hint: "check the path")
            }
            let time = order.now.rfc3339.filter { $0.isNumber || $0 == "T" }.prefix(15)
            return "\(places.backups)/hive-\(time)-\(id.prefix(8))\(Self.suffix)"
        }
        guard path.hasPrefix("/") else {
            throw StoreError(.misuse, "`\(path)` is no whole path", hint: "write it from the root on")
        }
        if FileManager.default.fileExists(atPath: path) {
            // An older backup may be replaced, anything else is not ours.
            do { _ = try BackupHeader(of: path) } catch {
                throw StoreError(.misuse, "`\(path)` exists and is no backup", hint: "choose another name")
            }
        }
        return path
    }

    public func records() throws -> [BackupRecord] { try keyring.entries().map(\.record) }

    public func exportKey(of id: String) throws -> String {
        guard var entry = try keyring.entry(id) else {
            throw StoreError(.missing, "the key of backup \(id) is gone", hint: "see `hivectl backup list`")
        }
        if !entry.record.isExported {
            entry.record.isExported = true
            try keyring.save(entry)
        }
        return entry.key.text
    }

    public func destroy(_ id: String) throws {
        let record = try keyring.entry(id)?.record
        try keyring.destroy(id)
        if let record, record.isScheduled { try Self.remove(record.path) }
    }

    public func read(_ id: String, at offset: Int, count: Int) throws -> [UInt8] {
        guard let record = try keyring.entry(id)?.record else {
            throw StoreError(.missing, "the key of backup \(id) is gone", hint: "see `hivectl backup list`")
        }
        let input = try FileInput(record.path)
        guard try BackupHeader.read(from: input).header.id == id else {
            throw StoreError(.missing, "`\(record.path)` is another backup than \(id) by now")
        }
        try input.seek(to: offset)
        return try input.read(count)
    }

    private func removeCopy() throws {
        for suffix in ["", ".new", ".new-wal", ".new-shm", ".new-journal"] { try Self.remove(places.copy + suffix) }
    }

    private static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw StoreError(.failed, "cannot remove `\(path)`: \(error.localizedDescription)", hint: "remove it")
        }
    }
}
