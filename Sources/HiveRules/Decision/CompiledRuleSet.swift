import HiveCEL

/// Rules ready to decide; immutable, so that many threads may ask at once and a swap is one assignment.
public struct CompiledRuleSet: Sendable {
    public let rules: [Rule]
    /// The names and versions of the sets inside.
    public let label: String
    /// What inputs may hold.
    public let schema: InputSchema
    let compiled: [CompiledRule]
    let fields: FieldTable
    let index: RuleIndex

    /// No rules: everything is allowed, and no rule is named for it.
    public static let empty = CompiledRuleSet(compiled: [], fields: FieldTable(), schema: .standard, label: "")

    /// Compiles all rules, or says which one cannot be and why.
    public static func compile(_ rules: [Rule], label: String) throws(RuleError) -> CompiledRuleSet {
        let schema = InputSchema.standard
        var fields = FieldTable()
        var compiled: [CompiledRule] = []
        for rule in rules.sorted(by: { ($0.set, $0.name) < ($1.set, $1.name) }) {
            compiled.append(try CompiledRule(rule, schema: schema, fields: &fields))
        }
        return CompiledRuleSet(compiled: compiled, fields: fields, schema: schema, label: label)
    }

    private init(compiled: [CompiledRule], fields: FieldTable, schema: InputSchema, label: String) {
        self.compiled = compiled
        self.fields = fields
        self.schema = schema
        self.label = label
        rules = compiled.map(\.rule)
        index = RuleIndex(compiled, fields: fields)
    }

    /// Decides by the rules that the index finds. `now` is in Unix milliseconds.
    public func decide(_ input: DecisionInput, now: Int64) -> Decision {
        let inquiry = Inquiry(input, fields: fields, now: now)
        return decide(inquiry, among: index.candidates(inquiry))
    }

    /// Decides by asking every rule; the same decision, only slower.
    public func decideNaively(_ input: DecisionInput, now: Int64) -> Decision {
        decide(Inquiry(input, fields: fields, now: now), among: Array(compiled.indices))
    }

    private func decide(_ inquiry: Inquiry, among places: [Int]) -> Decision {
        var combiner = DecisionCombiner(inquiry: inquiry, label: label)
        var evaluated = 0
        for place in places {
            combiner.take(compiled[place], compiled[place].evaluate(inquiry, evaluated: &evaluated))
        }
        var decision = combiner.decision
        decision.candidates = places.count
        decision.evaluated = evaluated
        return decision
    }

    /// One line for each rule: whether it applied, and if not, why not.
    public func explain(_ input: DecisionInput, now: Int64) -> [String] {
        let inquiry = Inquiry(input, fields: fields, now: now)
        var evaluated = 0
        return compiled.map { rule in
            switch rule.evaluate(inquiry, evaluated: &evaluated) {
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
    public var indexReport: IndexReport { IndexReport(self) }
}
