extension HiveClient: DecisionLogService {
    public func recentDecisions(_ query: DecisionQuery, as caller: Caller) async throws -> Page<RecentDecision> {
        var parameters = [(name: "limit", value: String(query.limit))]
        for (name, value) in [("effect", query.effect), ("rule", query.rule), ("agent", query.agent)] {
            if let value { parameters.append((name, value)) }
        }
        return try await get("/api/v1/decisions", query: parameters, as: caller)
    }
}
