/// Collects the fields of one JSON object.
public struct FieldWriter: Sendable {
    private var members: [String: JSONValue] = [:]

    public init() {}

    public var object: JSONValue { .object(members) }

    /// Writes a field; nil becomes null.
    public mutating func put<T: JSONRepresentable>(_ name: String, _ value: T?) {
        members[name] = value?.json ?? .null
    }

    /// Writes a field unless it is nil.
    public mutating func putIfPresent<T: JSONRepresentable>(_ name: String, _ value: T?) {
        if let value { members[name] = value.json }
    }

    /// Writes a change so that `FieldReader.change` reads it back.
    public mutating func put<T: JSONRepresentable>(_ name: String, _ change: FieldUpdate<T>) {
        switch change {
        case .keep: break
        case .clear: members[name] = .null
        case .set(let value): members[name] = value.json
        }
    }
}
