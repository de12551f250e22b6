extension HiveClient: AccessService {
    public func accessEntries(_ query: AccessQuery, as caller: Caller) async throws -> Page<AccessEntry> {
        let parameters = (query.json.object ?? [:]).sorted { $0.key < $1.key }.map { name, value in
            (name: name, value: value.string ?? value.text)
        }
        return try await get("/api/v1/access", query: parameters, as: caller)
    }

    public func verifyAccess(as caller: Caller) async throws -> AccessVerification {
        try await get("/api/v1/access/verification", as: caller)
    }
}
