import Foundation
import HiveCore

/// Keeps the lease in the database and in a file beside it in step, so that a restored, cloned or wiped database is
/// noticed before it writes.
public struct LeaseGuard: Sendable {
    private let directory: DataDirectory
    private let store: SQLiteStore
    private static let namespace = "lease"
    private static let key = Array("current".utf8)

    public init(directory: DataDirectory, store: SQLiteStore) {
        self.directory = directory
        self.store = store
    }

    private var path: String { directory.file("guard") }

    /// What the two leases say about this database.
    public func verdict() throws -> LeaseVerdict {
        let lease = try store.read { try $0.local.value(Self.key, in: Self.namespace) }
        return LeaseVerdict(database: lease, guardFile: try readGuard())
    }

    /// Moves both to a new lease: guard next, database, guard confirmed, each on disk before the following.
    public func renew(using random: inout some RandomNumberGenerator) throws {
        let next = Incarnation(using: &random).bytes
        let current = try store.read { try $0.local.value(Self.key, in: Self.namespace) }
        try DurableFile.write(GuardRecord(confirmed: current ?? next, next: next).bytes, to: path)
        try store.write { try $0.local.set(next, for: Self.key, in: Self.namespace) }
        try DurableFile.write(GuardRecord(confirmed: next).bytes, to: path)
    }

    private func readGuard() throws -> GuardRecord? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return GuardRecord(bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    }
}
