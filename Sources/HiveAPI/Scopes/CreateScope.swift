/// A scope to be founded.
public struct CreateScope: JSONRecord {
    /// `collective:NAME` or `agent:NAME`.
    public var name: String

    public init(name: String) { self.name = name }
}

extension CreateScope {
    public init(reading fields: inout FieldReader) throws { name = try fields.required("name") }
    public func write(to fields: inout FieldWriter) { fields.put("name", name) }
}
