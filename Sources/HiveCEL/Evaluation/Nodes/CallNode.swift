/// A call with any number of arguments.
final class CallNode: Node {
    private let arguments: [any Node]
    private let position: SourcePosition
    private let body: FunctionDeclaration.Implementation

    init(_ arguments: [any Node], at position: SourcePosition, _ body: @escaping FunctionDeclaration.Implementation) {
        self.arguments = arguments
        self.position = position
        self.body = body
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        var values: [Value] = []
        values.reserveCapacity(arguments.count)
        var weight = 0
        for argument in arguments {
            let value = try argument.evaluate(&frame)
            weight += value.weight
            values.append(value)
        }
        try frame.spend(1 + weight / 16)
        do { return try body(values) } catch { throw error.located(at: position) }
    }
}
