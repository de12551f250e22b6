/// Which policy is for which conflicts: the first rule that fits says, and where none does the newest value is shown.
/// What the policies show is the same on every replica that is given the same ones.
public struct ConflictPolicies: Sendable, Hashable {
    public var rules: [Rule]
    /// For the policy `priority`: names of agents and beginnings of nodes' ids, the first one before all others.
    public var priority: [String]
    /// What is done about a conflict of the policy `custom` for which nobody answers.
    public var fallback: ConflictPolicy

    /// A policy and what it is for; what is nil fits everything.
    public struct Rule: Sendable, Hashable {
        public var kind: ConflictKind?
        public var scope: ScopeName?
        public var category: String?
        /// The name that people see.
        public var field: String?
        public var policy: ConflictPolicy

        public init(
            _ policy: ConflictPolicy, kind: ConflictKind? = nil, scope: ScopeName? = nil, category: String? = nil,
            field: String? = nil
        ) {
            self.policy = policy
            self.kind = kind
            self.scope = scope
            self.category = category
            self.field = field
        }
    }

    /// What rules tell conflicts apart by.
    public struct Subject: Sendable, Hashable {
        public let kind: ConflictKind
        public let scope: ScopeName?
        public let category: String?
        public let field: String

        public init(kind: ConflictKind, scope: ScopeName?, category: String?, field: String) {
            self.kind = kind
            self.scope = scope
            self.category = category
            self.field = field
        }
    }

    public init(rules: [Rule] = [], priority: [String] = [], fallback: ConflictPolicy = .newest) {
        self.rules = rules
        self.priority = priority
        self.fallback = fallback
    }

    public func policy(for subject: Subject) -> ConflictPolicy {
        let rule = rules.first { rule in
            (rule.kind ?? subject.kind) == subject.kind
                && (rule.scope == nil || rule.scope == subject.scope)
                && (rule.category == nil || rule.category == subject.category)
                && (rule.field ?? subject.field) == subject.field
        }
        return rule?.policy ?? .newest
    }

    /// The policy that says what is shown meanwhile: that of the fallback where code is to decide.
    public func display(for subject: Subject) -> ConflictPolicy {
        let policy = policy(for: subject)
        return policy == .custom ? fallback : policy
    }

    /// Whether any conflict is to be acted upon, or brought before people, by the node itself.
    public var act: Bool { rules.contains { !$0.policy.isPure || $0.policy == .escalate } }

    /// Where an author stands in the order of priority, 0 for the first; the highest number for those outside of it.
    public func place(of node: NodeID, agent: String?) -> Int {
        priority.firstIndex { name in
            name == agent || (name.utf8.count >= 4 && node.description.hasPrefix(name))
        } ?? .max
    }
}
