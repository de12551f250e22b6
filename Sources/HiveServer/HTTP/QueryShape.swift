import HiveAPI

/// Turns the parameters of an address into an object, by the types that a shape gives them.
enum QueryShape {
    /// Throws `unknown_field` or `invalid_input` naming the parameter.
    static func object(_ parts: [(name: String, value: String)], shape: JSONShape?) throws -> JSONValue {
        let properties = shape?.schema["properties"]?.object ?? [:]
        var members: [String: JSONValue] = [:]
        for part in parts {
            guard let schema = properties[part.name] else {
                let known = properties.keys.sorted().joined(separator: ", ")
                throw HiveError(
                    .unknownField, "unknown query parameter `\(part.name)`",
                    hint: known.isEmpty ? "this address takes none" : "the known parameters are: \(known)")
            }
            if isType(schema, "array") {
                members[part.name] = .array((members[part.name]?.array ?? []) + [.string(part.value)])
                continue
            }
            guard members[part.name] == nil else {
                throw HiveError(.invalidInput, "the query parameter `\(part.name)` is given twice")
            }
            members[part.name] = try value(part, schema)
        }
        return .object(members)
    }

    private static func value(_ part: (name: String, value: String), _ schema: JSONValue) throws -> JSONValue {
        if isType(schema, "integer") {
            guard let number = Int64(part.value) else { throw mismatch(part, "a whole number") }
            return .integer(number)
        }
        if isType(schema, "number") {
            guard let number = Double(part.value), number.isFinite else { throw mismatch(part, "a number") }
            return .number(number)
        }
        if isType(schema, "boolean") {
            switch part.value {
            case "true", "1": return true
            case "false", "0": return false
            default: throw mismatch(part, "true or false")
            }
        }
        return .string(part.value)
    }

    private static func isType(_ schema: JSONValue, _ type: String) -> Bool {
        schema["type"] == .string(type) || schema["type"]?.array?.contains(.string(type)) == true
    }

    private static func mismatch(_ part: (name: String, value: String), _ expected: String) -> HiveError {
        HiveError(.invalidInput, "the query parameter `\(part.name)` must be \(expected), not `\(part.value)`")
    }
}
