/// The fields of memories. Numbers are part of signed bytes: given once, never reused.
public enum EngramField {
    public static let content: UInt64 = 8
    public static let category: UInt64 = 9
    public static let context: UInt64 = 10
    public static let tags: UInt64 = 11
    public static let confidence: UInt64 = 12
    public static let expires: UInt64 = 13
    public static let status: UInt64 = 14
    public static let source: UInt64 = 15
    public static let links: UInt64 = 16
    public static let derivedFrom: UInt64 = 17
    public static let user: UInt64 = 18
    // Beliefs.
    public static let subject: UInt64 = 20
    public static let relation: UInt64 = 21
    public static let object: UInt64 = 22
    /// Whether the relation was declared to have one value.
    public static let singleValued: UInt64 = 23
    // Episodes.
    public static let events: UInt64 = 30
    public static let outcome: UInt64 = 31
    public static let significance: UInt64 = 32
    /// When it began, where that is not when it was written, in Unix milliseconds.
    public static let started: UInt64 = 33
    /// Every end that was put to it: outcome and time.
    public static let endings: UInt64 = 34
    // Skills.
    public static let trigger: UInt64 = 40
    public static let steps: UInt64 = 41
    public static let refinements: UInt64 = 42
    public static let uses: UInt64 = 43
    public static let successes: UInt64 = 44
    /// What was said about single uses.
    public static let useNotes: UInt64 = 45
    // Working sets.
    public static let budget: UInt64 = 50
    public static let weight: UInt64 = 51
    /// That an instant memory left its agent's working set: the end that it was given then, 0 where it kept its own.
    public static let evicted: UInt64 = 52
    // Belief of readers.
    public static let verifications: UInt64 = 60
    public static let contradictions: UInt64 = 61
    /// What readers hold of the memory, each entry an `Assessment`. Takes the place of the two tallies, whose slots are
    /// one for each log and so cannot tell the agents of a node apart.
    public static let assessments: UInt64 = 62
    /// Why it was taken back, a `Retraction`.
    public static let retraction: UInt64 = 63
    // What becomes of it.
    public static let archived: UInt64 = 70
    public static let core: UInt64 = 71
    public static let pinned: UInt64 = 72
    /// The memory that this one was merged into.
    public static let supersededBy: UInt64 = 73
    /// The summary that this one was consolidated into.
    public static let summarisedBy: UInt64 = 74
    /// The memories whose words this one repeats.
    public static let copies: UInt64 = 75
    static let lastOfLife: UInt64 = 79
    // Promotion.
    /// The identities of the copies in wider scopes.
    public static let promotions: UInt64 = 80
    /// Of a copy: a hash that only holders of its source can make.
    public static let promotionMark: UInt64 = 81
    /// Of a copy: how often its source had been used, and had succeeded; read by the maximum.
    public static let inheritedUses: UInt64 = 82
    public static let inheritedSuccesses: UInt64 = 83
    // Records: infrastructure, incidents, runbooks.
    /// What the memory records, as the name of its `RecordType`.
    public static let record: UInt64 = 90
    public static let title: UInt64 = 91
    public static let summary: UInt64 = 92
    public static let machine: UInt64 = 93
    public static let component: UInt64 = 94
    public static let observation: UInt64 = 95
    public static let severity: UInt64 = 96
    public static let phase: UInt64 = 97
    public static let systems: UInt64 = 98
    public static let timeline: UInt64 = 99
    public static let detectedAt: UInt64 = 100
    public static let resolution: UInt64 = 101
    public static let lessons: UInt64 = 102
    public static let occasion: UInt64 = 103
    public static let preconditions: UInt64 = 104
    public static let procedure: UInt64 = 105
    public static let expectedOutcome: UInt64 = 106
    public static let owner: UInt64 = 107
    public static let reviewedAt: UInt64 = 108
    public static let runs: UInt64 = 109
    // Where an imported memory comes from.
    /// `[system, id]`.
    public static let origin: UInt64 = 110
    public static let originCreated: UInt64 = 111
    public static let originUpdated: UInt64 = 112
    public static let originAuthor: UInt64 = 113
    /// The hash of the line that was imported last.
    public static let originDigest: UInt64 = 114

    static let schema = KindSchema(
        [
            content: .register, category: .register, context: .register, tags: .set, confidence: .register,
            expires: .register, status: .register, source: .register, links: .set, derivedFrom: .register,
            user: .register, subject: .register, relation: .register, object: .register, singleValued: .register,
            events: .list, outcome: .register, significance: .register, trigger: .register, steps: .register,
            refinements: .list, uses: .tally, successes: .tally, budget: .register, weight: .register,
            verifications: .tally, contradictions: .tally, assessments: .list, retraction: .register,
            started: .register, endings: .list, useNotes: .list, evicted: .register,
            archived: .register, core: .register, pinned: .register, supersededBy: .register, summarisedBy: .register,
            copies: .set,
            promotions: .set, promotionMark: .register, inheritedUses: .tally, inheritedSuccesses: .tally,
            record: .register, title: .register, summary: .register, machine: .register, component: .register,
            observation: .register, severity: .register, phase: .register, systems: .set, timeline: .list,
            detectedAt: .register, resolution: .register, lessons: .register, occasion: .register,
            preconditions: .register, procedure: .register, expectedOutcome: .register, owner: .register,
            reviewedAt: .register, runs: .list,
            origin: .register, originCreated: .register, originUpdated: .register, originAuthor: .register,
            originDigest: .register,
        ], allowsPaths: true)

    /// Whether concurrent values of a field can be put together: prose and lists can, others mean something only as
    /// they are. Metadata can, where both sides are texts or lists.
    public static func canBeMerged(_ field: FieldID) -> Bool {
        guard case .number(let number) = field else { return true }
        return [
            content, context, trigger, steps, summary, resolution, lessons, occasion, preconditions, procedure,
            expectedOutcome,
        ].contains(number)
    }

    /// The path under which a metadata key is a field of its own.
    public static func metadataPath(_ key: String) -> String { "metadata." + key }

    /// The name that people see; nil for fields of a later version and for paths.
    public static func name(of field: FieldID) -> String? {
        guard case .number(let number) = field else { return nil }
        return names[number]
    }

    /// The field with a name; nil for a name that this version does not know.
    public static func number(named name: String) -> UInt64? { names.first { $0.value == name }?.key }

    private static let names: [UInt64: String] = [
        ReservedField.presence: "presence", ReservedField.erasure: "erasure", ReservedField.home: "home",
        content: "content", category: "category", context: "context", tags: "tags", confidence: "confidence",
        expires: "expiresAt", status: "status", source: "source", links: "links", derivedFrom: "derivedFrom",
        user: "user", subject: "subject", relation: "relation", object: "object", singleValued: "singleValued",
        events: "events", outcome: "outcome", significance: "significance", trigger: "trigger", steps: "steps",
        refinements: "refinements", uses: "uses", successes: "successes", budget: "budget", weight: "weight",
        verifications: "verifications", contradictions: "contradictions", assessments: "assessments",
        retraction: "retraction", evicted: "evicted",
        started: "startedAt", endings: "endings", useNotes: "useNotes",
        archived: "archived", core: "core", pinned: "pinned", supersededBy: "supersededBy",
        summarisedBy: "summarisedBy", copies: "copies",
        promotions: "promotions", promotionMark: "promotionMark", inheritedUses: "inheritedUses",
        inheritedSuccesses: "inheritedSuccesses",
        record: "record", title: "title", summary: "summary", machine: "machine", component: "component",
        observation: "observation", severity: "severity", phase: "phase", systems: "systems", timeline: "timeline",
        detectedAt: "detectedAt", resolution: "resolution", lessons: "lessons", occasion: "occasion",
        preconditions: "preconditions", procedure: "procedure", expectedOutcome: "expectedOutcome", owner: "owner",
        reviewedAt: "reviewedAt", runs: "runs",
        origin: "origin", originCreated: "originCreatedAt", originUpdated: "originUpdatedAt",
        originAuthor: "originAuthor", originDigest: "originDigest",
    ]
}
