/// Who stands behind the secrets that callers show: one kind of credential each.
public protocol Credentials: Sendable {
    /// Nil for a secret that is none of this kind. Throws `unauthenticated` for one that is, and does not count: made up,
    /// expired, revoked, of another node.
    func credential(for secret: String) throws -> Credential?
    /// Returns true once a credential counts no longer, and when the task is cancelled; false at once for one that is not
    /// of this kind.
    func end(of credential: String) async -> Bool
}
