/// A place that a rule is assigned to, with the priority and the period that it has there.
public struct RuleAssignment: Sendable, Hashable {
    public var scope: AssignmentScope
    /// The name of the project, machine, agent, user or session, letter by letter; nil for all of them.
    public var name: String?
    /// 1 to 1000; nil for the rule's own.
    public var priority: Int?
    public var effective = EffectivePeriod()
}

/// What a rule may be assigned to, widest first.
public enum AssignmentScope: String, Sendable, Hashable, CaseIterable {
    case global
    case project
    case machine
    case agent
    case user
    case session

    /// 0 for the widest.
    var narrowness: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The part of the input that names it; nil for all of them.
    var field: InputField? {
        switch self {
        case .global: nil
        case .project: .top("project")
        case .machine: .nested("machine", "name")
        case .agent: .nested("agent", "name")
        case .user: .top("user")
        case .session: .top("session")
        }
    }
}
