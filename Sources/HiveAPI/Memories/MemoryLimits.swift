/// How large the parts of a memory may be, in bytes of UTF-8.
public enum MemoryLimits {
    public static let content = 1 << 20
    /// All tags of one memory together.
    public static let tags = 64 << 10
    /// All metadata of one memory together, as JSON text.
    public static let metadata = 64 << 10
    public static let metadataKeys = 1024
    /// How deep arrays and objects may nest in a value.
    public static let depth = 16
    /// Each of the short texts: category, context, source, names.
    public static let text = 64 << 10
    /// Tags that one query may demand.
    public static let queryTags = 64
    /// Items on one page.
    public static let page = 1...1000

    static func check(content: String) throws {
        guard content.contains(where: { !$0.isWhitespace }) else {
            throw HiveError(.invalidInput, "the content is empty", hint: "say what is to be remembered")
        }
        try check("content", bytes: content.utf8.count, limit: self.content)
    }

    public static func check(tags: [String]) throws {
        guard !tags.contains("") else { throw HiveError(.invalidInput, "a tag is empty") }
        try check("tags", bytes: tags.reduce(0) { $0 + $1.utf8.count }, limit: self.tags)
    }

    public static func check(metadata: [String: JSONValue]) throws {
        guard !metadata.isEmpty else { return }
        guard metadata[""] == nil else { throw HiveError(.invalidInput, "a metadata key is empty") }
        guard metadata.count <= metadataKeys else {
            throw HiveError(
                .tooLarge, "`metadata` has \(metadata.count) keys, \(metadataKeys) are allowed",
                hint: "put what belongs together under one key")
        }
        for (key, value) in metadata { try check("metadata.\(key)", depthOf: value) }
        try check("metadata", bytes: JSONValue.object(metadata).bytes.count, limit: self.metadata)
    }

    static func check(_ name: String, depthOf value: JSONValue) throws {
        guard value.isDeeper(than: depth) else { return }
        throw HiveError(
            .invalidInput, "`\(name)` nests deeper than \(depth) levels", hint: "flatten it, or keep it as text")
    }

    static func check(texts: [(name: String, value: String?)]) throws {
        for text in texts { try check(text.name, bytes: text.value?.utf8.count ?? 0, limit: self.text) }
    }

    static func check(confidence: Double?, named name: String = "confidence") throws {
        guard let confidence, !(0...1).contains(confidence) else { return }
        throw HiveError(.invalidInput, "`\(name)` must lie between 0 and 1, not at \(confidence)")
    }

    static func check(expiresIn: Int?, isAlsoAbsolute: Bool) throws {
        guard let expiresIn else { return }
        guard expiresIn > 0 else {
            throw HiveError(.invalidInput, "`expiresIn` must be at least one second, not \(expiresIn)")
        }
        guard !isAlsoAbsolute else {
            throw HiveError(.invalidInput, "`expiresAt` and `expiresIn` exclude each other", hint: "give one of them")
        }
    }

    static func check(_ name: String, bytes: Int, limit: Int) throws {
        guard bytes > limit else { return }
        throw HiveError(
            .tooLarge, "`\(name)` has \(bytes) bytes, \(limit) are allowed",
            hint: "split it, or keep the bulk elsewhere and remember where")
    }
}
