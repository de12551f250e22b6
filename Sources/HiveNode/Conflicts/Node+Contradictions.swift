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

    /// The memories that contradict each other as the siblings of one conflict.
    static func conflict(_ contradiction: Contradiction, view: MemoryView) throws -> Conflict? {
        let beliefs = try contradiction.members.compactMap { address in
            try view.transaction.documents.state(address).flatMap(view.engram)
        }
        let settler = Settler(
            view: view, node: NodeID(.zero), now: Timestamp(milliseconds: 0), agent: nil)
        let candidates = try settler.candidates(of: beliefs)
        guard let newest = candidates.max(by: { ($0.stamp, $0.dot) < ($1.stamp, $1.dot) }),
            let first = beliefs.first(where: { Settler.object(of: $0)?.dot == newest.dot })
        else { return nil }
        let policy = view.lookup.policies
        let subject = ConflictPolicies.Subject(
            kind: .belief, scope: ScopeName(view.lookup.name(of: first.state.address.scope)), category: first.category,
            field: "object")
        let shown = try settled(beliefs, view) ?? shown(policy.display(for: subject), candidates) ?? newest.dot
        let siblings = try beliefs.compactMap { belief -> ConflictSibling? in
            guard let object = Settler.object(of: belief) else { return nil }
            var sibling = ConflictSibling(
                dot: object.dot.description, value: .string(belief.object ?? ""),
                author: try view.author(object.dot, agent: object.agent), at: ConflictReader.time(object.stamp),
                shown: object.dot == shown)
            sibling.memory = belief.state.address.document.description
            sibling.confidence = candidates.first { $0.dot == object.dot }?.confidence
            return sibling
        }.sorted { ($0.at, $0.dot) < ($1.at, $1.dot) }
        guard siblings.count > 1 else { return nil }
        var conflict = Conflict(
            id: contradiction.id, memory: siblings.first(where: \.shown)?.memory ?? "",
            kind: ConflictKind.belief.rawValue, field: "object", siblings: siblings,
            policy: policy.policy(for: subject).rawValue, since: siblings[1].at)
        conflict.scope = view.lookup.name(of: first.state.address.scope)
        conflict.category = first.category
        conflict.tags = first.tags
        conflict.escalated = try ConflictReader(view: view).isEscalated(conflict)
        return conflict
    }

    private static func shown(_ policy: ConflictPolicy, _ candidates: [ConflictCandidate]) -> Dot? {
        guard case .sibling(let dot)? = policy.shows(candidates) else { return nil }
        return dot
    }

    /// Where several people settled it at once, each in favour of another belief: the one that was kept by the highest in the
    /// law, then by the highest dot. Never by a clock.
    private static func settled(_ beliefs: [Engram], _ view: MemoryView) throws -> Dot? {
        guard !beliefs.isEmpty, beliefs.allSatisfy(\.isRetracted) else { return nil }
        let verdicts = try beliefs.compactMap { belief -> (rank: UInt64, dot: Dot, kept: String)? in
            guard let retraction = belief.state.shown(EngramField.retraction), let kept = belief.retraction?.kept,
                let author = try view.transaction.logs.row(retraction.dot.log)?.descriptor.author.nodeID
            else { return nil }
            let rank = try view.lookup.rank(of: author, in: belief.state.address.scope, view.transaction)
            return (rank, retraction.dot, kept)
        }
        let winner = verdicts.min { ($0.rank, $1.dot) < ($1.rank, $0.dot) }
        return beliefs.first { $0.state.address.document.description == winner?.kept }.flatMap(Settler.object)?.dot
    }
}
