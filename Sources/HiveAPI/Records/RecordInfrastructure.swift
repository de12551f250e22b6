/// What was seen of a machine, or of a component of one. The newest observation is the thing's state.
public struct RecordInfrastructure: JSONRecord {
    /// Kept in lower case.
    public var machine: String
    /// Default: the machine as a whole.
    public var component: String?
    /// `ok`, `degraded`, `down`, `unknown`, or a word that means one of them. Default: what `values` says under
    /// `status`.
    public var status: String?
    /// `service_status`, `resource_usage`, `configuration`, `health_check` or another word.
    public var type: String?
    /// What was measured, at most 64 KiB as JSON.
    public var values: [String: JSONValue]
    public var note: String?
    /// RFC 3339; default: now. Not before what is known already.
    public var observedAt: String?
    public var tags: [String]
    public var scope: String?
    public var agent: String?

    public init(
        machine: String, component: String? = nil, status: String? = nil, type: String? = nil,
        values: [String: JSONValue] = [:], note: String? = nil, observedAt: String? = nil, tags: [String] = [],
        scope: String? = nil, agent: String? = nil
    ) {
        self.machine = machine
        self.component = component
        self.status = status
        self.type = type
        self.values = values
        self.note = note
        self.observedAt = observedAt
        self.tags = tags
        self.scope = scope
        self.agent = agent
    }
}

extension RecordInfrastructure {
    public init(reading fields: inout FieldReader) throws {
        machine = try fields.required("machine")
        component = try fields.optional("component")
        status = try fields.optional("status")
        type = try fields.optional("type")
        values = try fields.value("values", default: [:])
        note = try fields.optional("note")
        observedAt = try fields.optional("observedAt")
        tags = try fields.value("tags", default: [])
        scope = try fields.optional("scope")
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("machine", machine)
        fields.putIfPresent("component", component)
        fields.putIfPresent("status", status)
        fields.putIfPresent("type", type)
        fields.put("values", values)
        fields.putIfPresent("note", note)
        fields.putIfPresent("observedAt", observedAt)
        fields.put("tags", tags)
        fields.putIfPresent("scope", scope)
        fields.putIfPresent("agent", agent)
    }
}
