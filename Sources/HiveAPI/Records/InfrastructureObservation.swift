/// One observation of a thing.
public struct InfrastructureObservation: JSONRecord {
    public var status: String
    public var type: String?
    public var values: [String: JSONValue]
    public var note: String?
    public var observedAt: String
    public var author: Author

    public init(
        status: String, type: String? = nil, values: [String: JSONValue] = [:], note: String? = nil, observedAt: String,
        author: Author
    ) {
        self.status = status
        self.type = type
        self.values = values
        self.note = note
        self.observedAt = observedAt
        self.author = author
    }
}

extension InfrastructureObservation {
    public init(reading fields: inout FieldReader) throws {
        status = try fields.required("status")
        type = try fields.optional("type")
        values = try fields.value("values", default: [:])
        note = try fields.optional("note")
        observedAt = try fields.required("observedAt")
        author = try fields.required("author")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("status", status)
        fields.put("type", type)
        fields.put("values", values)
        fields.put("note", note)
        fields.put("observedAt", observedAt)
        fields.put("author", author)
    }
}
