/// The variable of a macro.
final class LocalNode: Node {
    private let slot: Int

    init(slot: Int) { self.slot = slot }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.spend(1)
        if case .value(let value) = frame.slots[slot] { return value }
        throw EvaluationError(.unknownVariable, "a variable of a macro is used outside it")
    }
}
