/// What the search index holds of a document: a projection that can be dropped and rebuilt.
public struct IndexEntry: Sendable, Hashable {
    public let address: DocumentAddress
    public let kind: DocumentKind
    public var text: String
    public var category: String?
    public var tags: [String]
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
        tags = []
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
