/// What an agent has in mind, and what it should read before it goes on.
public protocol WorkingMemoryService: Sendable {
    /// One text within a budget of tokens, from the working set and a search.
    func context(_ query: ContextQuery, as caller: Caller) async throws -> ContextAnswer
    func workingSet(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer
    func attend(_ request: AttendMemory, as caller: Caller) async throws -> WorkingSetAnswer
    func refresh(_ request: RefreshWorking, as caller: Caller) async throws -> WorkingSetAnswer
    func evict(_ request: EvictMemory, as caller: Caller) async throws -> WorkingSetAnswer
    /// Takes everything out.
    func clear(_ query: WorkingQuery, as caller: Caller) async throws -> WorkingSetAnswer
}
