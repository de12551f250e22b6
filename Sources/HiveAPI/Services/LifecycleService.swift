/// How memories age, are folded together, put away and kept.
public protocol LifecycleService: Sendable {
    /// Puts a memory into the archive or takes it out, pins it, makes it core knowledge.
    func mark(_ id: String, _ request: MarkMemory, as caller: Caller) async throws -> MemoryAnswer
    /// Near duplicates, most alike first.
    func duplicates(_ query: DuplicateQuery, as caller: Caller) async throws -> Page<DuplicateProposal>
    /// Folds others into the memory that stays; answers with it.
    func merge(_ keep: String, _ request: MergeMemories, as caller: Caller) async throws -> MemoryAnswer
    func consolidate(_ request: Consolidate, as caller: Caller) async throws -> ConsolidationReport
    func lifecycle(as caller: Caller) async throws -> LifecycleStatus
}
