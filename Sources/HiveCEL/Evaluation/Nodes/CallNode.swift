/// A call with any number of arguments.
final class CallNode: Node {
    private let arguments: [any Node]
    private let position: SourcePosition
    private let declaration: FunctionDeclaration

    init(_ declaration: FunctionDeclaration, _ arguments: [any Node], at position: SourcePosition) {
        self.declaration = declaration
        self.arguments = arguments
        self.position = position
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
        try frame.spend(1 + weight >> 4)
        do { return try declaration.call(values, &frame.meter) } catch { throw error.located(at: position) }
    }
}
