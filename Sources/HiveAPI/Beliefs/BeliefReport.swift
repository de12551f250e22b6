/// How far this node believes a memory, and everything that went into the number.
public struct BeliefReport: JSONRecord {
    public var id: String
    /// 0 to 1: the answer.
    public var confidence: Double
    /// What the author said, or is taken to have said.
    public var stated: Double
    /// Whether the author said nothing, and the status was asked.
    public var assumed: Bool
    public var status: String?
    /// More than this is not believed of anything with this status, or contested.
    public var ceiling: Double
    /// When the clock was started last, by the author or by who verified it.
    public var since: String
    public var ageSeconds: Int
    /// Nil where memories of its category do not age.
    public var halfLifeSeconds: Int?
    /// The share that age has left.
    public var freshness: Double
    /// The least trust in anybody that it rests on: no more is believed on their word.
    public var trust: Double
    /// Its authors, and those of what it was made from.
    public var witnesses: [BeliefWitness]
    /// Ids of what it was made from that are not to be found here.
    public var unresolved: [String]
    public var assessments: [BeliefAssessment]
    /// The share of doubt that verifications took away.
    public var support: Double
    /// The share of belief that contradictions took away.
    public var doubt: Double
    public var retraction: RetractionNote?
    public var use: UseReport

    public init(
        id: String, confidence: Double, stated: Double, assumed: Bool = false, status: String? = nil, ceiling: Double,
        since: String, ageSeconds: Int, halfLifeSeconds: Int? = nil, freshness: Double, trust: Double,
        witnesses: [BeliefWitness] = [], unresolved: [String] = [], assessments: [BeliefAssessment] = [],
        support: Double, doubt: Double, retraction: RetractionNote? = nil, use: UseReport
    ) {
        self.id = id
        self.confidence = confidence
        self.stated = stated
        self.assumed = assumed
        self.status = status
        self.ceiling = ceiling
        self.since = since
        self.ageSeconds = ageSeconds
        self.halfLifeSeconds = halfLifeSeconds
        self.freshness = freshness
        self.trust = trust
        self.witnesses = witnesses
        self.unresolved = unresolved
        self.assessments = assessments
        self.support = support
        self.doubt = doubt
        self.retraction = retraction
        self.use = use
    }
}

extension BeliefReport {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        confidence = try fields.required("confidence")
        stated = try fields.required("stated")
        assumed = try fields.value("assumed", default: false)
        status = try fields.optional("status")
        ceiling = try fields.required("ceiling")
        since = try fields.required("since")
        ageSeconds = try fields.required("ageSeconds")
        halfLifeSeconds = try fields.optional("halfLifeSeconds")
        freshness = try fields.required("freshness")
        trust = try fields.required("trust")
        witnesses = try fields.value("witnesses", default: [])
        unresolved = try fields.value("unresolved", default: [])
        assessments = try fields.value("assessments", default: [])
        support = try fields.required("support")
        doubt = try fields.required("doubt")
        retraction = try fields.optional("retraction")
        use = try fields.required("use")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("confidence", confidence)
        fields.put("stated", stated)
        fields.put("assumed", assumed)
        fields.put("status", status)
        fields.put("ceiling", ceiling)
        fields.put("since", since)
        fields.put("ageSeconds", ageSeconds)
        fields.put("halfLifeSeconds", halfLifeSeconds)
        fields.put("freshness", freshness)
        fields.put("trust", trust)
        fields.put("witnesses", witnesses)
        fields.put("unresolved", unresolved)
        fields.put("assessments", assessments)
        fields.put("support", support)
        fields.put("doubt", doubt)
        fields.put("retraction", retraction)
        fields.put("use", use)
    }
}
