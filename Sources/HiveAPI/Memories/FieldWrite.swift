/// One field that an operation wrote.
public struct FieldWrite: JSONRecord {
    public var field: String
    /// Null where the field was cleared or its body erased.
    public var value: JSONValue

    public init(field: String, value: JSONValue = .null) {
        self.field = field
        self.value = value
    }
}

extension FieldWrite {
    public init(reading fields: inout FieldReader) throws {
        field = try fields.required("field")
        value = try fields.value("value", default: .null)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("field", field)
        fields.put("value", value)
    }
}
