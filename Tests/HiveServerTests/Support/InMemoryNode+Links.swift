import HiveAPI

extension InMemoryNode: LinkService {
    func link(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("link", caller)
        let link = MemoryLink(relation: request.relation, target: request.target)
        return try await update(id, with: UpdateMemory(addLinks: [link], version: request.version), as: caller)
    }

    func unlink(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer {
        note("unlink", caller)
        let link = MemoryLink(relation: request.relation, target: request.target)
        guard try await memory(id, as: caller).links.contains(link) else {
            throw HiveError(.notFound, "there is no such link")
        }
        return try await update(id, with: UpdateMemory(removeLinks: [link]), as: caller)
    }

    func neighbours(_ id: String, _ query: NeighbourQuery, as caller: Caller) async throws -> Neighbourhood {
        note("neighbours", caller)
        let memory = try await memory(id, as: caller)
        let links = memory.links.filter { link in query.relation.map { $0 == link.relation } ?? true }
        return Neighbourhood(
            id: id, depth: query.depth,
            items: links.map { Neighbour(id: $0.target, distance: 1, status: .unavailable) },
            links: links.map { NeighbourLink(from: id, relation: $0.relation, to: $0.target) })
    }
}
