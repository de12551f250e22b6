/// A JSON object with named fields. `Codable` goes through the same form.
public protocol JSONRecord: JSONRepresentable, Codable, Hashable {
    /// Takes this record's fields; whoever calls checks what is left over.
    init(reading fields: inout FieldReader) throws
    func write(to fields: inout FieldWriter)
}

extension JSONRecord {
    public init(json source: JSONSource) throws {
        var fields = try FieldReader(source)
        try self.init(reading: &fields)
        try fields.finish()
    }

    public var json: JSONValue {
        var fields = FieldWriter()
        write(to: &fields)
        return fields.object
    }

    /// Made by watching what `init(reading:)` asks for.
    public static var shape: JSONShape {
        let recorder = ShapeRecorder()
        var fields = FieldReader(recording: recorder)
        // Only the questions matter here. Samples are accepted by their own types, so nothing is thrown.
        _ = try? Self(reading: &fields)
        return recorder.shape
    }

    public init(from decoder: any Decoder) throws {
        try self.init(json: JSONSource(JSONValue(from: decoder)))
    }

    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
