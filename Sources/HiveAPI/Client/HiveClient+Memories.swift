extension HiveClient: MemoryService {
    public func store(_ request: StoreMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/memories", request.json, as: caller)
    }

    public func memory(_ id: String, as caller: Caller) async throws -> Memory {
        try await get("/api/v1/memories" + Self.path(id), as: caller)
    }

    public func search(_ query: MemoryQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try query.checkLimits()
        return try await get("/api/v1/memories", query: query.parameters, as: caller)
    }

    public func update(_ id: String, with request: UpdateMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        let answer = try await send("PATCH", "/api/v1/memories" + Self.path(id), body: request.json, as: caller)
        return try MemoryAnswer.lenient(answer)
    }

    public func remove(_ id: String, _ request: RemoveMemory, as caller: Caller) async throws -> RemovalAnswer {
        let path = "/api/v1/memories" + Self.path(id)
        switch request.mode {
        case .forget:
            let parameters: [(name: String, value: String?)] = [
                ("version", request.version), ("requireCurrent", request.requireCurrent ? "true" : nil),
                ("agent", request.agent),
            ]
            let query = parameters.compactMap { name, value in value.map { (name: name, value: $0) } }
            return try RemovalAnswer.lenient(try await send("DELETE", path, query: query, as: caller))
        case .erase:
            var body = FieldWriter()
            body.putIfPresent("version", request.version)
            body.put("requireCurrent", request.requireCurrent)
            body.putIfPresent("agent", request.agent)
            body.put("now", request.now)
            return try await post(path + "/erase", body.object, as: caller)
        }
    }

    public func history(_ id: String, as caller: Caller) async throws -> Page<HistoryEntry> {
        try await get("/api/v1/memories" + Self.path(id, "history"), as: caller)
    }
}

extension MemoryQuery {
    /// As the parameters of an address; what is at its default is left out.
    var parameters: [(name: String, value: String)] {
        let optional: [(String, String?)] = [
            ("q", q), ("cursor", cursor), ("category", category), ("kind", kind), ("scope", scope), ("agent", agent),
            ("since", since), ("until", until), ("user", user), ("context", context), ("status", status),
            ("source", source), ("subject", subject), ("relation", relation), ("object", object),
            ("outcome", outcome),
            ("confidence", confidence.map { String($0) }), ("semantic", semantic ? nil : "false"),
            ("explain", explain ? "true" : nil), ("archived", archived ? "true" : nil),
        ]
        return [("limit", String(limit))] + optional.compactMap { name, value in value.map { (name, $0) } }
            + tag.map { ("tag", $0) } + meta.map { ("meta", $0) }
    }
}
