/// A value that is known when compiling.
final class ConstantNode: Node {
    let value: Value

    init(_ value: Value) { self.value = value }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { value }
}
