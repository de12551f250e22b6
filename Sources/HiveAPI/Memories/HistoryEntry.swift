/// One operation in the life of a memory, oldest first.
public struct HistoryEntry: JSONRecord {
    /// The operation's name: log and number.
    public var dot: String
    public var time: String
    public var author: Author
    /// `created`, `updated`, `forgotten`, `restored`, `resolved`, `erased`, …
    public var operation: String
    public var changes: [FieldWrite]
    /// The version right after this operation, where only one line leads to it.
    public var version: String?

    public init(
        dot: String, time: String, author: Author, operation: String, changes: [FieldWrite] = [],
        version: String? = nil
    ) {
        self.dot = dot
        self.time = time
        self.author = author
        self.operation = operation
        self.changes = changes
        self.version = version
    }
}

extension HistoryEntry {
    public init(reading fields: inout FieldReader) throws {
        dot = try fields.required("dot")
        time = try fields.required("time")
        author = try fields.required("author")
        operation = try fields.required("operation")
        changes = try fields.value("changes", default: [])
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("dot", dot)
        fields.put("time", time)
        fields.put("author", author)
        fields.put("operation", operation)
        fields.put("changes", changes)
        fields.put("version", version)
    }
}
