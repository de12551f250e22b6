public import HiveCEL

/// The law in force in a program. Replacing it is one step: every decision is made by the whole of one law, and those
/// that begin after `replace` has returned are made by the new one.
public actor ActiveLaw: DecisionMaker {
    public private(set) var law: CompiledRuleSet
    private let now: @Sendable () -> Int64

    /// `now` gives Unix milliseconds; periods of rules depend on it.
    public init(_ law: CompiledRuleSet, now: @escaping @Sendable () -> Int64) {
        self.law = law
        self.now = now
    }

    /// Puts another law in force.
    public func replace(_ law: CompiledRuleSet) { self.law = law }

    /// Throws ``DecisionInput/Failure`` for a question that the law's schema does not know. Many may ask at once.
    public nonisolated func decision(on question: Value) async throws -> Decision {
        let law = await law
        return law.decide(try DecisionInput(question, schema: law.schema), now: now())
    }
}
