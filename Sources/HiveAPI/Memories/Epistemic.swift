/// How a memory came to be known.
public struct Epistemic: JSONRecord {
    /// `observed`, `told`, `inferred`, `verified`, `retracted` or a word of the author.
    public var status: String?
    /// Where it comes from, in the author's words.
    public var source: String?
    /// The memory that this one was made from.
    public var derivedFrom: String?
    /// Of a belief: what it is about.
    public var subject: String?
    /// Of a belief: which property of the subject.
    public var relation: String?
    /// Of a belief: its value.
    public var object: String?
    /// Of a belief: whether the subject can have only one such value.
    public var singleValued: Bool?
    /// How many readers confirmed it.
    public var verifications: Int
    /// How many readers contradicted it.
    public var contradictions: Int
    /// Whom it is about or for.
    public var user: String?

    public init(
        status: String? = nil, source: String? = nil, derivedFrom: String? = nil, subject: String? = nil,
        relation: String? = nil, object: String? = nil, singleValued: Bool? = nil, verifications: Int = 0,
        contradictions: Int = 0, user: String? = nil
    ) {
        self.status = status
        self.source = source
        self.derivedFrom = derivedFrom
        self.subject = subject
        self.relation = relation
        self.object = object
        self.singleValued = singleValued
        self.verifications = verifications
        self.contradictions = contradictions
        self.user = user
    }
}

extension Epistemic {
    public init(reading fields: inout FieldReader) throws {
        status = try fields.optional("status")
        source = try fields.optional("source")
        derivedFrom = try fields.optional("derivedFrom")
        subject = try fields.optional("subject")
        relation = try fields.optional("relation")
        object = try fields.optional("object")
        singleValued = try fields.optional("singleValued")
        verifications = try fields.value("verifications", default: 0)
        contradictions = try fields.value("contradictions", default: 0)
        user = try fields.optional("user")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("status", status)
        fields.put("source", source)
        fields.put("derivedFrom", derivedFrom)
        fields.put("subject", subject)
        fields.put("relation", relation)
        fields.put("object", object)
        fields.put("singleValued", singleValued)
        fields.put("verifications", verifications)
        fields.put("contradictions", contradictions)
        fields.put("user", user)
    }
}
