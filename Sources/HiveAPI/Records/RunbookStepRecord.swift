/// One step of a runbook.
public struct RunbookStepRecord: JSONRecord {
    /// What is done.
    public var text: String
    /// What is typed for it.
    public var command: String?
    /// What is seen if it worked.
    public var expected: String?
    /// How it is undone.
    public var rollback: String?

    public init(text: String, command: String? = nil, expected: String? = nil, rollback: String? = nil) {
        self.text = text
        self.command = command
        self.expected = expected
        self.rollback = rollback
    }
}

extension RunbookStepRecord {
    public init(reading fields: inout FieldReader) throws {
        text = try fields.required("text")
        command = try fields.optional("command")
        expected = try fields.optional("expected")
        rollback = try fields.optional("rollback")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("text", text)
        fields.put("command", command)
        fields.put("expected", expected)
        fields.put("rollback", rollback)
    }
}
