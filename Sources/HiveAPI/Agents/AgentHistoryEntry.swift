/// One change to an agent in the roster.
public struct AgentHistoryEntry: JSONRecord {
    public var time: String
    public var author: Author
    /// What was decided, where something was.
    public var state: String?
    public var reason: String?
    /// What was written.
    public var written: [String]

    public init(
        time: String, author: Author, state: String? = nil, reason: String? = nil, written: [String] = []
    ) {
        self.time = time
        self.author = author
        self.state = state
        self.reason = reason
        self.written = written
    }
}

extension AgentHistoryEntry {
    public init(reading fields: inout FieldReader) throws {
        time = try fields.required("time")
        author = try fields.required("author")
        state = try fields.optional("state")
        reason = try fields.optional("reason")
        written = try fields.value("written", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("time", time)
        fields.put("author", author)
        fields.putIfPresent("state", state)
        fields.putIfPresent("reason", reason)
        fields.put("written", written)
    }
}
