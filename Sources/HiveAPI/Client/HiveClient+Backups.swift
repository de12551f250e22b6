extension HiveClient: BackupService {
    public func backUp(_ request: MakeBackup, as caller: Caller) async throws -> Backup {
        try await post("/api/v1/backups", request.json, as: caller)
    }

    public func backups(as caller: Caller) async throws -> Page<Backup> { try await get("/api/v1/backups", as: caller) }

    public func backupKey(_ id: String, as caller: Caller) async throws -> BackupKey {
        try await post("/api/v1/backups" + Self.path(id, "key"), as: caller)
    }
}
