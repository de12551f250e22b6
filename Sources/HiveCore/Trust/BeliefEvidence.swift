/// Everything that how far to believe a memory depends on.
public struct BeliefEvidence: Sendable, Hashable {
    /// Nil where the author gave none, or a word of their own.
    public var status: EpistemicStatus?
    /// How sure the author said to be.
    public var confidence: Double?
    /// When what the memory claims was last written.
    public var stated: Timestamp
    public var category: String?
    /// Whether concurrent writes disagree about what it claims.
    public var isContested = false
    /// Who wrote what it claims.
    public var authors: [Testimony] = []
    /// Who wrote what it was made from, however far back.
    public var lineage: [Testimony] = []
    /// In the order in which they were given.
    public var assessments: [Assessment] = []

    /// Somebody whose word a memory rests on.
    public struct Testimony: Sendable, Hashable {
        public let reporter: Reporter
        /// The memory that says so, where it is another one.
        public let memory: String?
        /// What that memory names as its source.
        public let source: String?

        public init(_ reporter: Reporter, memory: String? = nil, source: String? = nil) {
            self.reporter = reporter
            self.memory = memory
            self.source = source
        }
    }

    public init(stated: Timestamp) { self.stated = stated }
}

extension BeliefPolicy {
    /// How far a testimony is trusted: as far as who gives it, and not further than what they name as their source.
    public func trust(in testimony: BeliefEvidence.Testimony) -> Double {
        min(trust(in: testimony.reporter), testimony.source.flatMap(trust(inSource:)) ?? 1)
    }
}
