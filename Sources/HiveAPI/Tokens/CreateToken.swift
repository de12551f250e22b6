/// Asks for a token.
public struct CreateToken: JSONRecord {
    /// What people will call it: unique among the tokens that count.
    public var name: String
    /// `agent` or `operator`.
    public var role: String
    /// The one agent that its holder is to act as.
    public var agent: String?
    /// The scopes that it may read and write; nil for all, where `readScopes` is empty too.
    public var scopes: [String]?
    /// Scopes that it may read besides.
    public var readScopes: [String]
    /// In seconds; nil for no end.
    public var expiresIn: Int?

    public init(
        name: String, role: String = Caller.Role.agent.rawValue, agent: String? = nil, scopes: [String]? = nil,
        readScopes: [String] = [], expiresIn: Int? = nil
    ) {
        self.name = name
        self.role = role
        self.agent = agent
        self.scopes = scopes
        self.readScopes = readScopes
        self.expiresIn = expiresIn
    }

    /// The longest that a token may have an end at all, in seconds: ten years.
    public static let longest = 10 * 366 * 86_400
    private static let mostScopes = 100

    /// Throws `invalid_input` for a request that makes no sense, whatever tokens there are.
    public func checkLimits() throws {
        guard (1...64).contains(name.utf8.count), !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw HiveError(.invalidInput, "a token's name has 1 to 64 bytes on one line", hint: "name its holder")
        }
        guard let role = Caller.Role(rawValue: role) else {
            throw HiveError(.invalidInput, "`\(role)` is no role", hint: "use agent or operator")
        }
        guard role == .agent || (agent == nil && scopes == nil && readScopes.isEmpty) else {
            throw HiveError(
                .invalidInput, "an operator's token reaches everything",
                hint: "leave agent and scopes out, or make it an agent's token")
        }
        if let agent, !(1...256).contains(agent.utf8.count) {
            throw HiveError(.invalidInput, "an agent's name has 1 to 256 bytes")
        }
        guard (scopes ?? []).count + readScopes.count <= Self.mostScopes else {
            throw HiveError(.tooLarge, "a token names at most \(Self.mostScopes) scopes", hint: "make it one for all")
        }
        if let expiresIn, !(1...Self.longest).contains(expiresIn) {
            throw HiveError(.invalidInput, "`expiresIn` must lie between 1 s and ten years, not at \(expiresIn) s")
        }
    }

    /// What the token will allow.
    public var permit: Permit {
        let isLimited = scopes != nil || !readScopes.isEmpty
        return Permit(scopes: isLimited ? Set(scopes ?? []) : nil, readScopes: Set(readScopes), agent: agent)
    }
}

extension CreateToken {
    public init(reading fields: inout FieldReader) throws {
        name = try fields.required("name")
        role = try fields.value("role", default: Caller.Role.agent.rawValue)
        agent = try fields.optional("agent")
        scopes = try fields.optional("scopes")
        readScopes = try fields.value("readScopes", default: [])
        expiresIn = try fields.optional("expiresIn")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("role", role)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("scopes", scopes)
        fields.put("readScopes", readScopes)
        fields.putIfPresent("expiresIn", expiresIn)
    }
}
