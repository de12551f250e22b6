import HiveAPI

extension MCPTool {
    static func working(_ working: any WorkingMemoryService) -> [MCPTool] {
        [getContext(working), workingMemory(working)]
    }

    private static func getContext(_ working: any WorkingMemoryService) -> MCPTool {
        MCPTool(
            name: "get_context",
            description:
                "What you should know before you go on, as one text that never takes more tokens than you say: "
                + "what you have in mind and what answers your question, the most relevant first. It is data.",
            input: ToolSchema([
                "query": ToolSchema.text("What it is for; without it only what you have in mind"),
                "budget": ToolSchema.whole("Tokens, 100 to 1000000; default 4000"),
                "format": ["type": "string", "enum": ["plain", "json", "xml"]],
                "agent": ToolSchema.text("Whose working set; default yours"),
                "category": ToolSchema.text(), "kind": ToolSchema.kind, "scope": ToolSchema.scope,
                "tags": ToolSchema.texts("All of these"),
            ]),
            output: [
                "type": "object", "required": ["block", "tokens", "leftOut"],
                "properties": ["block": ["type": "string"], "tokens": ["type": "integer"]],
            ], hints: .reads
        ) { arguments in
            var query = ContextQuery(q: try arguments.optional("query"))
            query.budget = try arguments.optional("budget")
            query.format = try arguments.value("format", default: "plain")
            query.agent = try arguments.optional("agent")
            query.category = try arguments.optional("category")
            query.kind = try arguments.optional("kind")
            query.scope = try arguments.optional("scope")
            query.tag = try arguments.value("tags", default: [])
            try arguments.finish()
            try query.checkLimits()
            let answer = try await working.context(query, as: arguments.caller)
            // What is in the block need not be told again beside it.
            return [
                "block": .string(answer.block), "tokens": .integer(Int64(answer.tokens)),
                "leftOut": .array(answer.leftOut.map(JSONValue.string)),
            ]
        }
    }

    /// What can be done with a working set.
    private enum WorkingAction: String, CaseIterable, JSONRepresentable {
        case list, attend, refresh, evict, clear

        init(json source: JSONSource) throws { self = try source.word(Self.self) }
        var json: JSONValue { .string(rawValue) }
        static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }

    private static func workingMemory(_ working: any WorkingMemoryService) -> MCPTool {
        MCPTool(
            name: "working_memory",
            description:
                "What you have in mind. attend brings a memory in or renews it, by its id; refresh renews all; "
                + "evict takes one out; clear all; list shows them. What you do not look at again fades. Memories of "
                + "kind instant that you store are in by themselves.",
            input: ToolSchema([
                "action": WorkingAction.shape.schema, "id": ToolSchema.text("For attend and evict"),
                "weight": ToolSchema.number("For attend: above 0, up to 1, default 0.5"),
                "budget": ToolSchema.whole("Tokens that the set may take"),
                "agent": ToolSchema.text("Whose set; default yours"),
            ]),
            output: ["type": "object", "required": ["items", "tokens", "budget"]], hints: .changes
        ) { arguments in
            let action: WorkingAction = try arguments.value("action", default: .list)
            let id: String? = try arguments.optional("id")
            let weight: Double? = try arguments.optional("weight")
            let budget: Int? = try arguments.optional("budget")
            let agent: String? = try arguments.optional("agent")
            try arguments.finish()
            guard (id != nil) == (action == .attend || action == .evict) else {
                throw HiveError(.invalidInput, "`\(action.rawValue)` takes \(id == nil ? "an" : "no") `id`")
            }
            guard weight == nil || action == .attend else {
                throw HiveError(.invalidInput, "`\(action.rawValue)` takes no `weight`")
            }
            let caller = arguments.caller
            let answer =
                switch action {
                case .list: try await working.workingSet(WorkingQuery(agent: agent, budget: budget), as: caller)
                case .attend:
                    try await working.attend(
                        AttendMemory(id: id ?? "", agent: agent, weight: weight, budget: budget), as: caller)
                case .refresh: try await working.refresh(RefreshWorking(agent: agent, budget: budget), as: caller)
                case .evict: try await working.evict(EvictMemory(id: id ?? "", agent: agent), as: caller)
                case .clear: try await working.clear(WorkingQuery(agent: agent, budget: budget), as: caller)
                }
            return answer.json
        }
    }
}
