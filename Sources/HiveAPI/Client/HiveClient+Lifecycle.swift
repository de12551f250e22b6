extension HiveClient: LifecycleService {
    public func mark(_ id: String, _ request: MarkMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/memories" + Self.path(id, "lifecycle"), request.json, as: caller)
    }

    public func duplicates(_ query: DuplicateQuery, as caller: Caller) async throws -> Page<DuplicateProposal> {
        try query.checkLimits()
        let optional = [("scope", query.scope), ("kind", query.kind), ("category", query.category)]
        let parameters =
            [("threshold", String(query.threshold)), ("limit", String(query.limit)), ("newest", String(query.newest))]
            + optional.compactMap { name, value in value.map { (name, $0) } }
        return try await get(
            "/api/v1/duplicates", query: parameters.map { (name: $0.0, value: $0.1) }, as: caller)
    }

    public func merge(_ keep: String, _ request: MergeMemories, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/memories" + Self.path(keep, "merge"), request.json, as: caller)
    }

    public func consolidate(_ request: Consolidate, as caller: Caller) async throws -> ConsolidationReport {
        try await post("/api/v1/consolidation", request.json, as: caller)
    }

    public func lifecycle(as caller: Caller) async throws -> LifecycleStatus {
        try await get("/api/v1/lifecycle", as: caller)
    }
}
