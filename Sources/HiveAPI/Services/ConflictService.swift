/// Seeing and settling divergence.
public protocol ConflictService: Sendable {
    /// In order of their ids.
    func conflicts(_ query: ConflictQuery, as caller: Caller) async throws -> Page<Conflict>
    func conflict(_ id: String, as caller: Caller) async throws -> Conflict
    func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer
    /// Throws `invalid_input` for a condition that cannot be understood, and settles nothing then.
    func resolve(_ request: ResolveConflicts, as caller: Caller) async throws -> ConflictOutcomes
}

extension ConflictService {
    /// All of them.
    public func conflicts(as caller: Caller) async throws -> Page<Conflict> {
        try await conflicts(ConflictQuery(), as: caller)
    }
}
