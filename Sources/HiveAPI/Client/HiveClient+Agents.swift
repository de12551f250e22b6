extension HiveClient: AgentService {
    public func register(_ request: RegisterAgent, as caller: Caller) async throws -> AgentRecord {
        try request.checkLimits()
        return try await post("/api/v1/agents", request.json, as: caller)
    }

    public func agents(_ query: AgentQuery, as caller: Caller) async throws -> Page<AgentRecord> {
        try await get("/api/v1/agents", query: Self.parameters(of: query), as: caller)
    }

    public func agent(_ address: String, as caller: Caller) async throws -> AgentRecord {
        try await get("/api/v1/agents" + Self.path(address), as: caller)
    }

    public func heartbeat(_ address: String, _ pulse: AgentHeartbeat, as caller: Caller) async throws -> AgentRecord {
        try pulse.checkLimits()
        return try await post("/api/v1/agents" + Self.path(address, "heartbeat"), pulse.json, as: caller)
    }

    public func change(
        _ address: String, _ change: AgentChange, _ request: ChangeAgent, as caller: Caller
    ) async throws -> AgentRecord {
        try await post("/api/v1/agents" + Self.path(address, change.rawValue), request.json, as: caller)
    }

    public func agentHistory(_ address: String, as caller: Caller) async throws -> Page<AgentHistoryEntry> {
        try await get("/api/v1/agents" + Self.path(address, "history"), as: caller)
    }

    /// The fields of a query that say something, as the parameters of an address; a list as its items.
    static func parameters(of query: some JSONRecord) -> [(name: String, value: String)] {
        (query.json.object ?? [:]).sorted { $0.key < $1.key }.flatMap { field in
            (field.value.array ?? [field.value]).map { (name: field.key, value: $0.string ?? $0.text) }
        }
    }
}
