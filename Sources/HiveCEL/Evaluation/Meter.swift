/// What an evaluation may still spend. A step is about one operation; looking at long texts and lists takes several.
public struct Meter: Sendable {
    public private(set) var remaining: Int

    public init(_ steps: Int) { remaining = steps }

    /// Pays for work before it is done. Throws `budget_exceeded` where there is not enough left.
    @inline(__always)
    public mutating func spend(_ steps: Int) throws(EvaluationError) {
        remaining -= steps
        if remaining < 0 { throw Self.exhausted }
    }

    /// Pays for going through so many bytes or elements, which is cheaper than as many operations.
    @inline(__always)
    mutating func spend(through count: Int) throws(EvaluationError) { try spend(count >> 4) }

    private static let exhausted = EvaluationError(.budgetExceeded, "the expression takes more steps than it may")
}
