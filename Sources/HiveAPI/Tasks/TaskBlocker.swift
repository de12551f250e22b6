/// A task that another one waits for.
public struct TaskBlocker: JSONRecord {
    public var id: String
    /// Nil where it is not known here.
    public var title: String?
    /// Nil where it is not known here.
    public var status: String?

    public init(id: String, title: String? = nil, status: String? = nil) {
        self.id = id
        self.title = title
        self.status = status
    }
}

extension TaskBlocker {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        title = try fields.optional("title")
        status = try fields.optional("status")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("title", title)
        fields.put("status", status)
    }
}
