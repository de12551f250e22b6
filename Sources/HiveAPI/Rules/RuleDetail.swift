/// A rule with its text and its history, newest first.
public struct RuleDetail: JSONRecord {
    public var summary: RuleSummary
    /// The YAML document.
    public var text: String
    public var history: [RuleVersion]

    public init(summary: RuleSummary, text: String, history: [RuleVersion] = []) {
        self.summary = summary
        self.text = text
        self.history = history
    }
}

extension RuleDetail {
    public init(reading fields: inout FieldReader) throws {
        summary = try RuleSummary(reading: &fields)
        text = try fields.required("text")
        history = try fields.value("history", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        summary.write(to: &fields)
        fields.put("text", text)
        fields.put("history", history)
    }
}
