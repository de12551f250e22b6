/// What became of one conflict when many were to be settled.
public struct ConflictOutcome: JSONRecord {
    /// The conflict's id.
    public var id: String
    public var memory: String
    public var kind: String
    public var field: String
    /// `settled`, `would_settle` or `failed`.
    public var outcome: String
    /// The value that stands now, or would; null where it failed.
    public var value: JSONValue
    /// The code of what went wrong, and what it says.
    public var code: String?
    public var problem: String?

    public init(_ conflict: Conflict, outcome: String, value: JSONValue = .null) {
        id = conflict.id
        memory = conflict.memory
        kind = conflict.kind
        field = conflict.field
        self.outcome = outcome
        self.value = value
    }

    public init(_ conflict: Conflict, failure: HiveError) {
        self.init(conflict, outcome: Self.failed)
        code = failure.code.name
        problem = failure.message
    }

    public static let settled = "settled"
    public static let wouldSettle = "would_settle"
    public static let failed = "failed"
}

extension ConflictOutcome {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        memory = try fields.required("memory")
        kind = try fields.required("kind")
        field = try fields.required("field")
        outcome = try fields.required("outcome")
        value = try fields.value("value", default: .null)
        code = try fields.optional("code")
        problem = try fields.optional("problem")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("memory", memory)
        fields.put("kind", kind)
        fields.put("field", field)
        fields.put("outcome", outcome)
        fields.put("value", value)
        fields.putIfPresent("code", code)
        fields.putIfPresent("problem", problem)
    }
}
