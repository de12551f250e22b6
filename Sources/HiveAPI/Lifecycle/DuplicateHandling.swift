/// What becomes of a memory that says exactly what another one says already.
public enum DuplicateHandling: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
    /// The earlier one answers, with what is new joined to it.
    case fold
    /// Both stand.
    case keep

    public init(json source: JSONSource) throws { self = try source.word(Self.self) }

    public var json: JSONValue { .string(rawValue) }
    public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
}
