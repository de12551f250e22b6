import HiveCore

/// Keeps the lease in the database and in a file beside it in step, so that a restored, cloned or wiped database is
/// noticed before it writes.
///
/// The file begins with its own inode number, which no copy of it has.
public struct LeaseGuard: Sendable {
    private let directory: DataDirectory
    private let store: SQLiteStore
    static let namespace = "lease"
    private static let key = Array("current".utf8)
    private static let identityLength = 8

    public init(directory: DataDirectory, store: SQLiteStore) {
        self.directory = directory
        self.store = store
    }

    private var path: String { directory.file("guard") }

    /// What the two leases say about this database. Ask before the first write, act on it, then renew.
    public func verdict() throws -> LeaseVerdict {
        if store.lacksWitness {
            return .mustReincarnate("nothing witnesses that the database holds all that its last life wrote")
        }
        let lease = try store.read { try $0.local.value(Self.key, in: Self.namespace) }
        let (record, isOriginal) = try readGuard()
        return LeaseVerdict(database: lease, guardFile: record, isOriginal: isOriginal)
    }

    /// Moves both to a new lease. The writer waits until the guard file confirms it. Throws a `StoreError`; what was
    /// reached by then is a state that goes on.
    public func renew(using random: inout some RandomNumberGenerator) throws {
        let current = try store.read { try $0.local.value(Self.key, in: Self.namespace) }
        let renewal = LeaseRenewal(from: current, to: Incarnation(using: &random).bytes)
        try write(renewal.announcement)
        try store.write(
            { try $0.local.set(renewal.lease, for: Self.key, in: Self.namespace) },
            beforeOthers: { try write(renewal.confirmation) })
        store.settleDoubt()
    }

    private func write(_ record: GuardRecord) throws {
        try DurableFile.write(to: path) { Self.bytes(of: $0) + record.bytes }
    }

    private func readGuard() throws -> (record: GuardRecord?, isOriginal: Bool) {
        let limit = Self.identityLength + 2 * GuardRecord.leaseLength + 1
        guard let (bytes, identity) = try DurableFile.read(path, limit: limit) else { return (nil, true) }
        let record = GuardRecord(bytes: Array(bytes.dropFirst(Self.identityLength)))
        return (record, Array(bytes.prefix(Self.identityLength)) == Self.bytes(of: identity))
    }

    private static func bytes(of identity: UInt64) -> [UInt8] {
        (0..<identityLength).map { UInt8(truncatingIfNeeded: identity >> UInt64(56 - 8 * $0)) }
    }
}
