/// How memories hang together.
public protocol LinkService: Sendable {
    /// Links a memory to another one. A link that is there already stays, and nothing is written.
    func link(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer
    /// Throws `not_found` where there is no such link.
    func unlink(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer
    func neighbours(_ id: String, _ query: NeighbourQuery, as caller: Caller) async throws -> Neighbourhood
}
