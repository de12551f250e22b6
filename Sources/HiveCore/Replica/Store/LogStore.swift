/// The facet that holds logs: the truth that everything else is projected from.
public protocol LogStore {
    /// The rows of the logs selected, in order of their identities.
    func rows(_ selection: LogSelection) throws -> [LogRow]
    /// Writes a log's row; keeps its newest checkpoint and about one for every 1,024 operations. Of a log that evidence
    /// ended, operations and checkpoints behind the row's size are dropped.
    func save(_ row: LogRow) throws
    /// Adds operations at the log's head. Throws `misuse` where the first does not continue it.
    func append(_ operations: [Operation]) throws
    /// Operations in order of their dots.
    func operations(_ query: OperationQuery) throws -> [Operation]
    /// The kept checkpoint of the smallest size that is at least `size`; nil where none reaches it.
    func checkpoint(of log: LogID, atLeast size: UInt64) throws -> Checkpoint?
    /// Drops the bodies of all operations on a document, salts included; headers stay.
    func dropBodies(of address: DocumentAddress) throws
    /// Drops the bodies of these operations, salts included; headers stay.
    func dropBodies(of dots: some Collection<Dot>) throws
}

/// Which logs to list.
public enum LogSelection: Sendable, Hashable {
    case all
    case scope(ScopeID)
    case log(LogID)
}

/// Which operations to fetch.
public enum OperationQuery: Sendable, Hashable {
    /// Numbers `from` to `through` of a log.
    case range(LogID, from: UInt64, through: UInt64)
    /// All operations on one document.
    case document(DocumentAddress)
}

extension LogStore {
    public func row(_ log: LogID) throws -> LogRow? { try rows(.log(log)).first }

    public func operation(_ dot: Dot) throws -> Operation? {
        try operations(.range(dot.log, from: dot.number, through: dot.number)).first
    }
}
