public import HiveCEL

/// A rule: when it applies, and what follows.
public struct Rule: Sendable {
    public var name: String
    public var version: Int64 = 1
    public var type = "operational"
    public var labels: [String: String] = [:]
    public var set: String
    public var scope = RuleScope.global
    /// 1 to 1000, higher first.
    public var priority = 500
    public var match = RuleMatch()
    /// A condition in CEL; nil holds always.
    public var when: String?
    public var params: [String: Value] = [:]
    public var effect: RuleEffect
    /// A CEL expression that makes the message.
    public var message: String?
    public var remediation: String?
    /// What an unanswerable condition means; nil follows the effect: rules that restrict do.
    public var onError: RuleFailure?
    public var enforcement = RuleEnforcement.enforce
    public var effective = EffectivePeriod()
    /// Names of rules that an `allow` lifts.
    public var overrides: [String] = []
    /// For `set`, `append` and `merge`: the behaviour setting and the value.
    public var setting: RuleSetting?
    /// For `transform`: fields of the input with the CEL expressions that replace them.
    public var transform: [String: String] = [:]
    public var tests: [RuleTest] = []
    public var location: RuleLocation
    /// The document as it was written.
    public var text: String

    /// Whether an error in the condition counts as the rule applying.
    public var failsClosed: Bool { onError.map { $0 == .deny } ?? effect.restricts }
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

/// What a rule does when it applies.
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

/// What an error in a condition means.
public enum RuleFailure: String, Sendable, Hashable, CaseIterable {
    case deny
    case skip
}

/// Whether a rule bites.
public enum RuleEnforcement: String, Sendable, Hashable, CaseIterable {
    /// Reported beside the decision only.
    case shadow
    /// A restriction becomes a warning.
    case warn
    case enforce
}

/// When a rule holds, in Unix milliseconds: from inclusive, until exclusive.
public struct EffectivePeriod: Sendable, Hashable {
    public var from: Int64?
    public var until: Int64?

    public func contains(_ now: Int64) -> Bool { (from ?? .min) <= now && now < (until ?? .max) }
}

/// What a behaviour setting becomes.
public struct RuleSetting: Sendable {
    public var name: String
    public var value: Value
}

/// Which inputs a rule looks at: patterns with `*` and `?`, one of each list must fit; an empty list fits all.
public struct RuleMatch: Sendable, Hashable {
    public var events: [String] = []
    public var tools: [String] = []
    public var commands: [String] = []
    public var paths: [String] = []
    public var agents: [String] = []
    public var roles: [String] = []
    public var machines: [String] = []
    public var projects: [String] = []
}

/// A case beside a rule: an input, and what must come of it.
public struct RuleTest: Sendable {
    public var name: String
    public var input: Value
    /// The effect that the whole set must decide; nil leaves it open.
    public var effect: String?
    public var allowed: Bool?
    public var settings: [String: Value] = [:]
    public var location: RuleLocation
}

/// The document that names a set.
public struct RuleSetDocument: Sendable, Hashable {
    public var name: String
    public var version: Int64
    public var location: RuleLocation
}
