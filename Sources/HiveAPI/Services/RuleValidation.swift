/// Looking at rules without making them law.
public protocol RuleValidation: Sendable {
    /// Reads, compiles and tests what would be pushed, and writes nothing: `active` is false, and `problems` tells what is
    /// wrong. Throws `invalid_input` for what is no question.
    func validate(_ request: PushRules, as caller: Caller) async throws -> PushAnswer
}
