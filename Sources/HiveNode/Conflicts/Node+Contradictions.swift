import HiveAPI
import HiveCore

/// Beliefs that contradict each other, as conflicts.
extension Node {
    /// Those of the contradictions that stand among what this node may show, now that some may have expired.
    func standing(
        _ contradictions: [Contradiction], _ lookup: ScopeLookup, _ transaction: any StoreTransaction
    ) throws -> [Contradiction] {
        try contradictions.compactMap { contradiction in
            let beliefs = try Contradiction.beliefs(
                about: contradiction.key, scopes: lookup.scopes, now: kernel.surroundings.now(), in: transaction)
            guard ConflictKind.areContradictory(beliefs) else { return nil }
            return Contradiction(key: contradiction.key, members: beliefs.map(\.state.address))
        }
    }

    /// The memories that contradict each other as the siblings of one conflict; the newest is shown.
    static func conflict(_ contradiction: Contradiction, view: MemoryView) throws -> Conflict? {
        let beliefs = try contradiction.members.compactMap { address in
            try view.transaction.documents.state(address).flatMap(view.engram)
        }
        guard let shown = beliefs.compactMap(Self.object).max(by: { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }) else {
            return nil
        }
        let siblings = try beliefs.compactMap { belief -> ConflictSibling? in
            guard let object = Self.object(of: belief) else { return nil }
            var sibling = ConflictSibling(
                dot: object.dot.description, value: .string(belief.object ?? ""),
                author: try view.author(object.dot, agent: object.agent), at: Self.time(of: object.stamp),
                shown: object.dot == shown.dot)
            sibling.memory = belief.state.address.document.description
            sibling.confidence = try view.beliefs?.confidence(in: belief).value
            return sibling
        }.sorted { ($0.at, $0.dot) < ($1.at, $1.dot) }
        guard siblings.count > 1 else { return nil }
        return Conflict(
            id: contradiction.id, memory: siblings.first(where: \.shown)?.memory ?? "",
            kind: ConflictKind.belief.rawValue, field: "object", siblings: siblings,
            policy: ConflictPolicy.newest.rawValue, since: siblings[1].at)
    }

    private static func object(of belief: Engram) -> Sibling? { belief.state.shown(EngramField.object) }

    private static func time(of stamp: Stamp) -> String {
        Timestamp(milliseconds: Int64(stamp.milliseconds)).rfc3339
    }

    /// Settles a contradiction: one belief is kept, and those that say something else are retracted in its favour.
    func settle(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        guard request.version == nil else {
            throw HiveError(
                .invalidInput, "`version` is of one memory, and `\(id)` is about several",
                hint: "leave it out; what was retracted can be brought back")
        }
        let agent = request.agent ?? caller.agent
        guard let known = try contradictions.all().first(where: { $0.id == id }) else {
            throw HiveError(.notFound, "there is no conflict `\(id)`, perhaps no longer")
        }
        let answer = try await kernel.write { context in
            let view = try self.view(in: &context)
            let beliefs = try Contradiction.beliefs(
                about: known.key, scopes: view.lookup.scopes, now: context.now, in: context.transaction)
            guard ConflictKind.areContradictory(beliefs) else {
                throw HiveError(.notFound, "there is no conflict `\(id)`, perhaps no longer")
            }
            let kept = try Self.kept(of: beliefs, by: request, view: view, in: &context)
            let object = request.value?.string ?? kept.claimedObject
            // The reason names no values: what is kept may lie in a narrower scope, or be erased one day.
            var drafts = beliefs.filter { $0.state.address != kept.state.address && $0.claimedObject != object }
                .map { belief in
                    let retraction = Retraction(
                        reason: "settled in favour of another belief about the same",
                        kept: kept.state.address.document.description, former: belief.status)
                    return Self.retractionDraft(retraction, of: belief.state, agent: agent)
                }
            if let value = request.value?.string {
                drafts.append(
                    Draft(
                        kept.state.kind, at: kept.state.address, agent: agent,
                        changes: [.set(EngramField.object, .text(value))]))
            }
            _ = try context.commit(drafts)
            guard let state = try context.transaction.documents.state(kept.state.address),
                let memory = try view.memory(state)
            else { throw HiveError(.notFound, "no memory") }
            return MemoryAnswer(memory: memory)
        }
        counters.add(to: "conflicts_resolved")
        return answer
    }

    /// The belief that a policy, its id or its dot chooses; where a value is put, the newest one takes it up.
    private static func kept(
        of beliefs: [Engram], by request: ResolveConflict, view: MemoryView, in context: inout WriteContext
    ) throws -> Engram {
        if let value = request.value {
            guard value.string?.isEmpty == false else {
                throw HiveError(.invalidInput, "the object of a belief is a text, not \(value.typeName)")
            }
            try MemoryLimits.check(value, forField: "object")
        }
        let name = request.take ?? ConflictPolicy.newest.rawValue
        let named = beliefs.filter {
            (name.count >= 4 && $0.state.address.document.description.hasPrefix(name.lowercased()))
                || object(of: $0)?.dot.description == name
        }
        if named.count == 1 { return named[0] }
        guard let policy = ConflictPolicy(rawValue: name) else {
            throw HiveError(
                .invalidInput, "`\(name)` is no way to settle this conflict",
                hint: "use \(ConflictPolicy.allCases.map(\.rawValue).joined(separator: ", ")) or the id of a belief")
        }
        let candidates = try beliefs.compactMap { try candidate($0, view: view, in: &context) }
        switch policy.settle(candidates, local: context.replica.identity.node) {
        case .take(let dot):
            guard let chosen = beliefs.first(where: { object(of: $0)?.dot == dot }) else { break }
            return chosen
        case .put, .leave, .ask, nil: break
        }
        throw HiveError(
            .conflictRemains, "`\(name)` chooses none of these beliefs",
            hint: "use newest, highest-confidence, the id of a belief, or --value")
    }

    private static func candidate(
        _ belief: Engram, view: MemoryView, in context: inout WriteContext
    ) throws -> ConflictCandidate? {
        guard let object = object(of: belief) else { return nil }
        let author = try view.transaction.logs.row(object.dot.log)?.descriptor.author.nodeID
        let authority = try context.replica.authority(of: belief.state.address.scope, in: context.transaction)
        return ConflictCandidate(
            dot: object.dot, stamp: object.stamp, author: author ?? NodeID(.zero),
            rank: author.flatMap { authority.members[$0]?.rank } ?? .max,
            confidence: try view.beliefs?.confidence(in: belief).value ?? 0, value: object.inline)
    }
}
