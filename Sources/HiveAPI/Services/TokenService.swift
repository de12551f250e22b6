/// Credentials besides the two local files. Everything here is the operator's.
public protocol TokenService: Sendable {
    /// The answer is the only one that shows the token.
    func createToken(_ request: CreateToken, as caller: Caller) async throws -> IssuedToken
    /// The newest first, those that count no longer too.
    func tokens(as caller: Caller) async throws -> Page<AccessToken>
    /// By its name, its id or the beginning of it. From the answer on nothing is done for whoever shows it.
    func revokeToken(_ id: String, as caller: Caller) async throws -> AccessToken
}
