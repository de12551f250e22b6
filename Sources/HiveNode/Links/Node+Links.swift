public import HiveAPI
import HiveCore

/// Links between memories.
extension Node: LinkService {
    public func link(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let view = try self.view(in: &context)
                // A target that is not there, or was forgotten, is an error that names it.
                let target = try view.find(request.target).address.document.description
                let source = try view.find(id)
                let links = [MemoryLink(relation: request.relation, target: target)]
                try self.linkCheck(view, context.now).refuseCircles(
                    from: source.address.document.description, links)
                return try self.change(source, adding: links, request: request, agent: agent, in: &context)
            }
        }
    }

    public func unlink(_ id: String, with request: LinkMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let source = try self.view(in: &context).find(id)
                let wanted = request.target.lowercased()
                let links = (try self.view(in: &context).engram(source)?.links ?? []).filter {
                    $0.relation == request.relation && $0.target.lowercased().hasPrefix(wanted)
                }
                guard let link = links.first, links.count == 1 || !wanted.isEmpty else {
                    throw HiveError(
                        .notFound, "`\(id)` has no link `\(request.relation)` to `\(request.target)`",
                        hint: "see its links: hivectl memory get \(id) --json")
                }
                guard links.count == 1 else {
                    let targets = links.map(\.target).sorted().joined(separator: ", ")
                    throw HiveError(
                        .ambiguous, "`\(request.target)` is the beginning of \(links.count) targets: \(targets)",
                        hint: "write more of it")
                }
                let removed = [MemoryLink(relation: link.relation, target: link.target)]
                return try self.change(source, removing: removed, request: request, agent: agent, in: &context)
            }
        }
    }

    public func neighbours(
        _ id: String, _ query: NeighbourQuery, as caller: Caller
    ) async throws -> Neighbourhood {
        try await naming {
            try query.checkLimits()
            return try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction)
                let graph = LinkGraph(view: view, now: kernel.surroundings.now())
                var walk = try NeighbourWalk(query, around: try view.find(id), in: graph)
                return try walk.run()
            }
        }
    }

    /// The links of a request as they are to be written. Throws where one would close a circle that must not be.
    func checked(
        _ links: [MemoryLink], from state: DocumentState?, in context: inout WriteContext
    ) throws -> [MemoryLink] {
        guard !links.isEmpty else { return [] }
        guard links.count <= Self.mostLinks else {
            throw HiveError(
                .tooLarge, "the request has \(links.count) links, \(Self.mostLinks) are allowed at once",
                hint: "write the others in requests of their own")
        }
        let check = linkCheck(try self.view(in: &context), context.now)
        let resolved = try check.resolved(links)
        if let state { try check.refuseCircles(from: state.address.document.description, resolved) }
        return resolved
    }

    /// Each is followed to see that it closes no circle.
    private static let mostLinks = 64

    private func linkCheck(_ view: MemoryView, _ now: Timestamp) -> LinkCheck {
        LinkCheck(graph: LinkGraph(view: view, now: now), acyclic: settings.acyclicRelations)
    }

    private func change(
        _ state: DocumentState, adding: [MemoryLink] = [], removing: [MemoryLink] = [], request: LinkMemory,
        agent: String?, in context: inout WriteContext
    ) throws -> MemoryAnswer {
        let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
        let present = Set(try self.view(in: &context).engram(state)?.links ?? [])
        let added = adding.map(\.cbor).filter { link in !present.contains { $0.value == link } }
        guard !added.isEmpty || !removing.isEmpty else {
            return try self.answer(
                state, basedOn: seen == nil ? state.version : nil, created: false, in: &context)
        }
        var changes: [Draft.Change] = []
        if !added.isEmpty { changes.append(.add(EngramField.links, added)) }
        if !removing.isEmpty { changes.append(.remove(EngramField.links, removing.map(\.cbor))) }
        let draft = Draft(state.kind, at: state.address, agent: agent, seen: seen, changes: changes)
        let receipt = try context.commit([draft])
        return try self.answer(
            receipt.states[0], basedOn: seen == nil ? receipt.bases[0] : nil, created: false, in: &context)
    }
}
