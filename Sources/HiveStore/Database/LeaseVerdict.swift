/// Whether a node may go on appending to the logs of its last life.
public enum LeaseVerdict: Sendable, Hashable {
    case goesOn
    /// Why this database cannot be trusted to hold all that was ever written under its incarnation.
    case mustReincarnate(String)

    /// Compares the lease in the database with the guard file's. The guard is written as `next`, then the database,
    /// then the guard as `confirmed`; a crash in between leaves the database one step behind the guard or beside it.
    public init(database: [UInt8]?, guardFile: GuardRecord?) {
        switch (database, guardFile) {
        case (nil, nil): self = .mustReincarnate("this database is new")
        case (nil, .some): self = .mustReincarnate("the database was wiped")
        case (.some, nil): self = .mustReincarnate("the guard file is missing")
        case (let lease?, let record?) where lease == record.confirmed || lease == record.next: self = .goesOn
        default: self = .mustReincarnate("the database is a copy or an older state of this node's")
        }
    }
}

/// What the guard file holds: the lease that is in force, and the one that is about to be.
public struct GuardRecord: Sendable, Hashable {
    public let confirmed: [UInt8]
    public let next: [UInt8]?

    public init(confirmed: [UInt8], next: [UInt8]? = nil) {
        self.confirmed = confirmed
        self.next = next
    }

    /// `confirmed` alone, or followed by `next`; 16 bytes each.
    public var bytes: [UInt8] { confirmed + (next ?? []) }

    /// Nil for bytes that are no record, which counts as no guard file.
    public init?(bytes: [UInt8]) {
        switch bytes.count {
        case 16: self.init(confirmed: bytes)
        case 32: self.init(confirmed: Array(bytes.prefix(16)), next: Array(bytes.suffix(16)))
        default: return nil
        }
    }
}
