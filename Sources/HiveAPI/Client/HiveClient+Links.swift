extension HiveClient: LinkService {
    public func link(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/memories" + Self.path(id, "links"), request.json, as: caller)
    }

    public func unlink(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        let query = request.parameters
        let path = "/api/v1/memories" + Self.path(id, "links")
        return try MemoryAnswer.lenient(try await send("DELETE", path, query: query, as: caller))
    }

    public func neighbours(_ id: String, _ query: NeighbourQuery, as caller: Caller) async throws -> Neighbourhood {
        try query.checkLimits()
        var parameters = [("depth", String(query.depth)), ("limit", String(query.limit))]
        parameters.append(("direction", query.direction.rawValue))
        if let relation = query.relation { parameters.append(("relation", relation)) }
        let named = parameters.map { (name: $0, value: $1) }
        return try await get("/api/v1/memories" + Self.path(id, "neighbours"), query: named, as: caller)
    }
}

extension LinkMemory {
    /// As the parameters of an address.
    var parameters: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("relation", relation), ("target", target), ("agent", agent), ("version", version),
            ("requireCurrent", requireCurrent ? "true" : nil),
        ]
        return all.compactMap { name, value in value.map { (name: name, value: $0) } }
    }
}
