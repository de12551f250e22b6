/// A compiled expression: compile once, evaluate from as many threads as you like.
public struct Program: Sendable {
    /// Behind one reference, so that handing a program about costs no more than that.
    private let content: Content

    private final class Content: Sendable {
        let source: String
        let resultType: CELType
        let syntax: Expression
        let variables: Set<String>
        let root: any Node
        let slots: Int

        init(_ source: String, _ syntax: Expression, as type: CELType, _ root: any Node, _ planner: Planner) {
            self.source = source
            self.syntax = syntax
            self.root = root
            resultType = type
            variables = planner.variables
            slots = planner.slots
        }
    }

    public var source: String { content.source }
    /// The type of the result as far as it is known; `dyn` otherwise.
    public var resultType: CELType { content.resultType }
    public var syntax: Expression { content.syntax }
    /// The variables that the expression asks for, by their qualified names.
    public var variables: Set<String> { content.variables }

    /// How many steps an evaluation may take unless told otherwise. A step is about one operation; looking at long
    /// texts and lists takes several.
    public static let defaultBudget = 100_000

    /// Parses and checks. The error says where and what to do. Parts that are in `shared` are evaluated once for all
    /// programs that are given the same results.
    public static func compile(
        _ source: String, in environment: Environment, macros: Bool = true, limits: CompilationLimits = .default,
        sharing shared: SharedExpressions = .none
    ) throws(CompilationError) -> Program {
        let syntax = try Parser.parse(source, limits: limits, macros: macros)
        let type = try Checker.type(of: syntax, in: environment)
        var planner = Planner(environment, limits: limits, sharing: shared)
        let root = planner.plan(syntax)
        guard planner.diagnostics.isEmpty else { throw CompilationError(planner.diagnostics) }
        return Program(content: Content(source, syntax, as: type, root, planner))
    }

    /// Parses only: what does not fit together is an error where it is evaluated. Its result type is `dyn`.
    public static func compileUnchecked(
        _ source: String, in environment: Environment, macros: Bool = true, limits: CompilationLimits = .default
    ) throws(CompilationError) -> Program {
        let syntax = try Parser.parse(source, limits: limits, macros: macros)
        var planner = Planner(environment, limits: limits)
        let root = planner.plan(syntax)
        return Program(content: Content(source, syntax, as: .dyn, root, planner))
    }

    /// Evaluates within a budget of steps.
    public func evaluate(
        _ activation: some Activation, budget: Int = Program.defaultBudget
    ) -> Result<Value, EvaluationError> {
        var frame = Frame(activation: activation, slots: content.slots, budget: budget)
        do { return .success(try content.root.evaluate(&frame)) } catch { return .failure(error) }
    }

    /// Whether the expression asks for a variable.
    public func mentions(_ variable: String) -> Bool { variables.contains(variable) }
}
