/// A link to be made or taken away.
public struct LinkMemory: JSONRecord {
    /// What the source is to the target: `part_of`, `caused_by`, `see-also`, …
    public var relation: String
    /// The id of the other memory, or a unique prefix.
    public var target: String
    /// Who says this; default: the caller.
    public var agent: String?
    /// What the caller saw of the source. Without it the node takes its current version and says so.
    public var version: String?
    /// Whether a `version` that is no longer current is refused.
    public var requireCurrent: Bool

    public init(
        relation: String, target: String, agent: String? = nil, version: String? = nil, requireCurrent: Bool = false
    ) {
        self.relation = relation
        self.target = target
        self.agent = agent
        self.version = version
        self.requireCurrent = requireCurrent
    }
}

extension LinkMemory {
    public init(reading fields: inout FieldReader) throws {
        relation = try fields.required("relation")
        target = try fields.required("target")
        agent = try fields.optional("agent")
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("relation", relation)
        fields.put("target", target)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
    }
}

extension LinkMemory {
    /// How long the name of a relation may be, in bytes.
    public static let longestRelation = 64

    /// Throws `invalid_input` for a relation without a proper name.
    public func checkLimits() throws {
        let isWord = relation.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
            default: false
            }
        }
        guard isWord, (1...Self.longestRelation).contains(relation.utf8.count) else {
            throw HiveError(
                .invalidInput, "`\(relation.prefix(80))` is no name of a relation",
                hint: "use 1 to \(Self.longestRelation) letters, digits and - _ . :, as in part_of")
        }
        try MemoryLimits.check(texts: [("target", target), ("agent", agent)])
    }
}
