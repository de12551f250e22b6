extension HiveClient: AssessmentService {
    public func verify(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkVerification()
        return try await post("/api/v1/memories" + Self.path(id, "verify"), request.json, as: caller)
    }

    public func contradict(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkContradiction()
        return try await post("/api/v1/memories" + Self.path(id, "contradict"), request.json, as: caller)
    }

    public func retract(_ id: String, with request: RetractMemory, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/memories" + Self.path(id, "retract"), request.json, as: caller)
    }

    public func use(_ id: String, with request: UseMemory, as caller: Caller) async throws -> UseReport {
        try request.checkLimits()
        return try await post("/api/v1/memories" + Self.path(id, "use"), request.json, as: caller)
    }
}

extension HiveClient: BeliefService {
    public func belief(_ id: String, as caller: Caller) async throws -> BeliefReport {
        try await get("/api/v1/memories" + Self.path(id, "belief"), as: caller)
    }

    public func beliefs(_ query: BeliefQuery, as caller: Caller) async throws -> Page<Memory> {
        try query.checkLimits()
        let optional: [(String, String?)] = [
            ("subject", query.subject), ("relation", query.relation), ("at", query.at), ("scope", query.scope),
            ("retracted", query.retracted ? "true" : nil), ("cursor", query.cursor),
        ]
        let parameters = optional.compactMap { name, value in value.map { (name: name, value: $0) } }
        return try await get(
            "/api/v1/beliefs", query: [(name: "limit", value: String(query.limit))] + parameters, as: caller)
    }

    public func memory(_ id: String, at time: String, as caller: Caller) async throws -> PastMemory {
        try await get("/api/v1/memories" + Self.path(id), query: [(name: "at", value: time)], as: caller)
    }
}
