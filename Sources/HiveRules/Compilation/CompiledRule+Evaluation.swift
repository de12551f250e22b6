import HiveCEL

/// Asking a rule.
extension CompiledRule {
    /// Asks patterns and guards first and the condition last; counts in `evaluated` how often it came to that. A
    /// command for which `isLifted` holds is passed over; where the rule looks at no command it is asked with nil.
    func evaluate(
        _ inquiry: Inquiry, evaluated: inout Int, isLifted: (ShellCommand?) -> Bool = { _ in false }
    ) -> Outcome {
        if let reason = preclusion(inquiry) { return .no(reason) }
        if needsCommands, let failure = inquiry.commandFailure {
            return .failure(failure)
        }
        if looksAtCommand { return evaluateCommands(inquiry, &evaluated, isLifted) }
        if let failed = failedCommandGuard(inquiry, nil) { return .no(.guarded(failed)) }
        let outcome = holds(RuleActivation(inquiry, expressions), nil, &evaluated)
        if case .no = outcome { return outcome }
        return isLifted(nil) ? .no(.lifted) : outcome
    }

    /// Why the rule does not apply, as far as that can be said without a condition or a command.
    private func preclusion(_ inquiry: Inquiry) -> Reason? {
        if rule.enforcement == .disabled { return .disabled }
        guard isInEffect(inquiry.now) else { return .notInEffect }
        guard assignments.priority(for: inquiry) != nil else { return .notAssigned }
        // By their places, since handing them about would copy all that they hold.
        for place in patterns.indices where !patterns[place].fits(inquiry) { return .pattern(patterns[place]) }
        for place in inputGuards.indices where !inputGuards[place].admits(inquiry, nil) {
            return .guarded(inputGuards[place])
        }
        return nil
    }

    /// A rule about commands applies where it does for one of them.
    private func evaluateCommands(
        _ inquiry: Inquiry, _ evaluated: inout Int, _ isLifted: (ShellCommand?) -> Bool
    ) -> Outcome {
        var reason = Reason.noCommand
        var failure: EvaluationError?
        var settings: Outcome?
        let activation = RuleActivation(inquiry, expressions)
        for place in inquiry.commands.indices {
            let outcome = evaluate(place, activation, &evaluated)
            if case .no(let why) = outcome {
                reason = why
            } else if isLifted(inquiry.commands[place]) {
                reason = .lifted
            } else if case .failure(let error) = outcome {
                failure = failure ?? error
            } else if case .settings = outcome {
                settings = settings ?? outcome
            } else {
                return outcome
            }
        }
        return failure.map { .failure($0) } ?? settings ?? .no(reason)
    }

    /// Asks about one sub-command; everything that is no command's business has been asked before.
    private func evaluate(_ place: Int, _ activation: RuleActivation, _ evaluated: inout Int) -> Outcome {
        let inquiry = activation.inquiry
        let command = inquiry.commands[place]
        if let pattern = commandPatterns.first(where: { !$0.fits(command) }) { return .no(.pattern(pattern)) }
        if let failed = failedCommandGuard(inquiry, command) { return .no(.guarded(failed)) }
        activation.look(atCommand: place)
        return holds(activation, command, &evaluated)
    }

    /// What comes of each sub-command by itself; nil where the rule looks at no command.
    func outcomes(_ inquiry: Inquiry) -> [Outcome]? {
        guard looksAtCommand else { return nil }
        var evaluated = 0
        if let reason = preclusion(inquiry) { return inquiry.commands.map { _ in .no(reason) } }
        let activation = RuleActivation(inquiry, expressions)
        return inquiry.commands.indices.map { evaluate($0, activation, &evaluated) }
    }

    private func failedCommandGuard(_ inquiry: Inquiry, _ command: ShellCommand?) -> Guard? {
        commandGuards.first { !$0.admits(inquiry, command) }
    }

    private func holds(_ activation: RuleActivation, _ command: ShellCommand?, _ evaluated: inout Int) -> Outcome {
        evaluated += 1
        switch Self.answer(expressions.condition, activation) {
        case .success(false): return .no(.condition(command))
        case .failure(let error): return .failure(error)
        case .success(true): break
        }
        switch Self.answer(expressions.violation, activation) {
        case .success(true): return .yes(command)
        case .success(false): return rule.settings.isEmpty ? .no(.notViolated) : .settings(command)
        case .failure(let error): return .failure(error)
        }
    }

    /// A condition that is not given holds.
    private static func answer(_ condition: Program?, _ activation: RuleActivation) -> Result<Bool, EvaluationError> {
        guard let condition else { return .success(true) }
        switch activation.evaluate(condition) {
        case .success(.bool(let truth)): return .success(truth)
        case .success: return .failure(EvaluationError(.noSuchOverload, "the condition is not true or false"))
        case .failure(let error): return .failure(error)
        }
    }

    /// The variables of the rule's expressions, for one of the commands or none.
    func activation(_ inquiry: Inquiry, _ command: ShellCommand?) -> RuleActivation {
        let activation = RuleActivation(inquiry, expressions)
        // Without a command nothing is taken apart.
        if let command, let place = inquiry.commands.firstIndex(of: command) { activation.look(atCommand: place) }
        return activation
    }

    /// The message, made from the input; the rule's name where it has none or where making it fails.
    func message(_ inquiry: Inquiry, _ command: ShellCommand?) -> String {
        guard let message = expressions.message,
            case .success(.string(let text)) = activation(inquiry, command).evaluate(message)
        else { return defaultMessage }
        return text
    }

    /// What the rule looked at, by the path of each value.
    func values(_ inquiry: Inquiry, _ command: ShellCommand?) -> [String: Value] {
        let activation = activation(inquiry, command)
        var isComplete = true
        let values = shown.mapValues { shown -> Value in
            if let value = shown.value(in: activation, command) { return value }
            isComplete = false
            return .null
        }
        // Keeping the keys in their places is much faster than putting each in its place, and nearly always enough.
        return isComplete ? values : shown.compactMapValues { $0.value(in: activation, command) }
    }

    /// The fields that a transformation replaces; an error where one cannot be made.
    func transformed(_ inquiry: Inquiry, _ command: ShellCommand?) -> Result<[String: Value], EvaluationError> {
        var fields: [String: Value] = [:]
        let activation = activation(inquiry, command)
        for (field, program) in expressions.transform {
            switch activation.evaluate(program) {
            case .success(let value): fields[field] = value
            case .failure(let error): return .failure(error)
            }
        }
        return .success(fields)
    }
}
