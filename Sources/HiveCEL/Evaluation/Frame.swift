/// One evaluation: variables, the names inside macros, and what may still be spent.
struct Frame {
    let activation: any Activation
    var slots: [Slot]
    var meter: Meter

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
        meter = Meter(budget)
    }

    /// Pays for work before it is done.
    @inline(__always)
    mutating func spend(_ steps: Int) throws(EvaluationError) { try meter.spend(steps) }
}
