extension MemoryLimits {
    private static let texts: Set<String> = [
        "category", "context", "source", "status", "user", "subject", "relation", "object", "trigger",
    ]

    /// Whether a value may stand in a field of a memory, named as people see it. Throws a `HiveError` that says why not.
    public static func check(_ value: JSONValue, forField name: String) throws {
        switch name {
        case "content":
            try check(content: try text(value, name))
        case _ where texts.contains(name):
            try check(texts: [(name: name, value: try text(value, name))])
        case "confidence":
            guard let number = value.double else { throw wrongType(value, name, "a number between 0 and 1") }
            try check(confidence: number)
        case "outcome":
            if value != .null { try check(outcome: try text(value, name)) }
        case "significance":
            guard let number = value.double else { throw wrongType(value, name, "a number between 0 and 1") }
            try check(significance: number)
        case "steps":
            guard let texts = value.array?.compactMap(\.string), texts.count == value.array?.count else {
                throw wrongType(value, name, "a list of texts")
            }
            try check(steps: texts)
        case "expiresAt":
            guard value.integer != nil else { throw wrongType(value, name, "milliseconds since 1970") }
        default:
            let key = name.hasPrefix("metadata.") ? String(name.dropFirst("metadata.".count)) : name
            try check(metadata: [key: value])
        }
    }

    private static func text(_ value: JSONValue, _ name: String) throws -> String {
        guard let text = value.string else { throw wrongType(value, name, "a text") }
        return text
    }

    private static func wrongType(_ value: JSONValue, _ name: String, _ expected: String) -> HiveError {
        HiveError(.invalidInput, "`\(name)` is \(expected), not \(value.typeName)")
    }
}
