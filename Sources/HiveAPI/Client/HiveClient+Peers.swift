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
}
