/// How far a store had come: which opening of it, and how many commits since.
struct CommitMark: Sendable, Hashable {
    static let epochLength = 16

    /// Random, new whenever the store is opened.
    let epoch: [UInt8]
    var count: UInt64
    /// The disk once failed to say whether it kept a commit.
    var isDoubtful = false

    /// How many commits a database lacks that were answered before it was closed. Only a mark of the same opening can
    /// tell: another database in the same place is what the lease guard judges.
    func commitsMissing(in database: CommitMark?) -> UInt64 {
        guard let database, database.epoch == epoch, database.count < count else { return 0 }
        return count - database.count
    }
}

/// The bytes of the file beside the database: epoch, doubt, count (big-endian).
extension CommitMark {
    static let countOffset = epochLength + 1
    static let length = countOffset + 8

    static func bytes(of count: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: count >> UInt64(56 - 8 * $0)) }
    }

    var bytes: [UInt8] { epoch + [isDoubtful ? 1 : 0] + Self.bytes(of: count) }

    /// Nil for bytes that are no mark, such as a file that a power cut left empty.
    init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        epoch = Array(bytes.prefix(Self.epochLength))
        isDoubtful = bytes[Self.epochLength] != 0
        count = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
