import Foundation
public import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Puts a backup into the data directory of a node that is stopped. Nothing there is touched until the whole backup was
/// read and found authentic.
public struct Restoration {
    private let file: String
    private let directory: String
    private let replaces: Bool

    /// What was put back.
    public struct Outcome: Sendable, Hashable {
        public let id: String
        public let created: Timestamp
        /// Whether a database was replaced.
        public let replaced: Bool
    }

    public init(file: String, directory: String, replaces: Bool) {
        self.file = file
        self.directory = directory
        self.replaces = replaces
    }

    /// - Parameters:
    ///   - key: the text of the key; nil for the one in the directory.
    ///   - keys: where the node keeps keys, if not in the directory.
    public func run(key text: String?, keys: String? = nil) throws -> Outcome {
        let header = try BackupHeader(of: file)
        let lock = try hold()
        defer { close(lock) }
        let key = try key(text, id: header.id, keys: keys ?? FileBackupVault.Places.keys(in: directory))
        let hadDatabase = FileManager.default.fileExists(atPath: path("hive.db"))
        try unpack(with: key)
        try putInPlace()
        return Outcome(id: header.id, created: header.created, replaced: hadDatabase)
    }

    private func path(_ name: String) -> String { "\(directory)/\(name)" }
    private static let files = ["identity.key", "hive.db"]

    /// Makes the directory where it is missing, and holds it as a node does.
    private func hold() throws -> Int32 {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let present = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0 != "lock" }
            guard present.isEmpty || replaces else {
                throw StoreError(
                    .misuse, "the data directory `\(directory)` is not empty",
                    hint: "choose another with --data, or add --replace to give up the database there")
            }
        } catch let error as StoreError { throw error } catch {
            throw StoreError(.missing, "the data directory `\(directory)` cannot be made", hint: "check the path")
        }
        let lock = open(path("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw StoreError.ofFile("open", path("lock")) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw StoreError(.busy, "a node is running in `\(directory)`", hint: "stop it, restore, and start it again")
        }
        return lock
    }

    private func key(_ text: String?, id: String, keys: String) throws -> BackupKey {
        if let text {
            guard let key = BackupKey(text: text) else {
                throw StoreError(
                    .misuse, "the key file holds no key", hint: "give the file that `hivectl backup --key FILE` wrote")
            }
            return key
        }
        guard let key = try BackupKeyring(directory: keys).entry(id)?.key else {
            throw StoreError(
                .misuse, "the key of backup \(id) is not in `\(keys)`",
                hint: "give it with --key FILE; it was destroyed if the backup is older than it was to be kept")
        }
        return key
    }

    private func unpack(with key: BackupKey) throws {
        var seen: Set<String> = []
        do {
            try BackupReader(path: file, key: key).read { name in
                guard Self.files.contains(name), seen.insert(name).inserted else { return { _ in } }
                let output = try DurableOutput(path(name) + ".restored")
                return { piece in
                    if let piece { try output.write(piece) } else { try output.finish() }
                }
            }
            guard seen == Set(Self.files) else {
                throw StoreError(.corrupt, "the backup `\(file)` lacks a file", hint: BackupReader.advice)
            }
        } catch {
            for name in Self.files { unlink(path(name) + ".restored") }
            throw error
        }
    }

    /// Without its guard and its lease the database begins a new life. Who is interrupted here begins again.
    private func putInPlace() throws {
        for name in ["hive.db-wal", "hive.db-shm", "hive.db-journal", "hive.db-commits", "guard", "run.json"] {
            guard unlink(path(name)) == 0 || errno == ENOENT else { throw StoreError.ofFile("remove", path(name)) }
        }
        for name in Self.files {
            guard rename(path(name) + ".restored", path(name)) == 0 else {
                throw StoreError.ofFile("rename", path(name))
            }
        }
        try DurableOutput.sync(directoryOf: path("hive.db"))
    }
}
