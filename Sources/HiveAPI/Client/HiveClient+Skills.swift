extension HiveClient: SkillService {
    public func addSkill(_ request: AddSkill, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/skills", request.json, as: caller)
    }

    public func refineSkill(_ id: String, with request: RefineSkill, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/skills" + Self.path(id, "refinements"), request.json, as: caller)
    }

    public func useSkill(_ id: String, _ request: UseSkill, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/skills" + Self.path(id, "uses"), request.json, as: caller)
    }

    public func skills(_ query: SkillQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try query.memories.checkLimits()
        return try await get("/api/v1/skills", query: query.parameters, as: caller)
    }

    public func proposeSkills(_ request: ProposeSkills, as caller: Caller) async throws -> SkillProposals {
        try request.checkLimits()
        return try await post("/api/v1/skills/propose", request.json, as: caller)
    }
}
