/// One evaluation: variables, the names inside macros, and what may still be spent.
struct Frame {
    let activation: any Activation
    var slots: [Slot]
    private(set) var budget: Int

    /// What a name inside the expression stands for.
    enum Slot: Sendable {
        /// Not yet evaluated.
        case empty
        case value(Value)
        indirect case failure(EvaluationError)
    }

    init(activation: any Activation, slots: Int, budget: Int) {
        self.activation = activation
        self.slots = slots == 0 ? [] : Array(repeating: .empty, count: slots)
        self.budget = budget
    }

    /// Pays for work before it is done.
    @inline(__always)
    mutating func spend(_ cost: Int) throws(EvaluationError) {
        budget -= cost
        if budget < 0 { throw Self.exhausted }
    }

    private static let exhausted = EvaluationError(.budgetExceeded, "the expression takes more steps than it may")
}
