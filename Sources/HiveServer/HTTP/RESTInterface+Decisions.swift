import HiveAPI

extension RESTInterface {
    static func decisionLogRoutes(_ services: NodeServices) -> [Route] {
        [
            Route(
                method: "GET", template: "/api/v1/decisions",
                about: .init("recentDecisions", "The last decisions of this node, newest first.", .operator),
                input: .query(DecisionQuery.self), output: .json(Page<RecentDecision>.self)
            ) { call in
                let query = try call.query(as: DecisionQuery.self)
                try query.checkLimits()
                return .json(try await services.decisionLog.recentDecisions(query, as: call.caller).json)
            }
        ]
    }
}
