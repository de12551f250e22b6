import HiveAPI

extension InMemoryNode: TokenService {
    private static func token(_ name: String, _ request: CreateToken? = nil) -> AccessToken {
        AccessToken(
            id: "t1", name: name, role: request?.role ?? "agent", agent: request?.agent, scopes: request?.scopes,
            readScopes: request?.readScopes ?? [], createdAt: time(1))
    }

    func createToken(_ request: CreateToken, as caller: Caller) async throws -> IssuedToken {
        note("createToken", caller)
        return IssuedToken(token: "hive_secret", details: Self.token(request.name, request))
    }

    func tokens(as caller: Caller) async throws -> Page<AccessToken> {
        note("tokens", caller)
        return Page(items: [Self.token("ci")])
    }

    func revokeToken(_ id: String, as caller: Caller) async throws -> AccessToken {
        note("revokeToken \(id)", caller)
        var token = Self.token("ci")
        (token.active, token.revokedAt) = (false, Self.time(2))
        return token
    }
}

extension InMemoryNode: AccessService {
    func accessEntries(_ query: AccessQuery, as caller: Caller) async throws -> Page<AccessEntry> {
        note("accessEntries \(query.json.text)", caller)
        let entry = AccessEntry(
            number: 1, time: Self.time(1), event: AccessEvent("invite", .done), by: .own, unwritten: nil, previous: "0")
        return Page(items: [entry])
    }

    func verifyAccess(as caller: Caller) async throws -> AccessVerification {
        note("verifyAccess", caller)
        return AccessVerification(entries: 1, first: 1, last: 1, hash: "0", problems: [])
    }
}
