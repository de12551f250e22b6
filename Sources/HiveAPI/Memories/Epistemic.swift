/// How a memory came to be known.
public struct Epistemic: JSONRecord {
    /// `observed`, `computed`, `reported`, `inferred`, `consensus`, `hearsay`, `hypothetical`, `contested`, `retracted`,
    /// or a word of the author.
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
    /// How far this node believes it, 0 to 1: see `BeliefReport`.
    public var effectiveConfidence: Double?
    /// The least trust in anybody that it rests on, 0 to 1.
    public var trust: Double?
    /// Of what was taken back: why.
    public var retraction: RetractionNote?

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
        effectiveConfidence = try fields.optional("effectiveConfidence")
        trust = try fields.optional("trust")
        retraction = try fields.optional("retraction")
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
        fields.put("effectiveConfidence", effectiveConfidence)
        fields.put("trust", trust)
        fields.put("retraction", retraction)
    }
}
