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

    /// Whether two beliefs contradict each other: the same subject, a relation declared to have one value, another
    /// object.
    public static func isContradiction(_ left: Engram, _ right: Engram) -> Bool {
        guard let subject = left.subject, let relation = left.relation, subject == right.subject,
            relation == right.relation, left.object != right.object
        else { return false }
        return [left, right].contains { $0.state.shown(EngramField.singleValued)?.inline == .bool(true) }
    }
}
