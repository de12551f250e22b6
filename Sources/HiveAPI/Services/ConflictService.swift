/// Seeing and settling divergence.
public protocol ConflictService: Sendable {
    func conflicts(as caller: Caller) async throws -> Page<Conflict>
    func conflict(_ id: String, as caller: Caller) async throws -> Conflict
    func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer
}
