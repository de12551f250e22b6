extension HiveClient: ConflictService {
    public func conflicts(as caller: Caller) async throws -> Page<Conflict> {
        try await get("/api/v1/conflicts", as: caller)
    }

    public func conflict(_ id: String, as caller: Caller) async throws -> Conflict {
        try await get("/api/v1/conflicts" + Self.path(id), as: caller)
    }

    public func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        try await post("/api/v1/conflicts" + Self.path(id, "resolve"), request.json, as: caller)
    }
}
