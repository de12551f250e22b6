/// What the full-text index is asked. Filters apply before ranking.
public struct SearchQuery: Sendable, Hashable {
    /// Words to look for, any of them; nil lists by time of change, newest first.
    public var text: String?
    public var scopes: [ScopeID]?
    public var kinds: [DocumentKind]?
    public var category: String?
    /// Every one of them must be there.
    public var facets: [Facet]
    /// None of them may be there.
    public var excluded: [Facet]
    /// Entries without a confidence, or with a lower one, are left out.
    public var minimumConfidence: Double?
    public var agent: String?
    /// Changed at or after, and before; of episodes those that had not ended by then, and had begun before.
    public var since: Timestamp?
    public var until: Timestamp?
    /// Entries that expire at or before this time are left out.
    public var now: Timestamp?
    public var limit: Int
    /// How many hits to pass over.
    public var offset: Int

    public init(text: String? = nil, limit: Int = 10, offset: Int = 0) {
        self.text = text
        self.limit = limit
        self.offset = offset
        facets = []
        excluded = []
    }
}
