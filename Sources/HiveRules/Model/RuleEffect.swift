/// What a rule does when it applies. In the order in which effects decide: the first one wins.
public enum RuleEffect: String, Sendable, Hashable, CaseIterable {
    case deny
    case requireApproval = "require-approval"
    case transform
    case warn
    case annotate
    case allow
    case set
    case append
    case merge

    /// Effects on behaviour settings take no part in the verdict.
    var isSetting: Bool { self == .set || self == .append || self == .merge }

    var restricts: Bool { self == .deny || self == .requireApproval }

    /// Lower decides first.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// How wide a rule reaches, widest first.
public enum RuleScope: String, Sendable, Hashable, CaseIterable {
    case global
    case project
    case machine
    case agent
    case session

    /// 0 for the widest.
    var narrowness: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What an error in a condition means.
public enum RuleFailure: String, Sendable, Hashable, CaseIterable {
    case deny
    case skip
}

/// Whether a rule bites.
public enum RuleEnforcement: String, Sendable, Hashable, CaseIterable {
    /// Kept and shown, and never asked.
    case disabled
    /// Reported beside the decision only.
    case shadow
    /// A restriction becomes a warning.
    case warn
    case enforce
}
