/// The outcome of checking every log, checkpoint and projection.
public struct VerifyReport: JSONRecord {
    public var ok: Bool
    public var logs: Int
    public var operations: Int
    public var checkpoints: Int
    public var documents: Int
    /// Large values that documents here refer to and that have not arrived.
    public var missingBlobs: Int
    public var rebuilt: Bool
    public var problems: [String]
    public var durationMilliseconds: Double?

    public init(
        ok: Bool, logs: Int = 0, operations: Int = 0, checkpoints: Int = 0, documents: Int = 0,
        missingBlobs: Int = 0, rebuilt: Bool = false, problems: [String] = [], durationMilliseconds: Double? = nil
    ) {
        self.ok = ok
        self.logs = logs
        self.operations = operations
        self.checkpoints = checkpoints
        self.documents = documents
        self.missingBlobs = missingBlobs
        self.rebuilt = rebuilt
        self.problems = problems
        self.durationMilliseconds = durationMilliseconds
    }
}

extension VerifyReport {
    public init(reading fields: inout FieldReader) throws {
        ok = try fields.required("ok")
        logs = try fields.value("logs", default: 0)
        operations = try fields.value("operations", default: 0)
        checkpoints = try fields.value("checkpoints", default: 0)
        documents = try fields.value("documents", default: 0)
        missingBlobs = try fields.value("missingBlobs", default: 0)
        rebuilt = try fields.value("rebuilt", default: false)
        problems = try fields.value("problems", default: [])
        durationMilliseconds = try fields.optional("durationMilliseconds")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("ok", ok)
        fields.put("logs", logs)
        fields.put("operations", operations)
        fields.put("checkpoints", checkpoints)
        fields.put("documents", documents)
        fields.put("missingBlobs", missingBlobs)
        fields.put("rebuilt", rebuilt)
        fields.put("problems", problems)
        fields.put("durationMilliseconds", durationMilliseconds)
    }
}
