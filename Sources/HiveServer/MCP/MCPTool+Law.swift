import HiveAPI

extension MCPTool {
    static func evaluateRules(_ rules: any RuleService) -> MCPTool {
        MCPTool(
            name: "evaluate_rules",
            description: "Ask the rules of the fleet before you do something risky. Answers with effect (allow, deny, "
                + "require-approval, warn, …), the rule that decides, and what to do instead. Obey deny.",
            input: ToolSchema(
                [
                    "input": [
                        "type": "object", "required": ["event"],
                        "description": .string(inputDescription),
                        "properties": ["event": ["type": "string"]],
                    ],
                    "explain": ToolSchema.flag("Also why"),
                ], required: ["input"]),
            output: [
                "type": "object", "required": ["effect", "allowed"],
                "properties": ["effect": ["type": "string"], "allowed": ["type": "boolean"]],
            ], hints: .reads
        ) { arguments in
            let input: [String: JSONValue] = try arguments.required("input")
            let explain = try arguments.value("explain", default: false)
            try arguments.finish()
            let decision = try await rules.decide(.object(input), explain: explain, as: arguments.caller)
            return try approved(decision, arguments.exchange)
        }
    }

    /// Where a rule asks for approval and a person can be asked, the decision says what the person said.
    private static func approved(_ decision: JSONValue, _ exchange: MCPExchange) throws -> JSONValue {
        guard decision["effect"] == "require-approval", exchange.canAsk(.elicitation), var members = decision.object
        else { return decision }
        let isApproved = try MCPLawGate.isApproved(decision, of: "what the agent is about to do", exchange)
        members["allowed"] = .bool(isApproved)
        members["approval"] = ["required": true, "granted": .bool(isApproved)]
        return .object(members)
    }

    private static let inputDescription =
        "What you are about to do. event: tool.pre, file.write, commit, message.send or operation; then what belongs "
        + "to it: tool, command, path, content, url, args, git, project"

    static func law(_ rules: any RuleService) -> [MCPTool] {
        [
            MCPTool(
                name: "list_rules", description: "The rules of the fleet, one line each.", input: ToolSchema([:]),
                output: listSchema, hints: .reads
            ) { arguments in
                try arguments.finish()
                return try await rules.rules(as: arguments.caller).json
            },
            MCPTool(
                name: "get_rule", description: "One rule with its text and its history.",
                input: ToolSchema(["name": ToolSchema.text("The rule's name")], required: ["name"]),
                output: ["type": "object", "required": ["name", "text"]], hints: .reads
            ) { arguments in
                let name: String = try arguments.required("name")
                try arguments.finish()
                return try await rules.rule(name, as: arguments.caller).json
            },
        ]
    }

    static let listSchema: JSONValue = [
        "type": "object", "required": ["items"], "properties": ["items": ["type": "array"]],
    ]
}
