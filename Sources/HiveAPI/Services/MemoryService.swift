/// Keeping and finding memories. Like every service: the node itself and the HTTP client both implement it, and every
/// failure is a `HiveError`.
public protocol MemoryService: Sendable {
    func store(_ request: StoreMemory, as caller: Caller) async throws -> MemoryAnswer
    func memory(_ id: String, as caller: Caller) async throws -> Memory
    func search(_ query: MemoryQuery, as caller: Caller) async throws -> Page<MemoryHit>
    func update(_ id: String, with request: UpdateMemory, as caller: Caller) async throws -> MemoryAnswer
    func remove(_ id: String, _ request: RemoveMemory, as caller: Caller) async throws -> RemovalAnswer
    func history(_ id: String, as caller: Caller) async throws -> Page<HistoryEntry>
}
