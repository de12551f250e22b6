/// The keys that a node's store is encrypted with. Never the keys themselves.
public protocol KeyService: Sendable {
    func keyStatus(as caller: Caller) async throws -> KeyStatus
    /// Puts new keys in force, and has everything sealed anew behind the answer.
    func rotateKeys(as caller: Caller) async throws -> KeyStatus
    /// Opens sealed lines of this node's journals.
    func openLines(_ request: SealedLines, as caller: Caller) async throws -> OpenedLines
}
