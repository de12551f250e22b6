import HiveAPI
import HiveCore

/// Beliefs that contradict each other: one is kept, and those that say something else are retracted in its favour.
extension Settler {
    func settlement(ofBeliefs id: String, by request: ResolveConflict) throws -> Settlement {
        guard request.version == nil else {
            throw HiveError(
                .invalidInput, "`version` is of one memory, and `\(id)` is about several",
                hint: "leave it out; what was retracted can be brought back")
        }
        guard let key = keys[id] else { throw Node.noConflict(id) }
        let beliefs = try Contradiction.beliefs(
            about: key, scopes: view.lookup.scopes, now: now, in: view.transaction)
        guard ConflictKind.areContradictory(beliefs) else { throw Node.noConflict(id) }
        try check(beliefs.compactMap { Self.object(of: $0)?.dot })
        let kept = try kept(of: beliefs, by: request)
        let object = request.value?.string ?? kept.claimedObject
        // The reason names no values: what is kept may lie in a narrower scope, or be erased one day.
        var drafts = beliefs.filter {
            $0.state.address != kept.state.address && $0.claimedObject != object
                && $0.retraction?.kept != kept.state.address.document.description
        }.map { belief in
            let retraction = Retraction(
                reason: "settled in favour of another belief about the same",
                kept: kept.state.address.document.description, former: Node.former(belief))
            return Node.retractionDraft(retraction, of: belief.state, agent: agent)
        }
        let changes =
            restoration(of: kept) + (request.value?.string.map { [.set(EngramField.object, .text($0))] } ?? [])
        if !changes.isEmpty {
            drafts.append(
                Draft(kept.state.kind, at: kept.state.address, agent: agent, resolves: true, changes: changes))
        }
        return Settlement(drafts: drafts, memory: kept.state.address, value: .string(object ?? ""))
    }

    /// Brings a belief back that somebody else had retracted in favour of another one at the same time.
    private func restoration(of kept: Engram) -> [Draft.Change] {
        guard kept.isRetracted else { return [] }
        return [
            .set(EngramField.status, kept.retraction?.former.map(CBORValue.text) ?? .null),
            .set(EngramField.retraction, .null),
        ]
    }

    /// The belief that a policy, its id or its dot chooses; where a value is put, the newest one takes it up.
    private func kept(of beliefs: [Engram], by request: ResolveConflict) throws -> Engram {
        if let value = request.value {
            guard value.string?.isEmpty == false else {
                throw HiveError(.invalidInput, "the object of a belief is a text, not \(value.typeName)")
            }
            try MemoryLimits.check(value, forField: "object")
        }
        let name = request.take ?? ConflictPolicy.newest.rawValue
        let named = beliefs.filter {
            (name.count >= 4 && $0.state.address.document.description.hasPrefix(name.lowercased()))
                || Self.object(of: $0)?.dot.description == name
        }
        if named.count == 1 { return named[0] }
        guard let policy = ConflictPolicy(rawValue: name) else { throw Self.unknown(name, or: "the id of a belief") }
        switch policy.settle(try candidates(of: beliefs), local: node) {
        case .take(let dot):
            guard let chosen = beliefs.first(where: { Self.object(of: $0)?.dot == dot }) else { break }
            return chosen
        case .put, .leave, .ask, nil: break
        }
        throw HiveError(
            .conflictRemains, "`\(name)` chooses none of these beliefs",
            hint: "use newest, highest-confidence, the id of a belief, or --value")
    }

    /// The beliefs as policies look at them.
    func candidates(of beliefs: [Engram]) throws -> [ConflictCandidate] {
        try beliefs.compactMap { belief in
            guard let object = Self.object(of: belief) else { return nil }
            let author = try view.transaction.logs.row(object.dot.log)?.descriptor.author.nodeID ?? NodeID(.zero)
            var candidate = ConflictCandidate(
                dot: object.dot, stamp: object.stamp, author: author,
                rank: try view.lookup.rank(of: author, in: belief.state.address.scope, view.transaction),
                confidence: try view.beliefs?.confidence(in: belief).value ?? belief.confidence ?? 0,
                value: object.inline)
            candidate.place = view.lookup.policies.place(of: author, agent: object.agent)
            return candidate
        }
    }

    static func object(of belief: Engram) -> Sibling? { belief.state.shown(EngramField.object) }
}
