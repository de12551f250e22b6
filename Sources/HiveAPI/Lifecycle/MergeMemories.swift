/// Folds memories that say the same into one that stays.
public struct MergeMemories: JSONRecord {
    /// The ids of those that go; they are forgotten, and their tags, links and metadata join those of the one that stays.
    public var others: [String]
    /// Who says this; default: the caller.
    public var agent: String?

    /// More are not merged at once.
    public static let most = 100

    public init(others: [String], agent: String? = nil) {
        self.others = others
        self.agent = agent
    }

    /// Throws `invalid_input` for no others, or too many.
    public func checkLimits() throws {
        guard (1...Self.most).contains(others.count) else {
            throw HiveError(
                .invalidInput, "\(others.count) memories cannot be merged at once",
                hint: "name 1 to \(Self.most) `others`")
        }
        try MemoryLimits.check(texts: [("agent", agent)] + others.map { ("others", $0) })
    }
}

extension MergeMemories {
    public init(reading fields: inout FieldReader) throws {
        others = try fields.required("others")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("others", others)
        fields.putIfPresent("agent", agent)
    }
}
