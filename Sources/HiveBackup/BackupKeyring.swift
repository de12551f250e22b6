import Foundation
import HiveCore

/// The keys of backups in a directory, each in a file of its own, readable by the owner only, with what is remembered of
/// its backup.
struct BackupKeyring: Sendable {
    let directory: String

    private func file(_ id: String) -> String { "\(directory)/\(id).key" }

    /// A key with its record, as a file: the key's line, then one line for each thing that is known.
    struct Entry {
        let key: BackupKey
        var record: BackupRecord
    }

    func save(_ entry: Entry) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(
                .failed, "the directory `\(directory)` for keys of backups cannot be made: \(error)",
                hint: "check its permissions")
        }
        let record = entry.record
        let text = """
            \(entry.key.text)
            created \(record.created.milliseconds)
            kept-until \(record.keptUntil.milliseconds)
            scheduled \(record.isScheduled)
            exported \(record.isExported)
            path \(record.path)

            """
        let output = try DurableOutput(file(entry.key.id))
        try output.write(Array(text.utf8))
        try output.finish()
    }

    /// Nil where there is no such key. Throws `corrupt` for a file that holds none.
    func entry(_ id: String) throws -> Entry? {
        let path = file(id)
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        guard let first = lines.first, let key = BackupKey(text: first), key.id == id else {
            throw StoreError(.corrupt, "the key file `\(path)` holds no key", hint: "put it back from a copy")
        }
        var values: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        let backup = values["path"] ?? ""
        let size = (try? FileManager.default.attributesOfItem(atPath: backup)[.size] as? Int) ?? 0
        return Entry(
            key: key,
            record: BackupRecord(
                id: id, created: Self.time(values["created"]), keptUntil: Self.time(values["kept-until"]),
                path: backup, size: size, isScheduled: values["scheduled"] == "true",
                isExported: values["exported"] == "true"))
    }

    private static func time(_ text: String?) -> Timestamp { Timestamp(milliseconds: text.flatMap(Int64.init) ?? 0) }

    /// All of them, newest first.
    func entries() throws -> [Entry] {
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
            throw StoreError(.failed, "cannot read `\(directory)`: \(error)", hint: "check its permissions")
        }
        let ids = names.filter { $0.hasSuffix(".key") }.map { String($0.dropLast(4)) }
        return try ids.compactMap(entry).sorted { ($0.record.created, $0.key.id) > ($1.record.created, $1.key.id) }
    }

    /// Overwrites the key, then removes its file.
    func destroy(_ id: String) throws {
        let path = file(id)
        guard let handle = FileHandle(forUpdatingAtPath: path) else { return }
        do {
            let size = try handle.seekToEnd()
            try handle.seek(toOffset: 0)
            try handle.write(contentsOf: Data(count: Int(size)))
            try handle.synchronize()
            try handle.close()
            try FileManager.default.removeItem(atPath: path)
        } catch { throw StoreError(.failed, "the key `\(path)` cannot be destroyed: \(error)", hint: "remove it") }
        try DurableOutput.sync(directoryOf: path)
    }
}
