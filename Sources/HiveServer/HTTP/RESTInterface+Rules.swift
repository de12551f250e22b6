import HiveAPI

extension RESTInterface {
    /// How many inputs one request may have decided.
    static let mostDecisions = 1000

    static func ruleRoutes(_ services: NodeServices) -> [Route] {
        let rules = services.rules
        return [
            Route(
                method: "GET", template: "/api/v1/rules", about: .init("listRules", "The rules of this node.", .agent),
                input: .nothing, output: .json(Page<RuleSummary>.self)
            ) { call in .json(try await rules.rules(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/rules",
                about: .init("pushRules", "Put a set of rules in force, whole or not at all.", .operator),
                input: .body(PushRules.self), output: .json(PushAnswer.self)
            ) { call in .json(try await rules.push(try call.body(as: PushRules.self), as: call.caller).json) },
            Route(
                method: "GET", template: "/api/v1/rules/{id}",
                about: .init("getRule", "One rule with its text.", .agent),
                input: .nothing, output: .json(RuleDetail.self)
            ) { call in .json(try await rules.rule(call.id, as: call.caller).json) },
            Route(
                method: "GET", template: "/api/v1/rules/{id}/history",
                about: .init("ruleHistory", "The versions of a rule, newest first.", .agent),
                input: .nothing, output: .json(Page<RuleVersion>.self)
            ) { call in .json(Page(items: try await rules.rule(call.id, as: call.caller).history).json) },
            Route(
                method: "POST", template: "/api/v1/rules/{id}/rollback",
                about: .init("rollbackRule", "Push an earlier version of a rule again.", .operator),
                input: .body(RollbackRule.self), output: .json(PushAnswer.self)
            ) { call in
                let request = try call.body(as: RollbackRule.self)
                return .json(try await rules.rollback(call.id, request, as: call.caller).json)
            },
            switchRoute(rules, "enable", "Let a rule decide again.", enabled: true),
            switchRoute(rules, "disable", "Take a rule out of force.", enabled: false),
            Route(
                method: "POST", template: "/api/v1/decisions",
                about: .init("decide", "What the rules say about an input, or about each of an array.", .agent),
                input: Route.Input(query: Switch.Explain.shape, takesAnyBody: true), output: .json(JSONValue.self)
            ) { call in
                let explain = try call.query(as: Switch.Explain.self).explain
                return .json(try await decide(call.body, explain: explain, rules, as: call.caller))
            },
        ]
    }

    private static func switchRoute(
        _ rules: any RuleService, _ verb: String, _ summary: String, enabled: Bool
    ) -> Route {
        Route(
            method: "POST", template: "/api/v1/rules/{id}/\(verb)", about: .init("\(verb)Rule", summary, .operator),
            input: .body(Switch.Nothing.self), output: .json(RuleSummary.self)
        ) { call in
            _ = try call.body(as: Switch.Nothing.self)
            return .json(try await rules.setRule(call.id, enabled: enabled, as: call.caller).json)
        }
    }

    private static func decide(
        _ input: JSONValue, explain: Bool, _ rules: any RuleService, as caller: Caller
    ) async throws -> JSONValue {
        guard let inputs = input.array else {
            guard input.object != nil else { throw JSONSource(input).mismatch("an object or an array of objects") }
            return try await rules.decide(input, explain: explain, as: caller)
        }
        guard inputs.count <= mostDecisions else {
            throw HiveError(.tooLarge, "\(inputs.count) inputs in one request, \(mostDecisions) are allowed")
        }
        var decisions: [JSONValue] = []
        for (index, input) in inputs.enumerated() {
            guard input.object != nil else { throw JSONSource(input, path: "[\(index)]").mismatch("an object") }
            decisions.append(try await rules.decide(input, explain: explain, as: caller))
        }
        return .array(decisions)
    }
}
