extension HiveClient: ScopeService {
    public func scope(_ name: String, as caller: Caller) async throws -> ScopeSummary {
        try await get("/api/v1/scopes" + Self.path(name), as: caller)
    }

    public func createScope(_ request: CreateScope, as caller: Caller) async throws -> ScopeSummary {
        try await post("/api/v1/scopes", request.json, as: caller)
    }

    public func grant(
        _ scope: String, to node: String, _ request: GrantScope, as caller: Caller
    ) async throws -> ScopeSummary {
        let path = "/api/v1/scopes" + Self.path(scope, "members", node)
        return try ScopeSummary.lenient(try await send("PUT", path, body: request.json, as: caller))
    }

    public func revoke(_ scope: String, from node: String, as caller: Caller) async throws -> ScopeSummary {
        let path = "/api/v1/scopes" + Self.path(scope, "members", node)
        return try ScopeSummary.lenient(try await send("DELETE", path, as: caller))
    }
}
