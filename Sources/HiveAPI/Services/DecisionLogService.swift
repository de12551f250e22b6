/// What the law decided lately. Kept in memory alone and gone with the process.
public protocol DecisionLogService: Sendable {
    /// Newest first. Throws `invalid_input` for a limit out of bounds.
    func recentDecisions(_ query: DecisionQuery, as caller: Caller) async throws -> Page<RecentDecision>
}
