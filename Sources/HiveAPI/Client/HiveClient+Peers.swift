extension HiveClient: PeerService {
    public func peers(as caller: Caller) async throws -> Page<Peer> {
        try await get("/api/v1/peers", as: caller)
    }

    public func invite(_ request: InvitePeer, as caller: Caller) async throws -> Invitation {
        try await post("/api/v1/peers/invite", request.json, as: caller)
    }

    public func join(_ request: JoinHive, as caller: Caller) async throws -> JoinAnswer {
        try await post("/api/v1/peers/join", request.json, as: caller)
    }

    public func retire(_ peer: String, _ request: RetirePeer, as caller: Caller) async throws -> RetirementAnswer {
        try await post("/api/v1/peers" + Self.path(peer, "retire"), request.json, as: caller)
    }

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
