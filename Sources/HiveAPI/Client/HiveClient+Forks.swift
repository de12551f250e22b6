extension HiveClient: ForkService {
    public func forks(as caller: Caller) async throws -> Page<ForkReport> {
        try await get("/api/v1/forks", as: caller)
    }

    public func fork(_ id: String, as caller: Caller) async throws -> ForkReport {
        try await get("/api/v1/forks" + Self.path(id), as: caller)
    }

    public func resolve(fork id: String, with request: ResolveFork, as caller: Caller) async throws -> ForkReport {
        try await post("/api/v1/forks" + Self.path(id, "resolve"), request.json, as: caller)
    }
}
