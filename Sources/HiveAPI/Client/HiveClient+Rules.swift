extension HiveClient: RuleService {
    public func push(_ request: PushRules, as caller: Caller) async throws -> PushAnswer {
        try await post("/api/v1/rules", request.json, as: caller)
    }

    public func rules(as caller: Caller) async throws -> Page<RuleSummary> {
        try await get("/api/v1/rules", as: caller)
    }

    public func rule(_ id: String, as caller: Caller) async throws -> RuleDetail {
        try await get("/api/v1/rules" + Self.path(id), as: caller)
    }

    public func setRule(_ id: String, enabled: Bool, as caller: Caller) async throws -> RuleSummary {
        try await post("/api/v1/rules" + Self.path(id, enabled ? "enable" : "disable"), as: caller)
    }

    public func rollback(_ id: String, _ request: RollbackRule, as caller: Caller) async throws -> PushAnswer {
        try await post("/api/v1/rules" + Self.path(id, "rollback"), request.json, as: caller)
    }

    public func decide(_ input: JSONValue, explain: Bool, as caller: Caller) async throws -> JSONValue {
        let query = explain ? [(name: "explain", value: "true")] : []
        return try await send("POST", "/api/v1/decisions", query: query, body: input, as: caller)
    }
}
