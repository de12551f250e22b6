extension HiveClient: KeyService {
    public func keyStatus(as caller: Caller) async throws -> KeyStatus { try await get("/api/v1/keys", as: caller) }

    public func rotateKeys(as caller: Caller) async throws -> KeyStatus {
        try await post("/api/v1/keys/rotate", as: caller)
    }

    public func openLines(_ request: SealedLines, as caller: Caller) async throws -> OpenedLines {
        try await post("/api/v1/keys/open", request.json, as: caller)
    }
}
