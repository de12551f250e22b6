public import HiveAPI
import HiveCore

/// Folding memories together by hand.
extension Node {
    public func merge(_ keep: String, _ request: MergeMemories, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let view = try self.view(in: &context)
                let kept = try Self.engram(keep, view)
                let others = try request.others.map { try Self.engram($0, view) }
                try Self.check(others, beside: kept, view.lookup)
                let changes = try Self.joined(others, to: kept)
                let draft = Draft(kept.state.kind, at: kept.state.address, agent: agent, changes: changes)
                let id = kept.state.address.document.description
                let departures = others.map { other in
                    Draft(
                        other.state.kind, at: other.state.address, agent: agent, resolves: true,
                        changes: [
                            .set(ReservedField.presence, .bool(false)), .set(EngramField.supersededBy, .text(id)),
                        ])
                }
                let drafts = changes.isEmpty ? departures : [draft] + departures
                let committed = try context.commit(drafts).states
                let state = changes.isEmpty ? kept.state : committed[0]
                guard let memory = try view.memory(state) else { throw HiveError(.notFound, "no memory `\(id)`") }
                return MemoryAnswer(memory: memory, basedOn: kept.state.version.token)
            }
        }
    }

    private static func engram(_ id: String, _ view: MemoryView) throws -> Engram {
        guard let engram = try view.engram(try view.find(id)) else {
            throw HiveError(.notFound, "the document `\(id)` is no memory")
        }
        return engram
    }

    private static func check(_ others: [Engram], beside kept: Engram, _ lookup: ScopeLookup) throws(HiveError) {
        var seen: Set<DocumentAddress> = [kept.state.address]
        for other in others {
            let id = other.state.address.document.short
            guard seen.insert(other.state.address).inserted else {
                throw HiveError(
                    .invalidInput, "`\(id)` is named twice", hint: "name each memory once, the one that stays first")
            }
            guard other.kind == kept.kind, other.record == nil, kept.record == nil, !other.isPinned else {
                throw HiveError(
                    .invalidInput,
                    "`\(id)` says more than its text: it is \(other.isPinned ? "pinned" : other.kind.rawValue)"
                        + (other.record == nil ? "" : ", a record"),
                    hint: "merge plain memories of one kind; link the others instead: hivectl memory link")
            }
            guard other.state[EngramField.steps] == nil, other.state[EngramField.events] == nil else {
                throw HiveError(
                    .invalidInput, "`\(id)` has steps or events, which the memory that stays has no place for",
                    hint: "link them instead: hivectl memory link")
            }
            guard other.state.address.scope == kept.state.address.scope else {
                throw HiveError(
                    .invalidInput,
                    "`\(id)` is in \(lookup.name(of: other.state.address.scope)), the memory that stays in "
                        + lookup.name(of: kept.state.address.scope),
                    hint: "others may see that scope: promote the memory there first, or forget it")
            }
        }
    }

    /// What the memory that stays gets from those that go: tags, links, and metadata under keys that it has not.
    private static func joined(_ others: [Engram], to kept: Engram) throws -> [Draft.Change] {
        let id = kept.state.address.document.description
        let gone = Set(others.map(\.state.address.document.description))
        let tags = Set(others.flatMap(\.tags)).subtracting(kept.tags).sorted()
        try MemoryLimits.check(tags: kept.tags + tags)
        let inherited = others.flatMap(\.links).filter { $0.target != id && !gone.contains($0.target) }
        let pointers = gone.sorted().map { Engram.Link(relation: "supersedes", target: $0) }
        let links = Set(inherited + pointers).subtracting(kept.links)
            .sorted { ($0.relation, $0.target) < ($1.relation, $1.target) }
        var metadata: [String: CBORValue] = [:]
        for other in others {
            for entry in other.metadata where metadata[entry.key] == nil { metadata[entry.key] = entry.value }
        }
        for entry in kept.metadata { metadata[entry.key] = nil }
        let all = kept.metadata.map { ($0.key, JSONValue($0.value)) } + metadata.map { ($0.key, JSONValue($0.value)) }
        try MemoryLimits.check(metadata: Dictionary(all, uniquingKeysWith: { first, _ in first }))
        var changes: [Draft.Change] = metadata.sorted { $0.key < $1.key }.map {
            .setPath(EngramField.metadataPath($0), $1)
        }
        if !tags.isEmpty { changes.append(.add(EngramField.tags, tags.map(CBORValue.text))) }
        if !links.isEmpty { changes.append(.add(EngramField.links, links.map(\.value))) }
        return changes
    }
}
