/// One memory near another.
public struct Neighbour: JSONRecord {
    public var id: String
    /// How many links away.
    public var distance: Int
    public var status: Status
    /// This and what follows only where the memory is present.
    public var kind: String?
    public var scope: String?
    public var category: String?
    /// The beginning of its text.
    public var excerpt: String?
    public var updatedAt: String?

    public init(
        id: String, distance: Int, status: Status, kind: String? = nil, scope: String? = nil, category: String? = nil,
        excerpt: String? = nil, updatedAt: String? = nil
    ) {
        self.id = id
        self.distance = distance
        self.status = status
        self.kind = kind
        self.scope = scope
        self.category = category
        self.excerpt = excerpt
        self.updatedAt = updatedAt
    }
}

extension Neighbour {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        distance = try fields.required("distance")
        status = try fields.required("status")
        kind = try fields.optional("kind")
        scope = try fields.optional("scope")
        category = try fields.optional("category")
        excerpt = try fields.optional("excerpt")
        updatedAt = try fields.optional("updatedAt")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("distance", distance)
        fields.put("status", status)
        fields.putIfPresent("kind", kind)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("category", category)
        fields.putIfPresent("excerpt", excerpt)
        fields.putIfPresent("updatedAt", updatedAt)
    }
}

extension Neighbour {
    /// What there is behind a link.
    public enum Status: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case present
        case expired
        case forgotten
        case erased
        /// Not on this node, or not to be read by it: which of both is not told.
        case unavailable

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}
