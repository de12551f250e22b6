import HiveAPI

/// Making law, and how it is kept.
extension MCPTool {
    static func legislation(_ services: NodeServices) -> [MCPTool] {
        [createRule(services.rules)] + (services.validation.map { [validateRule($0)] } ?? [])
            + [complianceReport(services.decisionLog)]
    }

    private static let pushSchema: JSONValue = [
        "type": "object", "required": ["set", "version", "rules", "active", "problems"],
        "properties": [
            "set": ["type": "string"], "version": ["type": "string"], "active": ["type": "boolean"],
            "rules": ["type": "array", "items": ["type": "string"]],
            "problems": ["type": "array", "items": ["type": "object"]],
        ],
    ]

    private static let text = ToolSchema.text("Rule documents as YAML, with their tests")

    private static func request(_ arguments: inout ToolArguments) throws -> PushRules {
        let text: String = try arguments.required("text")
        let set: String = try arguments.required("set")
        try arguments.finish()
        return PushRules(sources: [RuleSource(path: "\(set).yaml", text: text)], set: set)
    }

    private static func createRule(_ rules: any RuleService) -> MCPTool {
        MCPTool(
            name: "create_rule",
            description: "Make rules law in the whole hive, as a set of their own. They take the place of what the set "
                + "held. Needs an operator's token; agents are refused.",
            input: ToolSchema(
                ["text": text, "set": ToolSchema.text("The set's name")], required: ["text", "set"]),
            output: pushSchema, hints: .removes
        ) { arguments in
            let request = try request(&arguments)
            try arguments.caller.requireOperator(to: "change the law")
            return try await rules.push(request, as: arguments.caller).json
        }
    }

    private static func validateRule(_ validation: any RuleValidation) -> MCPTool {
        MCPTool(
            name: "validate_rule",
            description: "Read, compile and test rules without making them law. `problems` says what is wrong.",
            input: ToolSchema(
                ["text": text, "set": ToolSchema.text("The set's name; default draft")], required: ["text"]),
            output: pushSchema, hints: .reads
        ) { arguments in
            let text: String = try arguments.required("text")
            let set = try arguments.value("set", default: "draft")
            try arguments.finish()
            let request = PushRules(sources: [RuleSource(path: "\(set).yaml", text: text)], set: set)
            return try await validation.validate(request, as: arguments.caller).json
        }
    }

    private static func complianceReport(_ log: any DecisionLogService) -> MCPTool {
        MCPTool(
            name: "get_compliance_report",
            description: "How the law was kept lately: the last 200 decisions of this node by effect, by rule and by "
                + "agent. Needs an operator's token.",
            input: ToolSchema([
                "rule": ToolSchema.text("Only this rule"), "agent": ToolSchema.text("Only this agent"),
            ]),
            output: [
                "type": "object", "required": ["decisions", "allowed", "byEffect", "byRule", "byAgent", "refused"],
                "properties": [
                    "decisions": ["type": "integer"], "allowed": ["type": "integer"], "byEffect": ["type": "object"],
                    "byRule": ["type": "object"], "byAgent": ["type": "object"],
                    "refused": ["type": "array", "items": ["type": "object"]],
                ],
            ], hints: .reads
        ) { arguments in
            var query = DecisionQuery(limit: DecisionQuery.most)
            query.rule = try arguments.optional("rule")
            query.agent = try arguments.optional("agent")
            try arguments.finish()
            return report(on: try await log.recentDecisions(query, as: arguments.caller).items)
        }
    }

    private static func report(on decisions: [RecentDecision]) -> JSONValue {
        func counts(_ property: (RecentDecision) -> String?) -> JSONValue {
            let counts = Dictionary(decisions.compactMap(property).map { ($0, 1 as Int64) }, uniquingKeysWith: +)
            return .object(counts.mapValues(JSONValue.integer))
        }
        var members: [String: JSONValue] = [
            "decisions": .integer(Int64(decisions.count)),
            "allowed": .integer(Int64(decisions.count(where: \.allowed))), "byEffect": counts(\.effect),
            "byRule": counts(\.rule), "byAgent": counts(\.agent),
            "refused": .array(decisions.filter { !$0.allowed }.prefix(20).map(\.json)),
        ]
        members["since"] = decisions.last.map { .string($0.time) }
        return .object(members)
    }
}
