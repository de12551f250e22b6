import HiveAPI

extension MCPTool {
    static func agents(_ services: NodeServices) -> [MCPTool] {
        [registerAgent(services.agents), agentRoster(services.agents)]
    }

    private static func registerAgent(_ agents: any AgentService) -> MCPTool {
        MCPTool(
            name: "register_agent",
            description:
                "Make yourself known to the fleet: what you are for and what you can do, so that others find you, ask "
                + "you and give you tasks. Register again when that changes.",
            input: ToolSchema([
                "name": ToolSchema.text("Letters, digits, . _ - @; default: the name that you connected under"),
                "role": ToolSchema.text("One word, as builder or reviewer"),
                "capabilities": [
                    "description": "A list of words, or {cognitive, performance_tier, resource_requirements}",
                    "type": ["array", "object"],
                ],
                "description": ToolSchema.text(), "model": ToolSchema.text(), "client": ToolSchema.text(),
                "max_concurrent_tasks": ToolSchema.whole("How many tasks you take at once"),
                "scope": ToolSchema.scope,
            ]),
            output: agentSchema, hints: .changes
        ) { arguments in
            let caller = arguments.caller
            guard let name = try arguments.optional("name") ?? caller.agent else {
                throw HiveError(.invalidInput, "the argument `name` is missing", hint: "say what you are called")
            }
            var request = RegisterAgent(name: name)
            request.role = try arguments.optional("role")
            request.capabilities = try capabilities(arguments.optional("capabilities"))
            request.description = try arguments.optional("description")
            request.model = try arguments.optional("model")
            request.client = try arguments.optional("client")
            request.limits.maxConcurrentTasks = try arguments.optional("max_concurrent_tasks")
            request.scope = try arguments.optional("scope")
            try arguments.finish()
            try request.checkLimits()
            return MemoryText.lean(try await agents.register(request, as: caller).json)
        }
    }

    /// The declaration, or only the list of what the agent can do.
    private static func capabilities(_ value: JSONValue?) throws -> AgentCapabilities {
        guard let value else { return AgentCapabilities() }
        let source = JSONSource(value, path: "capabilities", isStrict: true)
        guard value.array == nil else { return AgentCapabilities(cognitive: try [String](json: source)) }
        return try AgentCapabilities(json: source)
    }

    private static func agentRoster(_ agents: any AgentService) -> MCPTool {
        MCPTool(
            name: "get_agent_roster",
            description:
                "Who is in the fleet: agents with their roles, capabilities, load, and whether they were heard lately "
                + "(active) or not (idle; messages wait for them).",
            input: ToolSchema([
                "query": ToolSchema.text("Words of name, role, description, capabilities"),
                "state": ["type": "string", "enum": ["active", "idle", "suspended", "retired"]],
                "role": ToolSchema.text(), "capability": ToolSchema.text(),
                "node": ToolSchema.text("Name or id of a machine's node"),
                "limit": ToolSchema.whole("1 to 100, default 50"), "cursor": ToolSchema.text(),
            ]),
            output: [
                "type": "object", "required": ["items", "next"],
                "properties": [
                    "items": ["type": "array", "items": agentSchema], "next": ["type": ["string", "null"]],
                ],
            ], hints: .reads
        ) { arguments in
            var query = AgentQuery(q: try arguments.optional("query"))
            query.state = try arguments.optional("state")
            query.role = try arguments.optional("role")
            query.capability = try (arguments.optional("capability") as String?).map { [$0] } ?? []
            query.node = try arguments.optional("node")
            query.limit = try arguments.limit(default: 50)
            query.cursor = try arguments.optional("cursor")
            try arguments.finish()
            let page = try await agents.agents(query, as: arguments.caller)
            return [
                "items": .array(page.items.map { MemoryText.lean($0.json) }),
                "next": page.next.map(JSONValue.string) ?? .null,
            ]
        }
    }

    private static let agentSchema: JSONValue = [
        "type": "object", "required": ["name", "address", "state"],
        "properties": [
            "name": ["type": "string"], "address": ["type": "string"], "state": ["type": "string"],
            "role": ["type": "string"], "capabilities": ["type": "object"],
        ],
    ]
}
