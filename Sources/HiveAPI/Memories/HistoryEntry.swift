/// One operation in the life of a memory, oldest first.
public struct HistoryEntry: JSONRecord {
    /// The operation's name: log and number.
    public var dot: String
    public var time: String
    public var author: Author
    /// `created`, `updated`, `forgotten`, `restored`, `verified`, `contradicted`, `retracted`, `erased`, …
    public var operation: String
    public var changes: [FieldWrite]
    /// The values that its author saw in these fields and replaced.
    public var replaced: [FieldWrite]
    /// What its author saw of the memory right after it.
    public var version: String?

    public init(
        dot: String, time: String, author: Author, operation: String, changes: [FieldWrite] = [],
        replaced: [FieldWrite] = [], version: String? = nil
    ) {
        self.dot = dot
        self.time = time
        self.author = author
        self.operation = operation
        self.changes = changes
        self.replaced = replaced
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
        replaced = try fields.value("replaced", default: [])
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("dot", dot)
        fields.put("time", time)
        fields.put("author", author)
        fields.put("operation", operation)
        fields.put("changes", changes)
        fields.put("replaced", replaced)
        fields.put("version", version)
    }
}
