/// Reading what was taken down at the door. Everything here is the operator's.
public protocol AccessService: Sendable {
    /// The newest first.
    func accessEntries(_ query: AccessQuery, as caller: Caller) async throws -> Page<AccessEntry>
    /// Goes through the whole journal.
    func verifyAccess(as caller: Caller) async throws -> AccessVerification
}
