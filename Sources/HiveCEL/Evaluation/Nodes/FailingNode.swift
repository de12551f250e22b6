/// What is known to fail when compiling, and is yet only an error where it is evaluated.
final class FailingNode: Node {
    private let error: EvaluationError

    init(_ error: EvaluationError) { self.error = error }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value { throw error }
}
