/// Which incidents. Without `q` the last changed come first.
public struct IncidentQuery: JSONRecord {
    /// Words to search for, and what they mean.
    public var q: String?
    public var status: String?
    public var severity: String?
    public var system: String?
    public var scope: String?
    /// 1 to 1000.
    public var limit: Int
    /// `next` of the page before.
    public var cursor: String?

    public init(
        q: String? = nil, status: String? = nil, severity: String? = nil, system: String? = nil, scope: String? = nil,
        limit: Int = 20, cursor: String? = nil
    ) {
        self.q = q
        self.status = status
        self.severity = severity
        self.system = system
        self.scope = scope
        self.limit = limit
        self.cursor = cursor
    }
}

extension IncidentQuery {
    public init(reading fields: inout FieldReader) throws {
        q = try fields.optional("q")
        status = try fields.optional("status")
        severity = try fields.optional("severity")
        system = try fields.optional("system")
        scope = try fields.optional("scope")
        limit = try fields.value("limit", default: 20)
        cursor = try fields.optional("cursor")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("q", q)
        fields.putIfPresent("status", status)
        fields.putIfPresent("severity", severity)
        fields.putIfPresent("system", system)
        fields.putIfPresent("scope", scope)
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }
}
