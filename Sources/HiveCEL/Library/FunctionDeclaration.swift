/// A function that expressions may call.
public struct FunctionDeclaration: Sendable {
    public typealias Implementation = @Sendable ([Value]) throws(EvaluationError) -> Value

    public let name: String
    /// A member function's first argument is what stands before the dot.
    public let isMember: Bool
    /// How many arguments it takes, what stands before the dot included.
    public let arity: ClosedRange<Int>
    /// What it answers with where the signatures do not tell; `dyn` where that depends.
    public let result: CELType
    /// The types that it takes; none at all means that its implementation finds out.
    public let signatures: [Signature]
    let body: FunctionBody
    /// Whether it is one of the library: without effects, and known to the planner.
    let isStandard: Bool

    /// What a function takes and answers with. Type parameters stand for any type, the same wherever the name stands.
    public struct Signature: Sendable, Hashable {
        public let parameters: [CELType]
        public let result: CELType

        public init(_ parameters: [CELType], _ result: CELType) {
            self.parameters = parameters
            self.result = result
        }
    }

    /// A function with any number of arguments within the arity. The implementation throws `no_such_overload` for
    /// arguments of types that it does not take.
    public init(
        _ name: String, isMember: Bool = false, arity: ClosedRange<Int>, result: CELType = .dyn,
        signatures: [Signature] = [], implementation: @escaping Implementation
    ) {
        self.name = name
        self.isMember = isMember
        self.arity = arity
        self.result = result
        self.signatures = signatures
        body = .variadic(implementation)
        isStandard = false
    }

    /// A function with signatures; its arity is theirs.
    init(_ name: String, isMember: Bool = false, _ signatures: [Signature], _ body: FunctionBody) {
        self.name = name
        self.isMember = isMember
        let counts = signatures.map(\.parameters.count)
        arity = (counts.min() ?? 0)...(counts.max() ?? 0)
        result = .dyn
        self.signatures = signatures
        self.body = body
        isStandard = true
    }

    /// Calls it, within what may be spent. Throws `no_such_overload` for a wrong number of arguments.
    public func call(_ arguments: [Value], _ meter: inout Meter) throws(EvaluationError) -> Value {
        switch (body, arguments.count) {
        case (.unary(let body), 1): try body(arguments[0])
        case (.binary(let body), 2): try body(arguments[0], arguments[1])
        case (.variadic(let body), let count) where arity.contains(count): try body(arguments)
        case (.metered(let body), let count) where arity.contains(count): try body(arguments, &meter)
        default: throw Self.mismatch(name, arguments)
        }
    }

    static func mismatch(_ name: String, _ arguments: [Value]) -> EvaluationError {
        let types = arguments.map(\.typeName).joined(separator: ", ")
        return EvaluationError(.noSuchOverload, "`\(name)` does not take (\(types))")
    }
}
