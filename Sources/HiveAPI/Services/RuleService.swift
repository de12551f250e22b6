/// The law.
public protocol RuleService: Sendable {
    func push(_ request: PushRules, as caller: Caller) async throws -> PushAnswer
    func rules(as caller: Caller) async throws -> Page<RuleSummary>
    func rule(_ id: String, as caller: Caller) async throws -> RuleDetail
    func setRule(_ id: String, enabled: Bool, as caller: Caller) async throws -> RuleSummary
    /// Pushes an earlier version of a rule again: nothing is rewritten.
    func rollback(_ id: String, _ request: RollbackRule, as caller: Caller) async throws -> PushAnswer
    /// The decision in the JSON shape of the public surface.
    func decide(_ input: JSONValue, explain: Bool, as caller: Caller) async throws -> JSONValue
}
