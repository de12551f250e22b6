import HiveCEL

/// Rules ready to decide; immutable, so that many threads may ask at once and a swap is one assignment.
public struct CompiledRuleSet: Sendable {
    public let rules: [Rule]
    /// The names and versions of the sets inside.
    public let label: String
    private let compiled: [CompiledRule]
    private let index: RuleIndex

    /// No rules: everything is allowed, and no rule is named for it.
    public static let empty = CompiledRuleSet(compiled: [], label: "")

    /// Compiles all rules, or says which one cannot be and why.
    public static func compile(_ rules: [Rule], label: String) throws(RuleError) -> CompiledRuleSet {
        var compiled: [CompiledRule] = []
        for rule in rules.sorted(by: { ($0.set, $0.name) < ($1.set, $1.name) }) {
            compiled.append(try CompiledRule(rule))
        }
        return CompiledRuleSet(compiled: compiled, label: label)
    }

    private init(compiled: [CompiledRule], label: String) {
        self.compiled = compiled
        self.label = label
        rules = compiled.map(\.rule)
        index = RuleIndex(compiled)
    }

    /// Decides by the rules that the index finds. `now` is in Unix milliseconds.
    public func decide(_ input: DecisionInput, now: Int64) -> Decision {
        let places = index.candidates(event: input.event, tool: input.text("tool"))
        return decide(input, now: now, among: places)
    }

    /// Decides by asking every rule; the same decision, only slower.
    public func decideNaively(_ input: DecisionInput, now: Int64) -> Decision {
        decide(input, now: now, among: Array(compiled.indices))
    }

    private func decide(_ input: DecisionInput, now: Int64, among places: [Int]) -> Decision {
        var combiner = DecisionCombiner(input: input, label: label)
        for place in places { combiner.take(compiled[place], compiled[place].evaluate(input, now: now)) }
        var decision = combiner.decision
        decision.candidates = places.count
        decision.evaluated = places.count
        return decision
    }

    /// One line for each rule: whether it applied, and if not, why not.
    public func explain(_ input: DecisionInput, now: Int64) -> [String] {
        compiled.map { rule in
            switch rule.evaluate(input, now: now) {
            case .yes(let command):
                "\(rule.rule.name): applies (\(rule.rule.effect.rawValue))" + (command.map { " to `\($0.text)`" } ?? "")
            case .no(let reason): "\(rule.rule.name): does not apply: \(reason)"
            case .failure(let error):
                "\(rule.rule.name): cannot be answered: \(error)"
                    + (rule.rule.failsClosed ? "; counts as applying" : "; passed over")
            }
        }
    }

    /// How each rule is found.
    public func indexReport() -> [(rule: String, found: String)] {
        compiled.enumerated().map { ($0.element.rule.name, index.explanation(of: $0.offset)) }
    }
}
