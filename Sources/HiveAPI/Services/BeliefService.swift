/// What is believed, how far, and what was believed at a time.
public protocol BeliefService: Sendable {
    /// How far a memory is believed, and why.
    func belief(_ id: String, as caller: Caller) async throws -> BeliefReport
    /// Beliefs, the last changed first.
    func beliefs(_ query: BeliefQuery, as caller: Caller) async throws -> Page<Memory>
    /// A memory as it was at a time, in RFC 3339.
    func memory(_ id: String, at time: String, as caller: Caller) async throws -> PastMemory
}
