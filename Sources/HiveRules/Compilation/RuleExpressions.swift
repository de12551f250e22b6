import HiveCEL

/// The expressions of a rule, compiled. A class, since every question that the rule is asked hands them about.
final class RuleExpressions: Sendable {
    let condition: Program?
    /// What the effect on the verdict asks for beside the condition.
    let violation: Program?
    let message: Program?
    let transform: [(field: String, program: Program)]
    let params: Value
    let variables: VariableTable
    /// What the expressions are checked against: the schema, the parameters and the variables.
    let environment: Environment
    /// The parts of the input that the condition looks at.
    let subjects: [ValuePath]

    init(_ rule: Rule, schema: InputSchema, sharing shared: SharedExpressions) throws(RuleError) {
        params = .map(ValueMap(rule.params))
        variables = try VariableTable(rule, schema: schema, sharing: shared)
        environment = variables.environment
        condition = try Self.compile(
            rule.when, of: rule, part: "when", as: .bool, in: environment, sharing: shared)
        violation = try Self.compile(
            rule.violation, of: rule, part: "violation", as: .bool, in: environment, sharing: shared)
        message = try Self.compile(rule.message, of: rule, part: "message", as: .string, in: environment)
        var transform: [(field: String, program: Program)] = []
        for (field, source) in rule.transform.sorted(by: { $0.key < $1.key }) {
            let part = "transform.\(field)"
            if let program = try Self.compile(source, of: rule, part: part, as: .string, in: environment) {
                transform.append((field, program))
            }
        }
        self.transform = transform
        var paths: [ValuePath] = []
        for path in [condition, violation].compactMap(\.self).flatMap({ ValuePath.all(in: $0.syntax) }) {
            if !paths.contains(path) { paths.append(path) }
        }
        subjects = paths.map { [environment] in $0.resolved(in: environment) }
    }

    private var programs: [Program] {
        [condition, violation, message].compactMap(\.self) + transform.map(\.program) + variables.programs
    }

    /// Whether the condition or what follows looks at one sub-command at a time.
    var mentionsCommand: Bool { programs.contains { $0.mentions("cmd") } }

    /// Whether the condition looks at all sub-commands together.
    var mentionsCommands: Bool {
        ([condition, violation].compactMap(\.self) + variables.programs).contains { $0.mentions("commands") }
    }

    /// `part` is the key in `spec`. Throws with the place of the key and, inside it, of the trouble.
    static func compile(
        _ source: String?, of rule: Rule, part: String, as type: CELType?, in environment: Environment,
        sharing shared: SharedExpressions = .none
    ) throws(RuleError) -> Program? {
        guard let source else { return nil }
        do throws(CompilationError) {
            let program = try Program.compile(source, in: environment, sharing: shared)
            guard type == nil || program.resultType == type || program.resultType == .dyn else {
                throw CompilationError(
                    "must be \(type ?? .dyn), not \(program.resultType)", at: SourcePosition(line: 1, column: 1))
            }
            return program
        } catch {
            let key = String(part.prefix { $0 != "." })
            throw RuleError(
                "rule `\(rule.name)`: `\(part)` at \(error.position): \(error.message)", at: rule.location(of: key),
                hint: error.hint)
        }
    }
}
