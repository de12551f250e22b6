extension HiveClient: ConflictService {
    public func conflicts(_ query: ConflictQuery, as caller: Caller) async throws -> Page<Conflict> {
        try query.checkLimits()
        let parameters = [
            ("kind", query.kind), ("scope", query.scope), ("category", query.category), ("since", query.since),
            ("escalated", query.escalated.map { $0 ? "true" : "false" }), ("limit", query.limit.map { String($0) }),
            ("cursor", query.cursor),
        ]
        return try await get(
            "/api/v1/conflicts", query: parameters.compactMap { name, value in value.map { (name: name, value: $0) } },
            as: caller)
    }

    public func resolve(_ request: ResolveConflicts, as caller: Caller) async throws -> ConflictOutcomes {
        try request.checkLimits()
        return try await post("/api/v1/conflicts/resolve", request.json, as: caller)
    }

    public func conflict(_ id: String, as caller: Caller) async throws -> Conflict {
        try await get("/api/v1/conflicts" + Self.path(id), as: caller)
    }

    public func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        try await post("/api/v1/conflicts" + Self.path(id, "resolve"), request.json, as: caller)
    }
}
