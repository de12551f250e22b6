/// How far to look around a memory.
public struct NeighbourQuery: JSONRecord {
    /// How many links away, 1 to 8.
    public var depth: Int
    /// Only links of this relation.
    public var relation: String?
    /// `out` follows links, `in` follows them backwards.
    public var direction: Direction
    /// How many memories at most, 1 to 500.
    public var limit: Int

    public init(depth: Int = 1, relation: String? = nil, direction: Direction = .both, limit: Int = 100) {
        self.depth = depth
        self.relation = relation
        self.direction = direction
        self.limit = limit
    }
}

extension NeighbourQuery {
    public init(reading fields: inout FieldReader) throws {
        depth = try fields.value("depth", default: 1)
        relation = try fields.optional("relation")
        direction = try fields.value("direction", default: .both)
        limit = try fields.value("limit", default: 100)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("depth", depth)
        fields.putIfPresent("relation", relation)
        fields.put("direction", direction)
        fields.put("limit", limit)
    }
}

extension NeighbourQuery {
    public static let depths = 1...8
    public static let limits = 1...500

    /// Which way links are followed.
    public enum Direction: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case both
        case out
        case `in`

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }

    /// Throws `invalid_input` for what would lead nowhere or too far.
    public func checkLimits() throws {
        guard Self.depths.contains(depth) else {
            throw HiveError(
                .invalidInput,
                "`depth` must lie between \(Self.depths.lowerBound) and \(Self.depths.upperBound), "
                    + "not at \(depth)", hint: "look around what you find, step by step")
        }
        guard Self.limits.contains(limit) else {
            throw HiveError(
                .invalidInput,
                "`limit` must lie between \(Self.limits.lowerBound) and \(Self.limits.upperBound), "
                    + "not at \(limit)")
        }
        if let relation { try LinkMemory(relation: relation, target: "").checkLimits() }
    }
}
