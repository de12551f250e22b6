/// What left a working set.
public struct WorkingDeparture: JSONRecord {
    public var id: String
    /// `faded`, `crowded`, `gone`, or `asked` where a caller took it out.
    public var why: String

    public init(id: String, why: String) {
        self.id = id
        self.why = why
    }
}

extension WorkingDeparture {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        why = try fields.required("why")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("why", why)
    }
}
