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
    /// and more than one object. What was taken back contradicts nothing.
    public static func areContradictory(_ beliefs: [Engram]) -> Bool {
        let held = beliefs.filter { $0.beliefKey != nil && !$0.isRetracted }
        guard Set(held.map(\.beliefKey)).count == 1, held.contains(where: \.isSingleValued) else { return false }
        return Set(held.map(\.claimedObject)).count > 1
    }
}
