/// The facet that holds merged documents and the operations that wait for their context. All of it is a projection
/// of the logs.
public protocol DocumentStore {
    func state(_ address: DocumentAddress) throws -> DocumentState?
    func save(_ state: DocumentState) throws
    /// Forgets that a document was ever projected.
    func remove(_ address: DocumentAddress) throws
    /// The documents selected, in order of their addresses.
    func list(_ selection: DocumentSelection) throws -> [DocumentState]
    /// Notes that an operation waits until another one is stored; nil when it waits no longer.
    func setWaiting(_ dot: Dot, for awaited: Dot?) throws
    /// The operations that wait for operations of a log up to a number, in order of their dots; all for nil.
    func waiting(for log: LogID?, through number: UInt64) throws -> [Dot]
}

/// Which documents to list.
public enum DocumentSelection: Sendable, Hashable {
    case all
    case kind(DocumentKind, scope: ScopeID?)
    /// Documents with unequal siblings.
    case contested
    /// Documents whose erasure is due at or before a time in Unix milliseconds and whose bodies may be there yet.
    case erasureDue(Int64)
    /// Documents whose identity begins with these hexadecimal digits, at most 16 of them.
    case prefix(String)
}
