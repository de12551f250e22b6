/// What the search index holds of a document: a projection that can be dropped and rebuilt.
public struct IndexEntry: Sendable, Hashable {
    /// Raised whenever entries begin to hold something that they did not before: an index of another layout is made anew.
    public static let layout: UInt8 = 4

    public let address: DocumentAddress
    public let kind: DocumentKind
    public var text: String
    public var category: String?
    /// How sure the author was, 0 to 1.
    public var confidence: Double?
    /// What else it is filtered by, its tags among them; in no order.
    public var facets: [Facet]
    public var agent: String?
    /// When it came to be; of an episode when it began.
    public var created: Timestamp
    /// When it changed; of an episode the last that is known to have happened in it.
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

    /// Where the time begins that a search by time holds it against: episodes last, everything else happens when it changes.
    public var began: Timestamp { kind == .episodic ? created : updated }
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
