/// `&&` and `||`. Where one operand decides alone, errors of the others do not matter, whichever comes first.
final class JunctionNode: Node {
    private let operands: [any Node]
    /// The value that decides: false for `&&`, true for `||`.
    private let decisive: Bool

    init(_ operands: [any Node], decidedBy decisive: Bool) {
        self.operands = operands
        self.decisive = decisive
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        var failure: EvaluationError?
        for operand in operands {
            do {
                if try operand.condition(&frame) == decisive { return .bool(decisive) }
            } catch {
                if error.kind == .budgetExceeded { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }
}
