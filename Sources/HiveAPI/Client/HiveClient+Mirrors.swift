extension HiveClient: MirrorService {
    public func mirrors(as caller: Caller) async throws -> MirrorReport {
        try await get("/api/v1/backups/mirrors", as: caller)
    }

    public func fetchBackup(_ id: String, _ request: FetchBackup, as caller: Caller) async throws -> FetchedBackup {
        try await post("/api/v1/backups" + Self.path(id, "fetch"), request.json, as: caller)
    }
}
