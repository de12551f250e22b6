/// Some items of a list and where it goes on.
public struct Page<Item: JSONRepresentable & Hashable>: JSONRecord {
    public var items: [Item]
    /// The cursor of the next page; nil on the last one.
    public var next: String?

    public init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

extension Page {
    public init(reading fields: inout FieldReader) throws {
        items = try fields.required("items")
        next = try fields.optional("next")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("items", items)
        fields.put("next", next)
    }
}
