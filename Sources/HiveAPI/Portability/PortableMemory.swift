/// One memory as files hold it: a line of an export, or what a foreign format was turned into. Only `content` is
/// needed. What a line does not name stays as it is; what it names as null is cleared where the line's `version` shows
/// that it was set before.
public struct PortableMemory: JSONRecord {
    /// A memory of a hive keeps its id; without one the content's hash tells whether a line came before.
    public var id: String?
    public var kind: String?
    public var scope: String?
    public var category: String?
    public var content: String?
    public var context: String?
    public var tags: [String]?
    public var metadata: [String: JSONValue]?
    /// 0 to 1.
    public var confidence: Double?
    public var epistemic: Epistemic?
    public var author: Author?
    public var createdAt: String?
    public var updatedAt: String?
    public var expiresAt: String?
    public var links: [MemoryLink]?
    /// Links to memories of the same source, by what they were called there.
    public var originLinks: [MemoryLink]?
    public var origin: MemoryOrigin?
    /// What the memory's kind keeps beside all that, by field name: events, steps, weights.
    public var fields: [String: JSONValue]?
    /// Whether concurrent values stood when it was exported: the line has the one that was shown.
    public var contested: Bool?
    public var version: String?

    public init(content: String? = nil) { self.content = content }
}

extension PortableMemory {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.optional("id")
        kind = try fields.optional("kind")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        content = try fields.optional("content")
        context = try fields.optional("context")
        tags = try fields.optional("tags")
        metadata = try fields.optional("metadata")
        confidence = try fields.optional("confidence")
        epistemic = try fields.optional("epistemic")
        author = try fields.optional("author")
        createdAt = try fields.optional("createdAt")
        updatedAt = try fields.optional("updatedAt")
        expiresAt = try fields.optional("expiresAt")
        links = try fields.optional("links")
        originLinks = try fields.optional("originLinks")
        origin = try fields.optional("origin")
        self.fields = try fields.optional("fields")
        contested = try fields.optional("contested")
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("id", id)
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.putIfPresent("content", content)
        fields.putIfPresent("context", context)
        fields.putIfPresent("tags", tags)
        fields.putIfPresent("metadata", metadata)
        fields.putIfPresent("confidence", confidence)
        fields.putIfPresent("epistemic", epistemic)
        fields.putIfPresent("author", author)
        fields.putIfPresent("createdAt", createdAt)
        fields.putIfPresent("updatedAt", updatedAt)
        fields.putIfPresent("expiresAt", expiresAt)
        fields.putIfPresent("links", links)
        fields.putIfPresent("originLinks", originLinks)
        fields.putIfPresent("origin", origin)
        fields.putIfPresent("fields", self.fields)
        fields.putIfPresent("contested", contested)
        fields.putIfPresent("version", version)
    }
}

extension PortableMemory {
    /// Reads a line. A field that neither a line nor a memory has is refused: it is likely mistyped. What only a memory's
    /// JSON has is derived, and passed over.
    public static func line(_ json: JSONValue) throws -> PortableMemory {
        guard let members = json.object else { throw JSONSource(json).mismatch("an object") }
        if let unknown = members.keys.filter({ !known.contains($0) }).min() {
            throw HiveError(
                .unknownField, "unknown field `\(unknown)`",
                hint: "put what has no field of its own under `metadata`")
        }
        let line = try lenient(json)
        try line.checkLimits()
        return line
    }

    private static let known: Set<String> = {
        let names = [Self.shape, Memory.shape].compactMap { $0.schema["properties"]?.object?.keys }
        return Set(names.flatMap { Array($0) })
    }()

    /// Throws `invalid_input` or `too_large` for what no node would store.
    private func checkLimits() throws {
        guard let content else {
            throw HiveError(
                .invalidInput, "the line has no `content`",
                hint: "a memory whose content had not arrived yet is exported without it")
        }
        var request = StoreMemory(content: content)
        request.category = category
        request.context = context
        request.tags = tags ?? []
        request.metadata = metadata ?? [:]
        request.confidence = confidence
        request.source = epistemic?.source
        request.user = epistemic?.user
        request.subject = epistemic?.subject
        request.relation = epistemic?.relation
        request.object = epistemic?.object
        try request.checkLimits()
        try MemoryLimits.check(texts: [
            ("epistemic.status", epistemic?.status), ("epistemic.derivedFrom", epistemic?.derivedFrom),
            ("origin.system", origin?.system), ("origin.id", origin?.id), ("origin.author", origin?.author),
        ])
        let size = JSONValue.object(fields ?? [:]).bytes.count
        try MemoryLimits.check("fields", bytes: size, limit: MemoryLimits.content)
    }
}
