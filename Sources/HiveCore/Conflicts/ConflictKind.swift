/// What a divergence is, judged by the kind of document and the field that diverges.
public enum ConflictKind: String, Sendable, Hashable, CaseIterable {
    /// Two values of a note.
    case value
    /// Two objects of one belief.
    case belief
    /// Two accounts of how one episode ended.
    case episodic
    /// Two ways to do one thing.
    case skill

    public init(_ kind: EngramKind, field: UInt64) {
        switch kind {
        case .episodic where field == EngramField.outcome: self = .episodic
        case .procedural where [EngramField.steps, EngramField.trigger].contains(field): self = .skill
        case .semantic where [EngramField.subject, EngramField.relation, EngramField.object].contains(field):
            self = .belief
        case .semantic, .instant, .episodic, .procedural: self = .value
        }
    }

    /// Whether beliefs contradict each other: the same subject, a relation that one of them declares to have one value,
    /// and more than one object. What was taken back contradicts nothing, unless several people settled the matter at
    /// once, each in favour of another belief.
    public static func areContradictory(_ beliefs: [Engram]) -> Bool {
        let held = held(among: beliefs.filter { $0.beliefKey != nil })
        guard Set(held.map(\.beliefKey)).count == 1, held.contains(where: \.isSingleValued) else { return false }
        return Set(held.map(\.claimedObject)).count > 1
    }

    /// Those that were not taken back, and those that were taken back in favour of each other, in a circle: none of them
    /// would be left.
    public static func held(among beliefs: [Engram]) -> [Engram] {
        var successors: [String: String] = [:]
        for belief in beliefs where belief.isRetracted {
            successors[belief.state.address.document.description] = belief.retraction?.kept
        }
        return beliefs.filter { belief in
            guard belief.isRetracted else { return true }
            let id = belief.state.address.document.description
            var next = successors[id]
            for _ in 0..<successors.count where next != id { next = next.flatMap { successors[$0] } }
            return next == id
        }
    }
}
