/// A function that expressions may call.
public struct FunctionDeclaration: Sendable {
    public typealias Implementation = @Sendable ([Value]) throws(EvaluationError) -> Value

    public let name: String
    /// A member function's first argument is what stands before the dot.
    public let isMember: Bool
    /// How many arguments it takes, what stands before the dot included.
    public let arity: ClosedRange<Int>
    /// What it answers with; `dyn` where that depends.
    public let result: CELType
    public let implementation: Implementation

    public init(
        _ name: String, isMember: Bool = false, arity: ClosedRange<Int>, result: CELType = .dyn,
        implementation: @escaping Implementation
    ) {
        self.name = name
        self.isMember = isMember
        self.arity = arity
        self.result = result
        self.implementation = implementation
    }

    static func mismatch(_ name: String, _ arguments: [Value]) -> EvaluationError {
        let types = arguments.map(\.typeName).joined(separator: ", ")
        return EvaluationError(.noSuchOverload, "`\(name)` does not take (\(types))")
    }
}
