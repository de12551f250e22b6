package import HiveAPI

/// The arguments of a tool as JSON Schema: closed, so that a misspelt one is noticed.
package struct ToolSchema: Sendable {
    private let properties: [(name: String, schema: JSONValue)]
    private let required: [String]
    /// The whole schema where it is more than a list of arguments.
    private let whole: JSONValue?

    package init(_ properties: KeyValuePairs<String, JSONValue>, required: [String] = []) {
        self.properties = properties.map { (name: $0.key, schema: $0.value) }
        self.required = required
        whole = nil
    }

    package init(whole: JSONValue) {
        (properties, required, self.whole) = ([], [], whole)
    }

    var names: [String] { properties.map(\.name) }

    var json: JSONValue {
        if let whole { return whole }
        var schema: [String: JSONValue] = [
            "type": "object", "additionalProperties": false,
            "properties": .object(Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.schema) })),
        ]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        return .object(schema)
    }

    package static func text(_ description: String = "") -> JSONValue { described("string", description) }
    static func whole(_ description: String) -> JSONValue { described("integer", description) }
    static func number(_ description: String) -> JSONValue { described("number", description) }
    package static func flag(_ description: String) -> JSONValue { described("boolean", description) }
    static func object(_ description: String) -> JSONValue { described("object", description) }

    static func texts(_ description: String = "") -> JSONValue {
        var schema: [String: JSONValue] = ["type": "array", "items": ["type": "string"]]
        if !description.isEmpty { schema["description"] = .string(description) }
        return .object(schema)
    }

    static let kind: JSONValue = ["type": "string", "enum": ["instant", "episodic", "semantic", "procedural"]]
    static let scope = text("instance, agent:NAME, collective:NAME or universal")

    private static func described(_ type: String, _ description: String) -> JSONValue {
        var schema: [String: JSONValue] = ["type": .string(type)]
        if !description.isEmpty { schema["description"] = .string(description) }
        return .object(schema)
    }
}
