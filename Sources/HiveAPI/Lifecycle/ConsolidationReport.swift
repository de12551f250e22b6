/// What a consolidation did, or would do.
public struct ConsolidationReport: JSONRecord {
    public var dryRun: Bool
    public var startedAt: String
    public var durationMilliseconds: Double
    /// How many episodes were old enough.
    public var considered: Int
    /// How they were compared: `meaning` or `words`.
    public var comparedBy: String
    public var summaries: [Summary]
    /// Memories that the configured condition put into the archive.
    public var archived: [String]
    /// Memories that the configured condition made core knowledge.
    public var core: [String]
    /// What did not work; the rest was done.
    public var problems: [String]

    public init(
        dryRun: Bool, startedAt: String, durationMilliseconds: Double = 0, considered: Int = 0,
        comparedBy: String = "words", summaries: [Summary] = [], archived: [String] = [], core: [String] = [],
        problems: [String] = []
    ) {
        self.dryRun = dryRun
        self.startedAt = startedAt
        self.durationMilliseconds = durationMilliseconds
        self.considered = considered
        self.comparedBy = comparedBy
        self.summaries = summaries
        self.archived = archived
        self.core = core
        self.problems = problems
    }

    /// Episodes that became one memory.
    public struct Summary: JSONRecord {
        /// The new memory; in a dry run the id that it would have.
        public var id: String
        public var scope: String
        public var category: String?
        /// The episodes, oldest first.
        public var sources: [String]
        public var text: String
        /// Who wrote it: `extractive`, or the name of a model.
        public var by: String

        public init(id: String, scope: String, category: String?, sources: [String], text: String, by: String) {
            self.id = id
            self.scope = scope
            self.category = category
            self.sources = sources
            self.text = text
            self.by = by
        }
    }
}

extension ConsolidationReport {
    public init(reading fields: inout FieldReader) throws {
        dryRun = try fields.value("dryRun", default: false)
        startedAt = try fields.required("startedAt")
        durationMilliseconds = try fields.value("durationMilliseconds", default: 0)
        considered = try fields.value("considered", default: 0)
        comparedBy = try fields.value("comparedBy", default: "words")
        summaries = try fields.value("summaries", default: [])
        archived = try fields.value("archived", default: [])
        core = try fields.value("core", default: [])
        problems = try fields.value("problems", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("dryRun", dryRun)
        fields.put("startedAt", startedAt)
        fields.put("durationMilliseconds", durationMilliseconds)
        fields.put("considered", considered)
        fields.put("comparedBy", comparedBy)
        fields.put("summaries", summaries)
        fields.put("archived", archived)
        fields.put("core", core)
        fields.put("problems", problems)
    }
}

extension ConsolidationReport.Summary {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        scope = try fields.required("scope")
        category = try fields.optional("category")
        sources = try fields.value("sources", default: [])
        text = try fields.value("text", default: "")
        by = try fields.required("by")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("scope", scope)
        fields.put("category", category)
        fields.put("sources", sources)
        fields.put("text", text)
        fields.put("by", by)
    }
}
