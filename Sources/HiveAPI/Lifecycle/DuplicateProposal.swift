/// Two memories of one scope and kind that say nearly the same.
public struct DuplicateProposal: JSONRecord {
    /// The older one, which would stay.
    public var keep: Party
    public var other: Party
    /// From 0 to 1: the mean of the parts that are there.
    public var similarity: Double
    /// How much of their words and pairs of words they share.
    public var words: Double
    /// The cosine of what they mean, where both have a vector.
    public var meaning: Double?
    /// Whether the texts are the same but for white space, as where two nodes stored one thing while apart.
    public var exact: Bool

    public init(keep: Party, other: Party, similarity: Double, words: Double, meaning: Double?, exact: Bool) {
        self.keep = keep
        self.other = other
        self.similarity = similarity
        self.words = words
        self.meaning = meaning
        self.exact = exact
    }

    /// One of the two.
    public struct Party: JSONRecord {
        public var id: String
        public var scope: String
        public var kind: String
        /// The beginning of the text.
        public var excerpt: String
        public var createdAt: String

        public init(id: String, scope: String, kind: String, excerpt: String, createdAt: String) {
            self.id = id
            self.scope = scope
            self.kind = kind
            self.excerpt = excerpt
            self.createdAt = createdAt
        }
    }
}

extension DuplicateProposal {
    public init(reading fields: inout FieldReader) throws {
        keep = try fields.required("keep")
        other = try fields.required("other")
        similarity = try fields.required("similarity")
        words = try fields.required("words")
        meaning = try fields.optional("meaning")
        exact = try fields.value("exact", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("keep", keep)
        fields.put("other", other)
        fields.put("similarity", similarity)
        fields.put("words", words)
        fields.put("meaning", meaning)
        fields.put("exact", exact)
    }
}

extension DuplicateProposal.Party {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        scope = try fields.required("scope")
        kind = try fields.required("kind")
        excerpt = try fields.value("excerpt", default: "")
        createdAt = try fields.required("createdAt")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("scope", scope)
        fields.put("kind", kind)
        fields.put("excerpt", excerpt)
        fields.put("createdAt", createdAt)
    }
}
