public import HiveCEL

/// The document that adds events, or fields to events, to the input schema.
public struct EventSchemaDocument: Sendable {
    public var name: String
    public var set = ""
    /// Types by field, by event.
    public var events: [String: [String: CELType]]
    public var location: RuleLocation
    /// The document as it was written.
    public var text: String

    /// The types that fields may have, as they are written.
    public static let types: [(text: String, type: CELType)] = [
        ("string", .string), ("int", .int), ("double", .double), ("bool", .bool), ("list(string)", .list(.string)),
        ("map(string)", .map(.string, .string)), ("map(any)", .map(.string, .dyn)), ("any", .dyn),
    ]

    static func text(of type: CELType) -> String { types.first { $0.type == type }?.text ?? type.description }
}
