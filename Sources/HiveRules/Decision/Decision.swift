public import HiveCEL

/// What the law says about an input, with its reasons; never just yes or no.
public struct Decision: Sendable {
    /// Given by whoever asked.
    public var id = ""
    public var effect: RuleEffect
    public var allowed: Bool
    /// The rule that decided; nil where no rule had a say.
    public var rule: RuleReference?
    public var message: String
    public var remediation: String?
    /// What the deciding rule looked at, by path; long texts are cut.
    public var values: [String: Value] = [:]
    /// Behaviour settings by name.
    public var settings: [String: Value] = [:]
    /// Fields of the input that a transformation replaced.
    public var transformed: [String: Value] = [:]
    public var matched: [Match] = []
    /// Rules that would have applied, had they not been in shadow.
    public var shadow: [Match] = []
    /// Rules that applied and were lifted, by an exception or by a rule that overrides them.
    public var lifted: [Lift] = []
    public var errors: [Failure] = []
    /// The sets that were asked, with their versions.
    public var ruleSet: String
    /// Measured by whoever asked.
    public var durationNanoseconds: Int64 = 0
    /// How many rules the index found.
    public var candidates = 0
    /// How many conditions were evaluated.
    public var evaluated = 0

    /// A rule by name and version.
    public struct RuleReference: Sendable, Hashable {
        public let id: String
        public let version: Int64
    }

    /// A rule that applied.
    public struct Match: Sendable, Hashable {
        public let id: String
        public let version: Int64
        public let effect: RuleEffect
        public let enforcement: RuleEnforcement
    }

    /// A rule that did not count.
    public struct Lift: Sendable, Hashable {
        public let id: String
        /// The exception, or the rule, that lifted it.
        public let by: String
        /// When an exception ends, in Unix milliseconds.
        public let until: Int64?
    }

    /// A rule whose condition could not be answered.
    public struct Failure: Sendable, Hashable {
        public let id: String
        public let message: String
    }
}

extension Decision {
    /// A transformation, once what it makes of the input was decided as well. It must stand: where the rules would
    /// change the result again, nobody could say where that ends.
    func confirmed(by second: Decision) -> Decision {
        var result = self
        result.errors += second.errors.filter { !errors.contains($0) }
        result.matched += second.matched.filter { !matched.contains($0) }
        result.shadow += second.shadow.filter { !shadow.contains($0) }
        result.lifted += second.lifted.filter { !lifted.contains($0) }
        result.settings = second.settings
        result.candidates += second.candidates
        result.evaluated += second.evaluated
        let again = second.transformed.filter { name, value in transformed[name].map { !$0.equals(value) } ?? true }
        if second.effect.restricts {
            result.effect = second.effect
            result.allowed = false
            result.rule = second.rule
            result.message = second.message
            result.remediation = second.remediation
            result.values = second.values
            if second.effect == .deny { result.transformed = [:] }
        } else if !again.isEmpty {
            result.effect = .deny
            result.allowed = false
            result.transformed = [:]
            result.message =
                "transformations do not come to rest: `\(second.rule?.id ?? "")` would change "
                + again.keys.sorted().joined(separator: ", ") + " again"
            result.remediation =
                "let the rules agree on one result, or let the condition ask whether it is there already"
        }
        return result
    }
}
