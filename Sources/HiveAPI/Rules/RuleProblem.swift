/// What is wrong with a rule file.
public struct RuleProblem: JSONRecord {
    public var path: String
    public var line: Int?
    public var column: Int?
    /// `error` or `warning`.
    public var severity: String
    public var code: String
    public var message: String
    public var hint: String?

    public init(
        path: String, line: Int? = nil, column: Int? = nil, severity: String = "error", code: String,
        message: String, hint: String? = nil
    ) {
        self.path = path
        self.line = line
        self.column = column
        self.severity = severity
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension RuleProblem {
    public init(reading fields: inout FieldReader) throws {
        path = try fields.required("path")
        line = try fields.optional("line")
        column = try fields.optional("column")
        severity = try fields.value("severity", default: "error")
        code = try fields.required("code")
        message = try fields.required("message")
        hint = try fields.optional("hint")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("path", path)
        fields.put("line", line)
        fields.put("column", column)
        fields.put("severity", severity)
        fields.put("code", code)
        fields.put("message", message)
        fields.put("hint", hint)
    }
}
