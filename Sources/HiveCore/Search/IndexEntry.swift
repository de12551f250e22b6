/// What the search index holds of a document: a projection that can be dropped and rebuilt.
public struct IndexEntry: Sendable, Hashable {
    /// Raised whenever entries begin to hold something that they did not before: an index of another layout is made anew.
    public static let layout: UInt8 = 3

    public let address: DocumentAddress
    public let kind: DocumentKind
    public var text: String
    public var category: String?
    /// How sure the author was, 0 to 1.
    public var confidence: Double?
    /// What else it is filtered by, its tags among them; in no order.
    public var facets: [Facet]
    public var agent: String?
    public var created: Timestamp
    public var updated: Timestamp
    public var expires: Timestamp?

    public init(address: DocumentAddress, kind: DocumentKind, text: String, created: Timestamp, updated: Timestamp) {
        self.address = address
        self.kind = kind
        self.text = text
        self.created = created
        self.updated = updated
        facets = []
    }
}

/// One answer of the index.
public struct SearchHit: Sendable, Hashable {
    public let address: DocumentAddress
    /// BM25, higher is better; 0 where no words were asked for.
    public let score: Double

    public init(address: DocumentAddress, score: Double) {
        self.address = address
        self.score = score
    }
}
