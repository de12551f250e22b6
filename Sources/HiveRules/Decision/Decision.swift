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
    /// Behaviour settings by name.
    public var settings: [String: Value] = [:]
    /// Fields of the input that a transformation replaced.
    public var transformed: [String: Value] = [:]
    public var matched: [Match] = []
    /// Rules that would have applied, had they not been in shadow.
    public var shadow: [Match] = []
    public var errors: [Failure] = []
    /// The sets that were asked, with their versions.
    public var ruleSet: String
    /// Measured by whoever asked.
    public var durationNanoseconds: Int64 = 0
    public var candidates = 0
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

    /// A rule whose condition could not be answered.
    public struct Failure: Sendable, Hashable {
        public let id: String
        public let message: String
    }

    /// The decision in the shape of the public surface.
    public var value: Value {
        let requiresApproval = effect == .requireApproval
        return .map(
            ValueMap([
                "id": .string(id), "effect": .string(effect.rawValue), "allowed": .bool(allowed),
                "approval": requiresApproval ? .map(ValueMap(["required": .bool(true)])) : .null,
                "rule": rule.map { .map(ValueMap(["id": .string($0.id), "version": .int($0.version)])) } ?? .null,
                "message": .string(message), "remediation": remediation.map(Value.string) ?? .null,
                "settings": .map(ValueMap(settings)), "transformed": .map(ValueMap(transformed)),
                "matched": .list(matched.map(\.value)), "shadow": .list(shadow.map(\.value)),
                "errors": .list(errors.map { .map(ValueMap(["id": .string($0.id), "message": .string($0.message)])) }),
                "ruleSet": .string(ruleSet), "durationNanoseconds": .int(durationNanoseconds),
                "candidates": .int(Int64(candidates)), "evaluated": .int(Int64(evaluated)),
            ]))
    }
}

extension Decision.Match {
    var value: Value {
        .map(
            ValueMap([
                "id": .string(id), "version": .int(version), "effect": .string(effect.rawValue),
                "enforcement": .string(enforcement.rawValue),
            ]))
    }
}
