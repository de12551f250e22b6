import HiveCEL

/// A rule ready to be asked: patterns and expressions compiled.
struct CompiledRule: Sendable {
    let rule: Rule
    let events: [Glob]
    let tools: [Glob]
    private let commands: [Glob]
    private let paths: [Glob]
    private let agents: [Glob]
    private let roles: [Glob]
    private let machines: [Glob]
    private let projects: [Glob]
    private let condition: Program?
    private let message: Program?
    private let transform: [(field: String, program: Program)]
    /// Whether the condition looks at one sub-command at a time.
    private let looksAtCommand: Bool

    init(_ rule: Rule) throws(RuleError) {
        self.rule = rule
        events = rule.match.events.map { Glob($0) }
        tools = rule.match.tools.map { Glob($0) }
        commands = rule.match.commands.map { Glob($0) }
        paths = rule.match.paths.map { Glob($0, isPath: true) }
        agents = rule.match.agents.map { Glob($0) }
        roles = rule.match.roles.map { Glob($0) }
        machines = rule.match.machines.map { Glob($0) }
        projects = rule.match.projects.map { Glob($0) }
        condition = try Self.compile(rule.when, of: rule, part: "when", as: .bool)
        message = try Self.compile(rule.message, of: rule, part: "message", as: .string)
        var transform: [(field: String, program: Program)] = []
        for (field, source) in rule.transform.sorted(by: { $0.key < $1.key }) {
            if let program = try Self.compile(source, of: rule, part: "transform.\(field)", as: .string) {
                transform.append((field, program))
            }
        }
        self.transform = transform
        looksAtCommand = !commands.isEmpty || condition?.mentions("cmd") == true || message?.mentions("cmd") == true
    }

    private static func compile(
        _ source: String?, of rule: Rule, part: String, as type: CELType
    ) throws(RuleError) -> Program? {
        guard let source else { return nil }
        do throws(CompilationError) {
            let program = try Program.compile(source, in: InputSchema.environment)
            guard program.resultType == type || program.resultType == .dyn else {
                throw CompilationError(
                    "must be \(type), not \(program.resultType)", at: SourcePosition(line: 1, column: 1))
            }
            return program
        } catch {
            throw RuleError(
                "rule `\(rule.name)`: `\(part)` at \(error.position): \(error.message)", at: rule.location,
                hint: error.hint)
        }
    }

    /// Whether and how a rule applies to an input.
    enum Outcome {
        /// Why not, for people.
        case no(String)
        case yes(ShellCommand?)
        case failure(EvaluationError)
    }

    func evaluate(_ input: DecisionInput, now: Int64) -> Outcome {
        if let reason = mismatch(with: input, now: now) { return .no(reason) }
        guard looksAtCommand else { return holds(input, command: nil) }
        let matching = input.commands.filter { command in
            commands.isEmpty || commands.contains { $0.matches(command.text) }
        }
        guard !matching.isEmpty else {
            return .no(commands.isEmpty ? "there is no command" : "no command fits \(rule.match.commands)")
        }
        var failure: EvaluationError?
        for command in matching {
            switch holds(input, command: command) {
            case .yes: return .yes(command)
            case .failure(let error): failure = failure ?? error
            case .no: continue
            }
        }
        return failure.map { .failure($0) } ?? .no("the condition is false")
    }

    private func holds(_ input: DecisionInput, command: ShellCommand?) -> Outcome {
        guard let condition else { return .yes(command) }
        let variables = InputActivation(input: input, command: command, params: rule.params)
        switch condition.evaluate(variables) {
        case .success(.bool(true)): return .yes(command)
        case .success(.bool(false)): return .no("the condition is false")
        case .success: return .failure(EvaluationError(.noSuchOverload, "the condition is not true or false"))
        case .failure(let error): return .failure(error)
        }
    }

    private func mismatch(with input: DecisionInput, now: Int64) -> String? {
        if !rule.effective.contains(now) { return "the rule is not in effect now" }
        if !Self.fits(events, input.event) { return "the event is \(input.event)" }
        if !Self.fits(tools, input.text("tool")) { return "the tool does not fit" }
        if !Self.fits(paths, input.text("path")) { return "the path does not fit" }
        if !Self.fits(projects, input.text("project")) { return "the project does not fit" }
        if !Self.fits(agents, input.text("agent", "name")) { return "the agent does not fit" }
        if !Self.fits(machines, input.text("machine", "name")) { return "the machine does not fit" }
        let held = input.texts("agent", "roles")
        if !roles.isEmpty, !held.contains(where: { role in roles.contains { $0.matches(role) } }) {
            return "the agent has none of the roles"
        }
        return nil
    }

    private static func fits(_ globs: [Glob], _ text: String?) -> Bool {
        guard !globs.isEmpty else { return true }
        guard let text else { return false }
        return globs.contains { $0.matches(text) }
    }

    /// The message, made from the input; the rule's name where it has none or where making it fails.
    func message(for input: DecisionInput, command: ShellCommand?) -> String {
        let variables = InputActivation(input: input, command: command, params: rule.params)
        guard let message, case .success(.string(let text)) = message.evaluate(variables) else {
            return "rule `\(rule.name)` applies"
        }
        return text
    }

    /// The fields that a transformation replaces; an error where one cannot be made.
    func transformed(_ input: DecisionInput, command: ShellCommand?) -> Result<[String: Value], EvaluationError> {
        let variables = InputActivation(input: input, command: command, params: rule.params)
        var fields: [String: Value] = [:]
        for (field, program) in transform {
            switch program.evaluate(variables) {
            case .success(let value): fields[field] = value
            case .failure(let error): return .failure(error)
            }
        }
        return .success(fields)
    }
}

/// The variables of a condition, looked up as they are asked for.
private struct InputActivation: Activation {
    let input: DecisionInput
    let command: ShellCommand?
    let params: [String: Value]

    func value(named name: String) -> Value? {
        switch name {
        case "cmd": command.map { .object($0) }
        case "commands": .list(input.commands.map { .object($0) })
        case "params": .map(ValueMap(params))
        case "agent", "machine", "git": input.fields[name] ?? .map(ValueMap())
        default: input.fields[name]
        }
    }
}
