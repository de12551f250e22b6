import HiveAPI
import HiveCore

extension MCPTool {
    static func recalling(_ memories: any MemoryService) -> [MCPTool] {
        [search(memories), retrieve(memories), recent(memories)]
    }

    private static func search(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "search_memories",
            description: "Find what any agent of the fleet has remembered, best first. Use it before you start on "
                + "something. Plain words do: names, error texts, paths.",
            input: ToolSchema(
                [
                    "query": ToolSchema.text("Words to look for"), "category": ToolSchema.text(),
                    "user_id": ToolSchema.text(), "limit": ToolSchema.whole("1 to 100, default 10"),
                    "semantic": ToolSchema.flag("Also by meaning where the node can; default true"),
                    "kind": ToolSchema.kind, "scope": ToolSchema.scope, "tags": ToolSchema.texts("All of these"),
                    "cursor": ToolSchema.text("`next` of the page before"),
                ], required: ["query"]),
            output: MemoryText.pageSchema, hints: .reads
        ) { arguments in
            var query = MemoryQuery(q: try arguments.required("query"), limit: try arguments.limit(default: 10))
            query.category = try arguments.optional("category")
            query.user = try arguments.optional("user_id")
            query.semantic = try arguments.value("semantic", default: true)
            query.kind = try arguments.optional("kind")
            query.scope = try arguments.optional("scope")
            query.tag = try arguments.value("tags", default: [])
            query.cursor = try arguments.optional("cursor")
            try arguments.finish()
            return MemoryText.page(try await memories.search(query, as: arguments.caller))
        }
    }

    private static func retrieve(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "retrieve_memory",
            description: "One memory in full, with its version, author, links and whether it is contested.",
            input: ToolSchema(["id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id")]),
            output: [
                "type": "object", "required": ["id", "version"],
                "properties": [
                    "id": ["type": "string"], "content": ["type": "string"], "version": ["type": "string"],
                    "contested": ["type": "boolean"],
                ],
            ], hints: .reads
        ) { arguments in
            let id = try arguments.memoryID()
            try arguments.finish()
            return MemoryText.lean(try await memories.memory(id, as: arguments.caller).json)
        }
    }

    private static func recent(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "get_recent_memories",
            description: "What was remembered or changed lately, newest first.",
            input: ToolSchema([
                "hours": ToolSchema.number("How far back, default 24"),
                "limit": ToolSchema.whole("1 to 100, default 20"), "category": ToolSchema.text(),
                "user_id": ToolSchema.text(), "kind": ToolSchema.kind, "scope": ToolSchema.scope,
                "cursor": ToolSchema.text(),
            ]),
            output: MemoryText.pageSchema, hints: .reads
        ) { arguments in
            let hours: Double = try arguments.value("hours", default: 24)
            guard hours > 0, hours <= 876_000 else {
                throw HiveError(.invalidInput, "`hours` must lie between 0 and 876000, not at \(hours)")
            }
            var query = MemoryQuery(limit: try arguments.limit(default: 20))
            query.since = arguments.now.advanced(bySeconds: -Int64(hours * 3600)).rfc3339
            query.category = try arguments.optional("category")
            query.user = try arguments.optional("user_id")
            query.kind = try arguments.optional("kind")
            query.scope = try arguments.optional("scope")
            query.cursor = try arguments.optional("cursor")
            try arguments.finish()
            return MemoryText.page(try await memories.search(query, as: arguments.caller))
        }
    }
}
