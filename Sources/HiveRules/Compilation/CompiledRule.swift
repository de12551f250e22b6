import HiveCEL

/// A rule ready to be asked: patterns, guards and expressions compiled.
struct CompiledRule: Sendable {
    let rule: Rule
    /// All that an index may find the rule by.
    let guards: [Guard]
    let patterns: [MatchPattern]
    let commandPatterns: [MatchPattern]
    let expressions: RuleExpressions
    /// Guards out of the condition, asked before it: those about the input, and those about commands.
    private let inputGuards: [Guard]
    private let commandGuards: [Guard]
    /// Whether the rule looks at one sub-command at a time.
    let looksAtCommand: Bool

    init(_ rule: Rule, schema: InputSchema, fields: inout FieldTable) throws(RuleError) {
        self.rule = rule
        var all: [MatchPattern] = []
        for list in rule.match.lists {
            let isPath = list.field == .top("path")
            all.append(
                MatchPattern(
                    field: list.field, number: fields.number(of: list.field),
                    globs: list.patterns.map { Glob($0, isPath: isPath) }))
        }
        patterns = all.filter { !$0.field.isOfCommand }
        commandPatterns = all.filter(\.field.isOfCommand)
        expressions = try RuleExpressions(rule, schema: schema)
        var drafted: [Guard] = []
        if let condition = expressions.condition {
            for draft in GuardReader(schema: schema, params: rule.params).guards(of: condition.syntax) {
                drafted.append(
                    Guard(
                        field: draft.field, number: fields.number(of: draft.field), tests: draft.tests,
                        absence: draft.absence, isAboutAnyCommand: draft.isAboutAnyCommand))
            }
        }
        inputGuards = drafted.filter { !$0.field.isOfCommand }
        commandGuards = drafted.filter(\.field.isOfCommand)
        guards = all.compactMap(\.asGuard) + drafted
        looksAtCommand = !commandPatterns.isEmpty || expressions.mentionsCommand
    }

    /// Whether and how a rule applies to an input.
    enum Outcome {
        case no(Reason)
        case yes(ShellCommand?)
        case failure(EvaluationError)
    }

    /// Why a rule does not apply.
    enum Reason {
        case notInEffect
        case pattern(MatchPattern)
        case noCommand
        case guarded(Guard)
        case condition(ShellCommand?)
    }

    /// Asks patterns and guards first and the condition last; counts in `evaluated` how often it came to that.
    func evaluate(_ inquiry: Inquiry, evaluated: inout Int) -> Outcome {
        guard rule.effective.contains(inquiry.now) else { return .no(.notInEffect) }
        for pattern in patterns where !pattern.fits(inquiry) { return .no(.pattern(pattern)) }
        if let failed = inputGuards.first(where: { !$0.admits(inquiry, nil) }) { return .no(.guarded(failed)) }
        if looksAtCommand || expressions.mentionsCommands, let failure = inquiry.commandFailure {
            return .failure(failure)
        }
        guard looksAtCommand else {
            if let failed = failedGuard(inquiry, nil) { return .no(.guarded(failed)) }
            return holds(RuleActivation(inquiry, params: expressions.params), nil, &evaluated)
        }
        return evaluateCommands(inquiry, &evaluated)
    }

    /// A rule about commands applies where it does for one of them.
    private func evaluateCommands(_ inquiry: Inquiry, _ evaluated: inout Int) -> Outcome {
        var reason = Reason.noCommand
        var failure: EvaluationError?
        let activation = RuleActivation(inquiry, params: expressions.params)
        for (place, command) in inquiry.commands.enumerated() {
            if let pattern = commandPatterns.first(where: { !$0.fits(command) }) {
                reason = .pattern(pattern)
                continue
            }
            if let failed = failedGuard(inquiry, command) {
                reason = .guarded(failed)
                continue
            }
            activation.command = inquiry.commandValues[place]
            switch holds(activation, command, &evaluated) {
            case .yes: return .yes(command)
            case .failure(let error): failure = failure ?? error
            case .no(let why): reason = why
            }
        }
        return failure.map { .failure($0) } ?? .no(reason)
    }

    private func failedGuard(_ inquiry: Inquiry, _ command: ShellCommand?) -> Guard? {
        commandGuards.first { !$0.admits(inquiry, command) }
    }

    private func holds(_ activation: RuleActivation, _ command: ShellCommand?, _ evaluated: inout Int) -> Outcome {
        evaluated += 1
        guard let condition = expressions.condition else { return .yes(command) }
        switch condition.evaluate(activation) {
        case .success(.bool(true)): return .yes(command)
        case .success(.bool(false)): return .no(.condition(command))
        case .success: return .failure(EvaluationError(.noSuchOverload, "the condition is not true or false"))
        case .failure(let error): return .failure(error)
        }
    }

    /// The variables of the rule's expressions, for one of the commands or none.
    func activation(_ inquiry: Inquiry, _ command: ShellCommand?) -> RuleActivation {
        let activation = RuleActivation(inquiry, params: expressions.params)
        activation.command = command.map { .object($0) }
        return activation
    }

    /// The message, made from the input; the rule's name where it has none or where making it fails.
    func message(_ inquiry: Inquiry, _ command: ShellCommand?) -> String {
        guard let message = expressions.message,
            case .success(.string(let text)) = message.evaluate(activation(inquiry, command))
        else { return "rule `\(rule.name)` applies" }
        return text
    }

    /// The fields that a transformation replaces; an error where one cannot be made.
    func transformed(_ inquiry: Inquiry, _ command: ShellCommand?) -> Result<[String: Value], EvaluationError> {
        var fields: [String: Value] = [:]
        for (field, program) in expressions.transform {
            switch program.evaluate(activation(inquiry, command)) {
            case .success(let value): fields[field] = value
            case .failure(let error): return .failure(error)
            }
        }
        return .success(fields)
    }
}

extension CompiledRule.Reason: CustomStringConvertible {
    var description: String {
        switch self {
        case .notInEffect: "the rule is not in effect now"
        case .pattern(let pattern): "\(pattern.field) fits none of \(pattern.globs.map(\.pattern))"
        case .noCommand: "there is no command"
        case .guarded(let failed): "\(failed.field) is none of \(failed.tests)"
        case .condition: "the condition is false"
        }
    }
}
