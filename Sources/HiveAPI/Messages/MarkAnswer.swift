/// How many messages count as read now that did not before.
public struct MarkAnswer: JSONRecord {
    public var marked: Int

    public init(marked: Int) {
        self.marked = marked
    }
}

extension MarkAnswer {
    public init(reading fields: inout FieldReader) throws {
        marked = try fields.required("marked")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("marked", marked)
    }
}
