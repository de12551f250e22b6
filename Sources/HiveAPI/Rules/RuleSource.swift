/// One rule file as pushed.
public struct RuleSource: JSONRecord {
    /// Relative to what was pushed: for messages and the name of the set.
    public var path: String
    public var text: String

    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

extension RuleSource {
    public init(reading fields: inout FieldReader) throws {
        path = try fields.required("path")
        text = try fields.required("text")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("path", path)
        fields.put("text", text)
    }
}
