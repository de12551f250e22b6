import HiveCEL

/// The variables of a rule, compiled in their order: each may use those before it, so that none can go in circles.
struct VariableTable: Sendable {
    /// The schema with parameters and variables.
    let environment: Environment
    /// By qualified name.
    private let byName: [String: Program]
    /// By the name after `variables.`, in their order.
    let expressions: [(name: String, expression: Expression)]

    private static let prefix = "variables."

    init(_ rule: Rule, schema: InputSchema, sharing shared: SharedExpressions) throws(RuleError) {
        var environment = schema.environment
        var byName: [String: Program] = [:]
        var expressions: [(name: String, expression: Expression)] = []
        for variable in rule.variables {
            let part = "variables.\(variable.name)"
            let program = try RuleExpressions.compile(
                variable.expression, of: rule, part: part, as: nil, in: environment, sharing: shared)
            guard let program else { continue }
            byName[part] = program
            expressions.append((variable.name, program.syntax))
            environment = environment.declaring(variable: part, as: program.resultType)
        }
        self.environment = environment
        self.byName = byName
        self.expressions = expressions
    }

    var programs: [Program] { Array(byName.values) }

    /// The expression behind a qualified name.
    func program(_ name: String) -> Program? { name.hasPrefix(Self.prefix) ? byName[name] : nil }
}
