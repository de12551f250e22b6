public import HiveCEL

/// A rule: when it applies, and what follows.
public struct Rule: Sendable {
    public var name: String
    public var version: Int64 = 1
    public var type = "operational"
    /// When it was first written, in Unix milliseconds; of two settings the later rule's may be wanted.
    public var created: Int64?
    public var labels: [String: String] = [:]
    /// What another format said of it, for the way back: kept as it is and never interpreted.
    public var origin: Value?
    public var set: String
    public var description: String?
    public var scope = RuleScope.global
    /// 1 to 1000, higher first.
    public var priority = 500
    /// Where it applies, and with what priority; empty means wherever `match` and `when` say.
    public var assignments: [RuleAssignment] = []
    public var match = RuleMatch()
    /// A condition in CEL; nil holds always.
    public var when: String?
    public var params: [String: Value] = [:]
    /// Names for expressions, in order: each may use those before it. Evaluated when they are asked for, at most once.
    public var variables: [RuleVariable] = []
    public var effect: RuleEffect
    /// A condition in CEL for the effect alone: settings follow wherever the rule applies, the effect on the verdict
    /// only where this holds too. Nil holds always.
    public var violation: String?
    /// A CEL expression that makes the message.
    public var message: String?
    public var remediation: String?
    /// What an unanswerable condition means; nil follows the effect: rules that restrict or transform apply.
    public var onError: RuleFailure?
    public var enforcement = RuleEnforcement.enforce
    public var effective = EffectivePeriod()
    /// Rules from which this one takes what it does not say itself, nearest first.
    public var extends: [String] = []
    /// Whether the rule is there only to be extended.
    public var isAbstract = false
    /// Names of rules that this one replaces where both apply and its scope is at least as wide.
    public var overrides: [String] = []
    /// For `set`, `append` and `merge`: the behaviour setting and the value.
    public var setting: RuleSetting?
    /// Changes of behaviour settings beside whatever the effect is.
    public var settings: [SettingChange] = []
    /// How the settings of this rule are reconciled with those of others; nil is the highest priority.
    public var strategy: SettingStrategy?
    /// For `transform`: fields of the input with the CEL expressions that replace them.
    public var transform: [String: String] = [:]
    public var tests: [RuleTest] = []
    public var location: RuleLocation
    /// The document as it was written.
    public var text: String
    /// Which of several versions of its set that are in force at once it is from.
    var edition = 0
    /// The keys of `spec` that the document itself gives; the others may come from rules that it extends.
    var given: Set<String> = []
    /// Where the values of those keys stand.
    var places: [String: RuleLocation] = [:]
    /// Itself and all rules that it takes something from, nearest first; filled in when rules are compiled.
    public internal(set) var resolution: [String] = []

    /// Its set, and of that the version: rules refer to rules of the same one.
    var home: String { "\(set)#\(edition)" }

    /// Where a key of `spec` stands, or the rule.
    func location(of key: String) -> RuleLocation { places[key] ?? location }

    /// All changes of behaviour settings, in order.
    var changes: [SettingChange] {
        (setting.map { [SettingChange(effect: effect, name: $0.name, value: $0.value)] } ?? []) + settings
    }

    /// Whether an error in the condition counts as the rule applying.
    public var failsClosed: Bool { onError.map { $0 == .deny } ?? (effect.restricts || effect == .transform) }
}

/// A name for an expression of a rule: `variables.NAME`.
public struct RuleVariable: Sendable, Hashable {
    public var name: String
    public var expression: String
}

/// What a behaviour setting becomes.
public struct RuleSetting: Sendable {
    public var name: String
    public var value: Value
}

/// What a rule does to one behaviour setting.
public struct SettingChange: Sendable {
    /// `set`, `append` or `merge`.
    public var effect: RuleEffect
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
    /// Of manifests and of memories.
    public var kinds: [String] = []
}

/// The document that names a set.
public struct RuleSetDocument: Sendable, Hashable {
    public var name: String
    public var version: Int64
    public var location: RuleLocation
}
