/// What became of the conflicts that were to be settled together.
public struct ConflictOutcomes: JSONRecord {
    public var items: [ConflictOutcome]
    /// How many fit the condition, those beyond the limit included.
    public var matched: Int
    public var settled: Int
    public var failed: Int
    public var dryRun: Bool

    public init(items: [ConflictOutcome], matched: Int, dryRun: Bool) {
        self.items = items
        self.matched = matched
        settled = items.count { $0.outcome == ConflictOutcome.settled }
        failed = items.count { $0.outcome == ConflictOutcome.failed }
        self.dryRun = dryRun
    }
}

extension ConflictOutcomes {
    public init(reading fields: inout FieldReader) throws {
        items = try fields.required("items")
        matched = try fields.required("matched")
        settled = try fields.required("settled")
        failed = try fields.required("failed")
        dryRun = try fields.required("dryRun")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("items", items)
        fields.put("matched", matched)
        fields.put("settled", settled)
        fields.put("failed", failed)
        fields.put("dryRun", dryRun)
    }
}
