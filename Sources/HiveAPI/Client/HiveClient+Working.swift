extension HiveClient: WorkingMemoryService {
    public func context(_ query: ContextQuery, as caller: Caller) async throws -> ContextAnswer {
        try query.checkLimits()
        return try await get("/api/v1/context", query: query.parameters, as: caller)
    }

    public func workingSet(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer {
        try query.checkLimits()
        return try await get("/api/v1/working", query: query.parameters, as: caller)
    }

    public func attend(_ request: AttendMemory, as caller: Caller) async throws -> WorkingSetAnswer {
        try request.checkLimits()
        return try await post("/api/v1/working/attend", request.json, as: caller)
    }

    public func refresh(_ request: RefreshWorking, as caller: Caller) async throws -> WorkingSetAnswer {
        try request.checkLimits()
        return try await post("/api/v1/working/refresh", request.json, as: caller)
    }

    public func evict(_ request: EvictMemory, as caller: Caller) async throws -> WorkingSetAnswer {
        try request.checkLimits()
        return try await post("/api/v1/working/evict", request.json, as: caller)
    }

    public func clear(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer {
        try query.checkLimits()
        return try WorkingSetAnswer.lenient(
            try await send("DELETE", "/api/v1/working", query: query.parameters, as: caller))
    }
}

extension ContextQuery {
    /// As the parameters of an address; what is at its default is left out.
    var parameters: [(name: String, value: String)] {
        let optional: [(String, String?)] = [
            ("q", q), ("budget", budget.map(String.init)), ("agent", agent), ("scope", scope), ("kind", kind),
            ("category", category), ("semantic", semantic ? nil : "false"),
        ]
        return [("format", format), ("limit", String(limit))]
            + optional.compactMap { name, value in value.map { (name, $0) } } + tag.map { ("tag", $0) }
    }
}

extension WorkingQuery {
    var parameters: [(name: String, value: String)] {
        [("agent", agent), ("budget", budget.map(String.init))]
            .compactMap { name, value in value.map { (name: name, value: $0) } }
    }
}
