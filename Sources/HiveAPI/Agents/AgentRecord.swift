/// An agent of the roster.
public struct AgentRecord: JSONRecord {
    /// Of its document; nil for one that was heard and never registered.
    public var id: String?
    public var name: String
    /// The id of the node that it acts through.
    public var node: String
    /// What that node is called.
    public var nodeName: String?
    /// `name@node`: names this agent and no other.
    public var address: String
    public var scope: String?
    /// active, idle, suspended or retired.
    public var state: String
    /// Why it is suspended or retired.
    public var reason: String?
    public var registered: Bool
    /// Whether its node may not speak for it, as far as is known here.
    public var claimed: Bool
    public var role: String?
    public var capabilities: AgentCapabilities
    public var limits: AgentLimits
    public var description: String?
    public var model: String?
    public var client: String?
    /// Its last heartbeat; nil where it is not there.
    public var pulse: AgentHeartbeat?
    public var lastSeen: String?
    public var registeredAt: String?
    public var updatedAt: String?
    public var version: String?

    public init(
        id: String? = nil, name: String, node: String, nodeName: String? = nil, address: String, scope: String? = nil,
        state: String, reason: String? = nil, registered: Bool, claimed: Bool = false, role: String? = nil,
        capabilities: AgentCapabilities = AgentCapabilities(), limits: AgentLimits = AgentLimits(),
        description: String? = nil, model: String? = nil, client: String? = nil, pulse: AgentHeartbeat? = nil,
        lastSeen: String? = nil, registeredAt: String? = nil, updatedAt: String? = nil, version: String? = nil
    ) {
        self.id = id
        self.name = name
        self.node = node
        self.nodeName = nodeName
        self.address = address
        self.scope = scope
        self.state = state
        self.reason = reason
        self.registered = registered
        self.claimed = claimed
        self.role = role
        self.capabilities = capabilities
        self.limits = limits
        self.description = description
        self.model = model
        self.client = client
        self.pulse = pulse
        self.lastSeen = lastSeen
        self.registeredAt = registeredAt
        self.updatedAt = updatedAt
        self.version = version
    }
}

extension AgentRecord {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.optional("id")
        name = try fields.required("name")
        node = try fields.required("node")
        nodeName = try fields.optional("nodeName")
        address = try fields.required("address")
        scope = try fields.optional("scope")
        state = try fields.required("state")
        reason = try fields.optional("reason")
        registered = try fields.required("registered")
        claimed = try fields.value("claimed", default: false)
        role = try fields.optional("role")
        capabilities = try fields.value("capabilities", default: AgentCapabilities())
        limits = try fields.value("limits", default: AgentLimits())
        description = try fields.optional("description")
        model = try fields.optional("model")
        client = try fields.optional("client")
        pulse = try fields.optional("pulse")
        lastSeen = try fields.optional("lastSeen")
        registeredAt = try fields.optional("registeredAt")
        updatedAt = try fields.optional("updatedAt")
        version = try fields.optional("version")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("id", id)
        fields.put("name", name)
        fields.put("node", node)
        fields.putIfPresent("nodeName", nodeName)
        fields.put("address", address)
        fields.putIfPresent("scope", scope)
        fields.put("state", state)
        fields.putIfPresent("reason", reason)
        fields.put("registered", registered)
        fields.put("claimed", claimed)
        fields.putIfPresent("role", role)
        fields.put("capabilities", capabilities)
        fields.put("limits", limits)
        fields.putIfPresent("description", description)
        fields.putIfPresent("model", model)
        fields.putIfPresent("client", client)
        fields.putIfPresent("pulse", pulse)
        fields.putIfPresent("lastSeen", lastSeen)
        fields.putIfPresent("registeredAt", registeredAt)
        fields.putIfPresent("updatedAt", updatedAt)
        fields.putIfPresent("version", version)
    }
}
