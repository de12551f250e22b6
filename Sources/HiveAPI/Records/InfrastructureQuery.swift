/// Which things. The last recorded come first.
public struct InfrastructureQuery: JSONRecord {
    public var machine: String?
    public var status: String?
    /// RFC 3339: only what was not seen since.
    public var staleSince: String?
    public var scope: String?
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        machine: String? = nil, status: String? = nil, staleSince: String? = nil, scope: String? = nil, limit: Int = 20,
        cursor: String? = nil
    ) {
        self.machine = machine
        self.status = status
        self.staleSince = staleSince
        self.scope = scope
        self.limit = limit
        self.cursor = cursor
    }
}

extension InfrastructureQuery {
    public init(reading fields: inout FieldReader) throws {
        machine = try fields.optional("machine")
        status = try fields.optional("status")
        staleSince = try fields.optional("staleSince")
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 20)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("machine", machine)
        fields.putIfPresent("status", status)
        fields.putIfPresent("staleSince", staleSince)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
