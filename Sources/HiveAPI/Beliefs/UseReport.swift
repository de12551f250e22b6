/// How often a memory was of use on this node. Kept here and not replicated.
public struct UseReport: JSONRecord {
    public var id: String
    public var uses: Int
    public var firstUsedAt: String?
    public var lastUsedAt: String?

    public init(id: String, uses: Int, firstUsedAt: String? = nil, lastUsedAt: String? = nil) {
        self.id = id
        self.uses = uses
        self.firstUsedAt = firstUsedAt
        self.lastUsedAt = lastUsedAt
    }
}

extension UseReport {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        uses = try fields.required("uses")
        firstUsedAt = try fields.optional("firstUsedAt")
        lastUsedAt = try fields.optional("lastUsedAt")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("uses", uses)
        fields.put("firstUsedAt", firstUsedAt)
        fields.put("lastUsedAt", lastUsedAt)
    }
}
