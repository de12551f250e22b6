public import HiveCEL

/// Rules ready to decide; immutable, so that many threads may ask at once and a swap is one assignment. A class, since
/// it is large and handed about with every decision.
public final class CompiledRuleSet: Sendable {
    public let rules: [Rule]
    public let exceptions: [RuleException]
    /// The names and versions of the sets inside.
    public let label: String
    /// What inputs may hold.
    public let schema: InputSchema
    let compiled: [CompiledRule]
    let compiledExceptions: [CompiledRule]
    /// Places of exceptions by place of the rule; nothing where there are no exceptions.
    private let exceptionsByRule: [[Int]]
    let fields: FieldTable
    /// What conditions have in common.
    let shared: SharedExpressions
    let index: RuleIndex

    /// No rules: everything is allowed, and no rule is named for it.
    public static let empty = CompiledRuleSet(
        compiled: [], exceptions: [], compiledExceptions: [], fields: FieldTable(), sharing: .none, schema: .standard,
        label: "")

    /// Compiles rules alone, or says which one cannot be and why.
    public static func compile(
        _ rules: [Rule], label: String, zones: (any TimeZoneProvider)? = nil
    ) throws(RuleError) -> CompiledRuleSet {
        var contents = RuleFiles.Contents()
        contents.rules = rules
        return try compile(contents, label: label, zones: zones)
    }

    /// Completes rules that extend others, compiles everything, or says what cannot be and why. `zones` knows named time
    /// zones; without it rules may use UTC and fixed offsets.
    public static func compile(
        _ contents: RuleFiles.Contents, label: String, zones: (any TimeZoneProvider)? = nil
    ) throws(RuleError) -> CompiledRuleSet {
        let schema = try InputSchema.standard.adding(contents.schemas)
        var fields = FieldTable(for: schema)
        var compiled: [CompiledRule] = []
        let rules = try RuleResolver.resolve(contents.rules)
        let shared = RepeatedExpressions.of(rules + contents.exceptions.map(\.asRule))
        for rule in rules.sorted(by: { ($0.set, $0.name) < ($1.set, $1.name) }) {
            compiled.append(try CompiledRule(rule, schema: schema, fields: &fields, zones: zones, sharing: shared))
        }
        let exceptions = contents.exceptions.sorted { ($0.set, $0.name) < ($1.set, $1.name) }
        var compiledExceptions: [CompiledRule] = []
        for exception in exceptions {
            try refuseUnknownRules(of: exception, contents.rules)
            compiledExceptions.append(
                try CompiledRule(
                    exception.asRule, schema: schema, fields: &fields, zones: zones, sharing: shared))
        }
        return CompiledRuleSet(
            compiled: compiled, exceptions: exceptions, compiledExceptions: compiledExceptions, fields: fields,
            sharing: shared, schema: schema, label: label)
    }

    private static func refuseUnknownRules(of exception: RuleException, _ rules: [Rule]) throws(RuleError) {
        let known = rules.filter { $0.home == exception.home }.map(\.name)
        for name in exception.rules where !known.contains(name) {
            throw RuleError(
                "the exception `\(exception.name)` is one from `\(name)`, which is not in the set `\(exception.set)`",
                at: exception.location,
                hint: Suggestion.nearest(to: name, among: known) ?? "name a rule of the same set")
        }
    }

    private init(
        compiled: [CompiledRule], exceptions: [RuleException], compiledExceptions: [CompiledRule], fields: FieldTable,
        sharing shared: SharedExpressions, schema: InputSchema, label: String
    ) {
        self.compiled = compiled
        self.exceptions = exceptions
        self.compiledExceptions = compiledExceptions
        self.fields = fields
        self.shared = shared
        self.schema = schema
        self.label = label
        rules = compiled.map(\.rule)
        index = RuleIndex(compiled, fields: fields)
        var byRule: [[Int]] = exceptions.isEmpty ? [] : Array(repeating: [], count: compiled.count)
        for (place, exception) in exceptions.enumerated() {
            for (rule, compiled) in compiled.enumerated() where compiled.rule.home == exception.home {
                if exception.rules.contains(compiled.rule.name) { byRule[rule].append(place) }
            }
        }
        exceptionsByRule = byRule
    }
}

/// Deciding.
extension CompiledRuleSet {
    /// Decides by the rules that the index finds. `now` is in Unix milliseconds.
    public func decide(_ input: DecisionInput, now: Int64) -> Decision {
        decide(input, now: now) { index.candidates($0) }
    }

    /// Decides by asking every rule; the same decision, only slower.
    public func decideNaively(_ input: DecisionInput, now: Int64) -> Decision {
        decide(input, now: now) { _ in Array(compiled.indices) }
    }

    /// What a transformation makes of the input is decided once more: it may be restricted, and it must stand.
    private func decide(_ input: DecisionInput, now: Int64, among candidates: (Inquiry) -> [Int]) -> Decision {
        let inquiry = Inquiry(input, fields: fields, sharing: shared, now: now)
        let first = decideOnce(inquiry, among: candidates(inquiry))
        guard first.effect == .transform, first.allowed else { return first }
        let again = Inquiry(input.replacing(first.transformed), fields: fields, sharing: shared, now: now)
        return first.confirmed(by: decideOnce(again, among: candidates(again)))
    }

    func decideOnce(_ inquiry: Inquiry, among places: [Int]) -> Decision {
        var combiner = DecisionCombiner(inquiry: inquiry, label: label)
        var evaluated = 0
        for place in places {
            let rule = compiled[place]
            let exceptions = exceptionsByRule.isEmpty ? [] : exceptionsByRule[place]
            let outcome = rule.evaluate(inquiry, evaluated: &evaluated) { command in
                isLifted(rule, inquiry, command, exceptions, &combiner)
            }
            combiner.take(rule, outcome)
        }
        var decision = combiner.decision()
        decision.candidates = places.count
        decision.evaluated = evaluated
        return decision
    }

    private func isLifted(
        _ rule: CompiledRule, _ inquiry: Inquiry, _ command: ShellCommand?, _ exceptions: [Int],
        _ combiner: inout DecisionCombiner
    ) -> Bool {
        for place in exceptions {
            let exception = compiledExceptions[place]
            switch exception.lifts(inquiry, command) {
            case .success(true):
                combiner.note(rule, liftedBy: exception)
                return true
            case .success(false): continue
            case .failure(let error): combiner.note(exception, error)
            }
        }
        return false
    }

    /// The exceptions from a rule, by its place.
    func exceptions(of place: Int) -> [CompiledRule] {
        exceptionsByRule.isEmpty ? [] : exceptionsByRule[place].map { compiledExceptions[$0] }
    }

    /// How each rule is found.
    public var indexReport: IndexReport { IndexReport(self) }
}
