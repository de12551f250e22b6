extension HiveClient: SyncService {
    public func syncNow(as caller: Caller) async throws -> SyncReport {
        try await post("/api/sync", as: caller)
    }

    public func syncStatus(as caller: Caller) async throws -> SyncStatus {
        try await get("/api/v1/sync/status", as: caller)
    }

    public func syncHistory(as caller: Caller) async throws -> Page<SyncEvent> {
        try await get("/api/v1/sync/history", as: caller)
    }
}
