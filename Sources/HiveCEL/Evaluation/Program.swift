/// A compiled expression: compile once, evaluate from as many threads as you like.
public struct Program: Sendable {
    public let source: String
    /// The type of the result as far as it is known; `dyn` otherwise.
    public let resultType: CELType
    public let syntax: Expression
    private let environment: Environment

    /// How many steps an evaluation may take unless told otherwise.
    public static let defaultBudget = 100_000

    private init(source: String, resultType: CELType, syntax: Expression, environment: Environment) {
        self.source = source
        self.resultType = resultType
        self.syntax = syntax
        self.environment = environment
    }

    /// Parses and checks. The error says where and what to do.
    public static func compile(_ source: String, in environment: Environment) throws(CompilationError) -> Program {
        let syntax = try Parser.parse(source)
        var checker = Checker(environment)
        let type = try checker.type(of: syntax)
        return Program(source: source, resultType: type, syntax: syntax, environment: environment)
    }

    /// Evaluates within a budget of steps.
    public func evaluate(
        _ activation: some Activation, budget: Int = Program.defaultBudget
    ) -> Result<Value, EvaluationError> {
        var evaluator = Evaluator(environment: environment, activation: activation, budget: budget)
        do { return .success(try evaluator.evaluate(syntax)) } catch { return .failure(error) }
    }
}

extension Program {
    /// Whether the expression asks for a variable.
    public func mentions(_ variable: String) -> Bool { syntax.mentions(variable) }
}

extension Expression {
    func mentions(_ variable: String) -> Bool {
        switch form {
        case .literal: false
        case .identifier(let name): name == variable
        case .select(let operand, _), .presence(let operand, _): operand.mentions(variable)
        case .call(_, let target, let arguments):
            target?.mentions(variable) == true || arguments.contains { $0.mentions(variable) }
        case .list(let elements): elements.contains { $0.mentions(variable) }
        case .map(let entries): entries.contains { $0.key.mentions(variable) || $0.value.mentions(variable) }
        case .comprehension(let comprehension):
            comprehension.range.mentions(variable) || comprehension.predicate?.mentions(variable) == true
                || comprehension.transform?.mentions(variable) == true
        }
    }
}
