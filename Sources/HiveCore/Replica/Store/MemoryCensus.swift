/// The facet that counts memories where they lie, without reading them. Whoever is not asked for a scope counts nothing
/// of it; what has expired by `now` is counted apart.
public protocol MemoryCensus {
    func totals(in scopes: [ScopeID], now: Timestamp) throws -> CensusTotals
    /// How many memories have each value of a property: the most frequent first, then by value; at most `limit` values.
    func counts(
        of property: CensusProperty, in scopes: [ScopeID], now: Timestamp, limit: Int
    ) throws -> [CensusCount]
    /// Memories that the index does not have, in order: they were forgotten or erased.
    func unindexed(in scopes: [ScopeID]) throws -> [DocumentAddress]
}

/// What memories are told apart by.
public enum CensusProperty: Sendable, Hashable {
    /// The values are the kinds' numbers.
    case kind
    /// The values are the scopes' hexadecimal digits.
    case scope
    case category
    case agent
    /// A facet by its name. A memory with several values counts for each.
    case facet(String)
}

/// How many memories have a value.
public struct CensusCount: Sendable, Hashable {
    /// Nil where they have none. Memories without a facet are not counted.
    public let value: String?
    public let count: Int

    public init(value: String?, count: Int) {
        self.value = value
        self.count = count
    }
}

/// Counts over all memories of some scopes.
public struct CensusTotals: Sendable, Hashable {
    /// Memories that a search can find.
    public var memories = 0
    /// Memories whose time has passed.
    public var expired = 0
    /// Documents with unequal siblings.
    public var contested = 0
    /// The texts that the index holds of all of them, in bytes of UTF-8.
    public var bytes: Int64 = 0
    /// When the first was made, and when the last was changed; nil where there is none.
    public var oldest: Timestamp?
    public var newest: Timestamp?

    public init() {}
}
