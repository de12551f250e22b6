public import HiveCEL

/// Who decides: a law at hand, or a node that is asked.
public protocol DecisionMaker: Sendable {
    /// The decision on one input, such as `{"event": "operation", "name": "…"}`. Throws where there is none.
    func decision(on question: Value) async throws -> Decision
}
