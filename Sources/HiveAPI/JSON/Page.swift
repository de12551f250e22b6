/// Some items of a list and where it goes on.
public struct Page<Item: JSONRepresentable & Hashable>: JSONRecord {
    public var items: [Item]
    /// The cursor of the next page; nil on the last one.
    public var next: String?
    /// What is missing in this answer and why, where something is.
    public var degraded: String?

    public init(items: [Item], next: String? = nil, degraded: String? = nil) {
        self.items = items
        self.next = next
        self.degraded = degraded
    }
}

extension Page {
    public init(reading fields: inout FieldReader) throws {
        items = try fields.required("items")
        next = try fields.optional("next")
        degraded = try fields.optional("degraded")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("items", items)
        fields.put("next", next)
        fields.putIfPresent("degraded", degraded)
    }
}
