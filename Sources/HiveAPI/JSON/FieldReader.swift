/// Takes the fields of one JSON object by name and knows which were never asked for.
public struct FieldReader: Sendable {
    private let members: [String: JSONValue]
    private let path: String
    private let isStrict: Bool
    private var known: Set<String> = []
    private var recorder: ShapeRecorder?

    /// Throws `invalid_input` unless the value is an object.
    public init(_ source: JSONSource) throws {
        guard let members = source.value.object else { throw source.mismatch("an object") }
        self.members = members
        path = source.path
        isStrict = source.isStrict
    }

    /// Answers every question with the smallest value and writes the questions down.
    init(recording recorder: ShapeRecorder) {
        members = [:]
        path = ""
        isStrict = false
        self.recorder = recorder
    }

    /// A field that must be there and not null.
    public mutating func required<T: JSONRepresentable>(_ name: String) throws -> T {
        if let recorder {
            recorder.record(name, T.shape, isRequired: true)
            return try T(json: JSONSource(T.shape.sample))
        }
        guard let value: T = try optional(name) else {
            throw HiveError(.invalidInput, "the field `\(fullPath(name))` is missing", hint: "give it a value")
        }
        return value
    }

    /// Nil where the field is missing or null.
    public mutating func optional<T: JSONRepresentable>(_ name: String) throws -> T? {
        known.insert(name)
        recorder?.record(name, T.shape.nullable, isRequired: false)
        guard let value = members[name], value != .null else { return nil }
        return try T(json: JSONSource(value, path: fullPath(name), isStrict: isStrict))
    }

    /// `fallback` where the field is missing or null.
    public mutating func value<T: JSONRepresentable>(_ name: String, default fallback: T) throws -> T {
        try optional(name) ?? fallback
    }

    /// Keeps apart a field that is missing (leave it), null (clear it) and there (set it).
    public mutating func change<T: JSONRepresentable>(_ name: String) throws -> FieldUpdate<T> {
        guard members[name] == .null else { return try optional(name).map(FieldUpdate.set) ?? .keep }
        known.insert(name)
        return .clear
    }

    /// In strict reading, throws `unknown_field` naming what nobody asked for, and what could be asked for.
    public func finish() throws {
        guard isStrict else { return }
        let unknown = members.keys.filter { !known.contains($0) }.sorted()
        guard let first = unknown.first else { return }
        throw HiveError(
            .unknownField, "unknown field `\(fullPath(first))`",
            hint: "the known fields are: \(known.sorted().joined(separator: ", "))")
    }

    private func fullPath(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
