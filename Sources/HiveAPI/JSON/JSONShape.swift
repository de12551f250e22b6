/// What a JSON form looks like: its JSON Schema (2020-12) and the smallest value that it accepts.
public struct JSONShape: Sendable, Hashable {
    public let schema: JSONValue
    public let sample: JSONValue

    public init(schema: JSONValue, sample: JSONValue) {
        self.schema = schema
        self.sample = sample
    }

    public static let anything = JSONShape(schema: [:], sample: .null)
    public static let string = JSONShape(schema: ["type": "string"], sample: "")
    public static let boolean = JSONShape(schema: ["type": "boolean"], sample: false)
    public static let integer = JSONShape(schema: ["type": "integer"], sample: 0)
    public static let number = JSONShape(schema: ["type": "number"], sample: 0)

    /// One of some words.
    public static func word(_ words: [String]) -> JSONShape {
        JSONShape(
            schema: ["type": "string", "enum": .array(words.map(JSONValue.string))],
            sample: words.first.map(JSONValue.string) ?? .null)
    }

    public static func array(of item: JSONShape) -> JSONShape {
        JSONShape(schema: ["type": "array", "items": item.schema], sample: [])
    }

    public static func dictionary(of value: JSONShape) -> JSONShape {
        JSONShape(schema: ["type": "object", "additionalProperties": value.schema], sample: [:])
    }

    /// The same, or null.
    public var nullable: JSONShape {
        guard let type = schema["type"], var members = schema.object else { return self }
        members["type"] = .array((type.array ?? [type]) + ["null"])
        if let words = members["enum"]?.array { members["enum"] = .array(words + [.null]) }
        return JSONShape(schema: .object(members), sample: sample)
    }
}
