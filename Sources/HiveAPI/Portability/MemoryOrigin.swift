/// Where a memory was before it came here. What it says of times and people is what the source said: the memory's own
/// stamps and author are those of whoever imported it.
public struct MemoryOrigin: JSONRecord {
    /// What kept it: `hive`, `mcp-memory-service`, `mcp-memory`, `haivemind`, `markdown`, or a word of the file's maker.
    public var system: String
    /// What it was called there.
    public var id: String
    /// RFC 3339 where the source's time could be read, else the source's own words.
    public var createdAt: String?
    public var updatedAt: String?
    public var author: String?

    public init(
        system: String, id: String, createdAt: String? = nil, updatedAt: String? = nil, author: String? = nil
    ) {
        self.system = system
        self.id = id
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.author = author
    }
}

extension MemoryOrigin {
    public init(reading fields: inout FieldReader) throws {
        system = try fields.required("system")
        id = try fields.required("id")
        createdAt = try fields.optional("createdAt")
        updatedAt = try fields.optional("updatedAt")
        author = try fields.optional("author")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("system", system)
        fields.put("id", id)
        fields.putIfPresent("createdAt", createdAt)
        fields.putIfPresent("updatedAt", updatedAt)
        fields.putIfPresent("author", author)
    }
}
