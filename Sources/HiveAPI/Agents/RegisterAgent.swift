/// An agent that makes itself known, or says anew what it is.
public struct RegisterAgent: JSONRecord {
    /// Letters, digits, `.`, `_`, `-` and `@`, at most 64. The same name on another node is another agent.
    public var name: String
    /// What it is for, in a word. Rules go by roles that were granted, never by this one.
    public var role: String?
    /// What it can do.
    public var capabilities: AgentCapabilities
    public var limits: AgentLimits
    public var description: String?
    /// The language model behind it.
    public var model: String?
    /// The program that it runs in.
    public var client: String?
    /// Where it is known; default: where it is known already, or what the node is configured to.
    public var scope: String?

    public init(
        name: String, role: String? = nil, capabilities: AgentCapabilities = AgentCapabilities(),
        limits: AgentLimits = AgentLimits(), description: String? = nil, model: String? = nil, client: String? = nil,
        scope: String? = nil
    ) {
        self.name = name
        self.role = role
        self.capabilities = capabilities
        self.limits = limits
        self.description = description
        self.model = model
        self.client = client
        self.scope = scope
    }
}

extension RegisterAgent {
    public init(reading fields: inout FieldReader) throws {
        name = try fields.required("name")
        role = try fields.optional("role")
        capabilities = try fields.value("capabilities", default: AgentCapabilities())
        limits = try fields.value("limits", default: AgentLimits())
        description = try fields.optional("description")
        model = try fields.optional("model")
        client = try fields.optional("client")
        scope = try fields.optional("scope")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.putIfPresent("role", role)
        fields.put("capabilities", capabilities)
        fields.put("limits", limits)
        fields.putIfPresent("description", description)
        fields.putIfPresent("model", model)
        fields.putIfPresent("client", client)
        fields.putIfPresent("scope", scope)
    }
}
