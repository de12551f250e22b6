extension HiveClient: TokenService {
    public func createToken(_ request: CreateToken, as caller: Caller) async throws -> IssuedToken {
        try await post("/api/v1/tokens", request.json, as: caller)
    }

    public func tokens(as caller: Caller) async throws -> Page<AccessToken> {
        try await get("/api/v1/tokens", as: caller)
    }

    public func revokeToken(_ id: String, as caller: Caller) async throws -> AccessToken {
        try AccessToken.lenient(try await send("DELETE", "/api/v1/tokens" + Self.path(id), as: caller))
    }
}
