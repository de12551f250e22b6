import Foundation
public import HiveCore
import Synchronization

/// The list of what was erased, beside the database: one line for each, scope, document and time, without any content.
/// It only grows, and no restore replaces it.
public final class ErasureFile: ErasureList {
    private let path: String
    private let known: Mutex<Set<DocumentAddress>>

    public init(path: String) throws {
        self.path = path
        known = Mutex(Set((try Self.read(path) ?? []).map(\.address)))
    }

    public func note(_ erasures: [Erasure]) throws {
        try known.withLock { known in
            let fresh = erasures.filter { !known.contains($0.address) }
            guard !fresh.isEmpty || !FileManager.default.fileExists(atPath: path) else { return }
            let text = fresh.map {
                "\($0.address.scope.digest.hex) \($0.address.document.hex) \($0.due)\n"
            }.joined()
            try append(Array(text.utf8))
            known.formUnion(fresh.map(\.address))
        }
    }

    private func append(_ bytes: [UInt8]) throws {
        if !FileManager.default.fileExists(atPath: path) {
            let made = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            guard made else { throw StoreError.ofFile("write", path) }
            try DurableOutput.sync(directoryOf: path)
        }
        do {
            guard let handle = FileHandle(forWritingAtPath: path) else { throw StoreError.ofFile("write", path) }
            defer { try? handle.close() }
            // What a full disk cut off must not swallow the line that follows it.
            let isCutOff = try handle.seekToEnd() > 0 && !Self.endsALine(path)
            try handle.write(contentsOf: Data((isCutOff ? [0x0A] : []) + bytes))
            try handle.synchronize()
        } catch let error as StoreError { throw error } catch {
            throw StoreError(.failed, "`\(path)` cannot be written: \(error.localizedDescription)")
        }
    }

    private static func endsALine(_ path: String) throws -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw StoreError.ofFile("read", path) }
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: size - 1)
        return try handle.readToEnd() == Data([0x0A])
    }

    public func all() throws -> [Erasure]? { try Self.read(path) }

    /// A line that a crash cut off was not acknowledged, and is passed over.
    private static func read(_ path: String) throws -> [Erasure]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else { throw StoreError.ofFile("read", path) }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 3, let scope = Hex.decode(parts[0]).flatMap({ Digest(bytes: $0) }),
                let document = DocumentID(hex: parts[1]), let due = Int64(parts[2])
            else { return nil }
            return Erasure(address: DocumentAddress(scope: ScopeID(scope), document: document), due: due)
        }
    }
}
