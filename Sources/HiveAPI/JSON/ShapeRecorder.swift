import Synchronization

/// Writes down which fields a record asks for: the schema is what the reading code does, so the two cannot drift apart.
final class ShapeRecorder: Sendable {
    private struct Fields {
        var properties: [String: JSONValue] = [:]
        var required: [String: JSONValue] = [:]
    }

    private let fields = Mutex(Fields())

    func record(_ name: String, _ shape: JSONShape, isRequired: Bool) {
        fields.withLock { fields in
            fields.properties[name] = shape.schema
            if isRequired { fields.required[name] = shape.sample }
        }
    }

    var shape: JSONShape {
        fields.withLock { fields in
            var schema: [String: JSONValue] = ["type": "object", "properties": .object(fields.properties)]
            if !fields.required.isEmpty {
                schema["required"] = .array(fields.required.keys.sorted().map(JSONValue.string))
            }
            return JSONShape(schema: .object(schema), sample: .object(fields.required))
        }
    }
}
