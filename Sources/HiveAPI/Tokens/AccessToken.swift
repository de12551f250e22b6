/// What is known of a token that was given out. Never the token itself.
public struct AccessToken: JSONRecord {
    public var id: String
    /// What people call it.
    public var name: String
    /// `agent` or `operator`.
    public var role: String
    /// The one agent that its holder acts as; nil for whichever it says.
    public var agent: String?
    /// The scopes that it may read and write; nil for all.
    public var scopes: [String]?
    /// Scopes that it may read besides.
    public var readScopes: [String]
    public var createdAt: String
    public var expiresAt: String?
    public var revokedAt: String?
    /// When it was last shown, to about a minute; nil where it never was.
    public var lastUsedAt: String?
    /// Whether it counts now.
    public var active: Bool

    public init(
        id: String, name: String, role: String, agent: String? = nil, scopes: [String]? = nil,
        readScopes: [String] = [], createdAt: String, expiresAt: String? = nil, revokedAt: String? = nil,
        lastUsedAt: String? = nil, active: Bool = true
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.agent = agent
        self.scopes = scopes
        self.readScopes = readScopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
        self.active = active
    }
}

extension AccessToken {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        name = try fields.required("name")
        role = try fields.required("role")
        agent = try fields.optional("agent")
        scopes = try fields.optional("scopes")
        readScopes = try fields.value("readScopes", default: [])
        createdAt = try fields.required("createdAt")
        expiresAt = try fields.optional("expiresAt")
        revokedAt = try fields.optional("revokedAt")
        lastUsedAt = try fields.optional("lastUsedAt")
        active = try fields.value("active", default: true)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("name", name)
        fields.put("role", role)
        fields.put("agent", agent)
        fields.put("scopes", scopes)
        fields.put("readScopes", readScopes)
        fields.put("createdAt", createdAt)
        fields.put("expiresAt", expiresAt)
        fields.put("revokedAt", revokedAt)
        fields.put("lastUsedAt", lastUsedAt)
        fields.put("active", active)
    }
}
