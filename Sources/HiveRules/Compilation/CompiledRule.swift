import HiveCEL

/// A rule ready to be asked: patterns, guards and expressions compiled. A class, since it is large, never changes, and is
/// handed about in every decision.
final class CompiledRule: Sendable {
    let rule: Rule
    /// All that an index may find the rule by.
    let guards: [Guard]
    let patterns: [MatchPattern]
    let commandPatterns: [MatchPattern]
    let expressions: RuleExpressions
    /// Guards out of the condition, asked before it: those about the input, and those about commands.
    let inputGuards: [Guard]
    let commandGuards: [Guard]
    /// Whether the rule looks at one sub-command at a time.
    let looksAtCommand: Bool
    /// Whether it cannot be answered where the command could not be taken apart.
    let needsCommands: Bool
    /// What is shown with a decision of the rule, by name.
    let shown: [String: ShownValue]
    /// What is said where the rule has no message.
    let defaultMessage: String
    private static let longestPattern = 1_024
    private let period: CompiledPeriod
    let assignments: CompiledAssignments
    private let isAlwaysInEffect: Bool

    init(
        _ rule: Rule, schema: InputSchema, fields: inout FieldTable, zones: (any TimeZoneProvider)? = nil,
        sharing shared: SharedExpressions = .none
    ) throws(RuleError) {
        self.rule = rule
        defaultMessage = "rule `\(rule.name)` applies"
        try Self.checkEvents(of: rule, schema)
        period = try CompiledPeriod(rule.effective, zones: zones, at: rule.location(of: "effective"))
        isAlwaysInEffect = rule.effective.isUnlimited
        assignments = try CompiledAssignments(rule, fields: &fields, zones: zones)
        var all: [MatchPattern] = []
        for list in rule.match.lists {
            for pattern in list.patterns where pattern.utf8.count > Self.longestPattern {
                throw RuleError(
                    "rule `\(rule.name)`: a pattern in `\(list.name)` is longer than \(Self.longestPattern) bytes",
                    at: rule.location(of: "match"), hint: "match a beginning, and ask for the rest in when")
            }
            let isPath = list.field == .top("path")
            all.append(
                MatchPattern(
                    field: list.field, number: fields.number(of: list.field),
                    globs: list.patterns.map { Glob($0, isPath: isPath) }))
        }
        patterns = all.filter { !$0.field.isOfCommand }
        commandPatterns = all.filter(\.field.isOfCommand)
        expressions = try RuleExpressions(rule, schema: schema, sharing: shared)
        var drafted: [Guard] = []
        if let condition = expressions.condition {
            let reader = GuardReader(
                schema: schema, params: rule.params, variables: expressions.variables.expressions)
            for draft in reader.guards(of: condition.syntax) {
                drafted.append(
                    Guard(
                        field: draft.field, number: fields.number(of: draft.field), tests: draft.tests,
                        absence: draft.absence, isAboutAnyCommand: draft.isAboutAnyCommand))
            }
        }
        inputGuards = drafted.filter { !$0.field.isOfCommand }
        commandGuards = drafted.filter(\.field.isOfCommand)
        guards = all.compactMap(\.asGuard) + [assignments.asGuard].compactMap(\.self) + drafted
        looksAtCommand = !commandPatterns.isEmpty || expressions.mentionsCommand
        shown = ShownValue.all(
            patterns: patterns, subjects: expressions.subjects, looksAtCommand: looksAtCommand)
        needsCommands = looksAtCommand || expressions.mentionsCommands
    }

    private static func checkEvents(of rule: Rule, _ schema: InputSchema) throws(RuleError) {
        for event in rule.match.events where !event.contains(where: { "*?".contains($0) }) {
            guard schema.events[event] == nil else { continue }
            throw RuleError(
                "rule `\(rule.name)`: there is no event `\(event)`", at: rule.location(of: "match"),
                hint: Suggestion.nearest(to: event, among: schema.eventNames)
                    ?? "known are \(schema.eventNames.joined(separator: ", ")); an EventSchema adds others")
        }
    }

    func isInEffect(_ now: Int64) -> Bool { isAlwaysInEffect || period.contains(now) }

    /// When it ends, in Unix milliseconds.
    var until: Int64? { period.until }
    var from: Int64? { period.from }

    /// Whether and how a rule applies to an input.
    enum Outcome {
        case no(Reason)
        case yes(ShellCommand?)
        /// It applies, but nothing violates it: its settings follow, its effect does not.
        case settings(ShellCommand?)
        case failure(EvaluationError)
    }

    /// Why a rule does not apply.
    enum Reason {
        case disabled
        case notInEffect
        case notAssigned
        case pattern(MatchPattern)
        case noCommand
        case guarded(Guard)
        case condition(ShellCommand?)
        case notViolated
        /// Exceptions took every command that it applied to.
        case lifted
    }
}

extension CompiledRule.Reason: CustomStringConvertible {
    var description: String {
        switch self {
        case .disabled: "the rule is disabled"
        case .notAssigned: "the rule is not assigned here"
        case .notInEffect: "the rule is not in effect now"
        case .pattern(let pattern): "\(pattern.field) fits none of \(pattern.globs.map(\.pattern))"
        case .noCommand: "there is no command"
        case .guarded(let failed): "\(failed.field) is none of \(failed.tests)"
        case .condition: "the condition is false"
        case .notViolated: "nothing violates it"
        case .lifted: "an exception is in force"
        }
    }
}
