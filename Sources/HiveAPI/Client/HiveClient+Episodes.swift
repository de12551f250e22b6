extension HiveClient: EpisodeService {
    public func startEpisode(_ request: StartEpisode, as caller: Caller) async throws -> MemoryAnswer {
        try request.memory.checkLimits()
        return try await post("/api/v1/episodes", request.json, as: caller)
    }

    public func append(
        _ event: AppendEvent, toEpisode id: String, as caller: Caller
    ) async throws -> MemoryAnswer {
        try event.checkLimits()
        return try await post("/api/v1/episodes" + Self.path(id, "events"), event.json, as: caller)
    }

    public func endEpisode(_ id: String, with request: EndEpisode, as caller: Caller) async throws -> MemoryAnswer {
        try request.checkLimits()
        return try await post("/api/v1/episodes" + Self.path(id, "end"), request.json, as: caller)
    }

    public func reopenEpisode(
        _ id: String, with request: ReopenEpisode, as caller: Caller
    ) async throws -> MemoryAnswer {
        try await post("/api/v1/episodes" + Self.path(id, "reopen"), request.json, as: caller)
    }

    public func episodes(_ query: EpisodeQuery, as caller: Caller) async throws -> Page<MemoryHit> {
        try query.memories.checkLimits()
        return try await get("/api/v1/episodes", query: query.parameters, as: caller)
    }

    public func episodes(
        similarTo id: String, _ query: SimilarQuery, as caller: Caller
    ) async throws -> Page<MemoryHit> {
        try query.checkLimits()
        return try await get("/api/v1/episodes" + Self.path(id, "similar"), query: query.parameters, as: caller)
    }
}

extension JSONRecord {
    /// The record's fields as the parameters of an address: texts and numbers as they are, lists one by one.
    var parameters: [(name: String, value: String)] {
        (json.object ?? [:]).sorted { $0.key < $1.key }.flatMap { name, value in
            (value.array ?? [value]).filter { !$0.isNull }.map { (name: name, value: $0.string ?? $0.text) }
        }
    }
}
