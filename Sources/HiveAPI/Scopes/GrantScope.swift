/// What a node is to be in a scope.
public struct GrantScope: JSONRecord {
    public var role: Role

    public init(role: Role) { self.role = role }

    /// What a node may do in a scope, the stricter first.
    public enum Role: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        /// Holds and reads.
        case reader
        /// Writes to inboxes and reads nothing.
        case appender
        /// Reads and writes.
        case writer
        /// Writes its law too: rules, and who may do what.
        case steward

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }
        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}

extension GrantScope {
    public init(reading fields: inout FieldReader) throws { role = try fields.required("role") }
    public func write(to fields: inout FieldWriter) { fields.put("role", role) }
}
