/// What came of asking for a task.
public struct ClaimAnswer: JSONRecord {
    public var claim: TaskClaim
    public var task: TaskRecord

    public init(claim: TaskClaim, task: TaskRecord) {
        self.claim = claim
        self.task = task
    }
}

extension ClaimAnswer {
    public init(reading fields: inout FieldReader) throws {
        claim = try fields.required("claim")
        task = try fields.required("task")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("claim", claim)
        fields.put("task", task)
    }
}
