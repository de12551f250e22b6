import HiveAPI

extension InMemoryNode: DecisionLogService {
    func recentDecisions(_ query: DecisionQuery, as caller: Caller) async throws -> Page<RecentDecision> {
        note("recentDecisions", caller)
        let decision = RecentDecision(
            id: "d1", time: Self.time(1), event: "tool.pre", effect: "deny", allowed: false, ruleSet: "main@1")
        return Page(items: [decision].filter(query.admits))
    }
}
