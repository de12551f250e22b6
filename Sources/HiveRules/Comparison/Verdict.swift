import HiveCEL

/// What matters of a decision when two of them are compared.
public struct Verdict: Sendable, Hashable, CustomStringConvertible {
    /// The effect, or `refused` where the input does not fit the schema.
    public let effect: String
    /// The deciding rule.
    public let rule: String?
    /// Settings and replaced fields, as JSON.
    public let consequences: String

    init(_ decision: Decision) {
        effect = decision.effect.rawValue
        rule = decision.rule?.id
        consequences = JSONText.render(
            .map(
                ValueMap([
                    "settings": .map(ValueMap(decision.settings)), "transformed": .map(ValueMap(decision.transformed)),
                ])))
    }

    /// What a set says; `now` is in Unix milliseconds.
    init(_ input: Value, by set: CompiledRuleSet, now: Int64) {
        do { self.init(set.decide(try DecisionInput(input, schema: set.schema), now: now)) } catch {
            self.init(effect: "refused", rule: nil, consequences: error.message)
        }
    }

    private init(effect: String, rule: String?, consequences: String) {
        self.effect = effect
        self.rule = rule
        self.consequences = consequences
    }

    /// A decision that was recorded in the shape of the public surface. Nil for a value that is none.
    init?(recorded value: Value) {
        guard case .map(let map) = value, case .string(let effect)? = map["effect"] else { return nil }
        self.effect = effect
        if case .map(let reference)? = map["rule"], case .string(let id)? = reference["id"] {
            rule = id
        } else {
            rule = nil
        }
        consequences = JSONText.render(
            .map(
                ValueMap([
                    "settings": map["settings"] ?? .map(ValueMap()),
                    "transformed": map["transformed"] ?? .map(ValueMap()),
                ])))
    }

    public var description: String { effect + (rule.map { " by `\($0)`" } ?? "") }
}
