/// Whether a node may go on appending to the logs of its last life.
public enum LeaseVerdict: Sendable, Hashable {
    case goesOn
    /// Why this database cannot be trusted to hold all that was ever written under its incarnation.
    case mustReincarnate(String)

    /// Compares the lease in the database with the guard file's: they are equal, or the database is at either end of a
    /// renewal that the guard file announced. `isOriginal` is false for a guard file that is a copy of the one that
    /// was written: the directory was cloned or restored, and the original may be in use elsewhere.
    public init(database: [UInt8]?, guardFile: GuardRecord?, isOriginal: Bool = true) {
        switch (database, guardFile) {
        case (nil, nil): self = .mustReincarnate("this database is new")
        case (nil, .some): self = .mustReincarnate("the database was restored from a backup, or made anew")
        case (.some, nil): self = .mustReincarnate("the guard file is missing or damaged")
        case (let lease?, let record?) where lease == record.confirmed || lease == record.next:
            self = isOriginal ? .goesOn : .mustReincarnate("the data directory is a copy")
        default: self = .mustReincarnate("the database is a copy or an older state of this node's")
        }
    }
}
