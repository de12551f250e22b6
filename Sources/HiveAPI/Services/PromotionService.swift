/// Copying memories into wider scopes.
public protocol PromotionService: Sendable {
    /// Makes the copy, or brings the one that there is up to its original.
    func promote(_ id: String, _ request: PromoteMemory, as caller: Caller) async throws -> PromotionAnswer
}
