/// Where a node stands with what it does each night.
public struct LifecycleStatus: JSONRecord {
    /// Whether episodes are consolidated and conditions applied without being asked.
    public var consolidation: Bool
    /// The time of day in UTC, as `03:00`.
    public var at: String
    public var nextAt: String?
    public var lastAt: String?
    /// What the last run did, in numbers.
    public var lastSummaries: Int?
    public var lastArchived: Int?
    public var lastCore: Int?
    /// What did not work in the last run.
    public var problems: [String]
    /// Exact duplicates are folded into what is there (`fold`), or kept beside it (`keep`).
    public var duplicates: String
    /// The conditions in force.
    public var coreCondition: String?
    public var archiveCondition: String?

    public init(
        consolidation: Bool, at: String, nextAt: String? = nil, lastAt: String? = nil, lastSummaries: Int? = nil,
        lastArchived: Int? = nil, lastCore: Int? = nil, problems: [String] = [], duplicates: String = "fold",
        coreCondition: String? = nil, archiveCondition: String? = nil
    ) {
        self.consolidation = consolidation
        self.at = at
        self.nextAt = nextAt
        self.lastAt = lastAt
        self.lastSummaries = lastSummaries
        self.lastArchived = lastArchived
        self.lastCore = lastCore
        self.problems = problems
        self.duplicates = duplicates
        self.coreCondition = coreCondition
        self.archiveCondition = archiveCondition
    }
}

extension LifecycleStatus {
    public init(reading fields: inout FieldReader) throws {
        consolidation = try fields.value("consolidation", default: false)
        at = try fields.required("at")
        nextAt = try fields.optional("nextAt")
        lastAt = try fields.optional("lastAt")
        lastSummaries = try fields.optional("lastSummaries")
        lastArchived = try fields.optional("lastArchived")
        lastCore = try fields.optional("lastCore")
        problems = try fields.value("problems", default: [])
        duplicates = try fields.value("duplicates", default: "fold")
        coreCondition = try fields.optional("coreCondition")
        archiveCondition = try fields.optional("archiveCondition")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("consolidation", consolidation)
        fields.put("at", at)
        fields.put("nextAt", nextAt)
        fields.put("lastAt", lastAt)
        fields.put("lastSummaries", lastSummaries)
        fields.put("lastArchived", lastArchived)
        fields.put("lastCore", lastCore)
        fields.put("problems", problems)
        fields.put("duplicates", duplicates)
        fields.put("coreCondition", coreCondition)
        fields.put("archiveCondition", archiveCondition)
    }
}
