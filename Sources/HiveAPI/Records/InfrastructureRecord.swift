/// The newest state of one thing. Times are RFC 3339 in UTC.
public struct InfrastructureRecord: JSONRecord {
    /// The memory that it is.
    public var id: String
    public var machine: String
    public var component: String
    public var status: String
    public var type: String?
    public var values: [String: JSONValue]
    public var note: String?
    public var observedAt: String
    /// Since when the status is what it is.
    public var changedAt: String
    /// What it was before that.
    public var previousStatus: String?
    public var scope: String
    public var tags: [String]
    /// Who recorded it last.
    public var author: Author
    /// Whether two nodes recorded at once what does not agree.
    public var contested: Bool
    /// The observations that stand beside the one shown, newest first.
    public var concurrent: [InfrastructureObservation]
    public var version: String

    public init(
        id: String, machine: String, component: String, status: String, type: String? = nil,
        values: [String: JSONValue] = [:], note: String? = nil, observedAt: String, changedAt: String,
        previousStatus: String? = nil, scope: String, tags: [String] = [], author: Author, contested: Bool = false,
        concurrent: [InfrastructureObservation] = [], version: String
    ) {
        self.id = id
        self.machine = machine
        self.component = component
        self.status = status
        self.type = type
        self.values = values
        self.note = note
        self.observedAt = observedAt
        self.changedAt = changedAt
        self.previousStatus = previousStatus
        self.scope = scope
        self.tags = tags
        self.author = author
        self.contested = contested
        self.concurrent = concurrent
        self.version = version
    }
}

extension InfrastructureRecord {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        machine = try fields.required("machine")
        component = try fields.required("component")
        status = try fields.required("status")
        type = try fields.optional("type")
        values = try fields.value("values", default: [:])
        note = try fields.optional("note")
        observedAt = try fields.required("observedAt")
        changedAt = try fields.required("changedAt")
        previousStatus = try fields.optional("previousStatus")
        scope = try fields.required("scope")
        tags = try fields.value("tags", default: [])
        author = try fields.required("author")
        contested = try fields.value("contested", default: false)
        concurrent = try fields.value("concurrent", default: [])
        version = try fields.required("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("machine", machine)
        fields.put("component", component)
        fields.put("status", status)
        fields.put("type", type)
        fields.put("values", values)
        fields.put("note", note)
        fields.put("observedAt", observedAt)
        fields.put("changedAt", changedAt)
        fields.put("previousStatus", previousStatus)
        fields.put("scope", scope)
        fields.put("tags", tags)
        fields.put("author", author)
        fields.put("contested", contested)
        fields.put("concurrent", concurrent)
        fields.put("version", version)
    }
}
