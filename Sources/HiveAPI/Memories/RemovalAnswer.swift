/// What a removal did.
public struct RemovalAnswer: JSONRecord {
    public var id: String
    public var mode: RemoveMemory.Mode
    /// The version after the removal.
    public var version: String
    /// Whether the bytes are gone from this node.
    public var purged: Bool
    /// Of an erasure that waits: when the bytes go.
    public var purgeAfter: String?
    /// Of an erasure: when the last backup that holds a copy is destroyed, where backups are known.
    public var unreadableBy: String?
    /// How to bring it back, or what is still to happen.
    public var hint: String?

    public init(
        id: String, mode: RemoveMemory.Mode, version: String, purged: Bool = false, purgeAfter: String? = nil,
        unreadableBy: String? = nil, hint: String? = nil
    ) {
        self.id = id
        self.mode = mode
        self.version = version
        self.purged = purged
        self.purgeAfter = purgeAfter
        self.unreadableBy = unreadableBy
        self.hint = hint
    }
}

extension RemovalAnswer {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        mode = try fields.required("mode")
        version = try fields.required("version")
        purged = try fields.value("purged", default: false)
        purgeAfter = try fields.optional("purgeAfter")
        unreadableBy = try fields.optional("unreadableBy")
        hint = try fields.optional("hint")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("mode", mode)
        fields.put("version", version)
        fields.put("purged", purged)
        fields.put("purgeAfter", purgeAfter)
        fields.put("unreadableBy", unreadableBy)
        fields.put("hint", hint)
    }
}
