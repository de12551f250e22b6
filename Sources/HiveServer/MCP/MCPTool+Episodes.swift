import HiveAPI

extension MCPTool {
    static func episodes(_ services: NodeServices) -> [MCPTool] {
        [start(services.episodes), append(services.episodes), end(services.episodes), similar(services.episodes)]
    }

    private static func start(_ episodes: any EpisodeService) -> MCPTool {
        MCPTool(
            name: "start_episode",
            description: "Begin to write down what happens: a task, an outage, an attempt. Append events as they come, "
                + "and end it with its outcome. Similar episodes that ended well suggest skills.",
            input: ToolSchema(
                [
                    "title": ToolSchema.text("What it is about, in one line"),
                    "significance": ToolSchema.number("0 to 1"), "at": ToolSchema.text("RFC 3339, default now"),
                    "scope": ToolSchema.scope, "category": ToolSchema.text(), "context": ToolSchema.text(),
                    "tags": ToolSchema.texts(), "metadata": ToolSchema.object("Own keys and values"),
                ], required: ["title"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            var request = StartEpisode(title: try arguments.required("title"))
            request.significance = try arguments.optional("significance")
            request.at = try arguments.optional("at")
            request.scope = try arguments.optional("scope")
            request.category = try arguments.optional("category")
            request.context = try arguments.optional("context")
            request.tags = try arguments.value("tags", default: [])
            request.metadata = try arguments.value("metadata", default: [:])
            try arguments.finish()
            return MemoryText.receipt(try await episodes.startEpisode(request, as: arguments.caller))
        }
    }

    private static func append(_ episodes: any EpisodeService) -> MCPTool {
        MCPTool(
            name: "append_event",
            description: "Put down what happened in an episode: what was seen, done, found out. Several agents may "
                + "append at once.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The episode's id"), "memory_id": ToolSchema.text("Same as id"),
                    "text": ToolSchema.text("What happened"),
                    "at": ToolSchema.text("RFC 3339, default now"), "data": ["description": "Whatever else is known"],
                    "reopen": ToolSchema.flag("Whether an episode that has ended goes on with this"),
                ], required: ["text"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            let id = try arguments.memoryID()
            var event = AppendEvent(try arguments.required("text"))
            event.at = try arguments.optional("at")
            event.data = try arguments.optional("data")
            event.reopen = try arguments.value("reopen", default: false)
            try arguments.finish()
            return MemoryText.receipt(try await episodes.append(event, toEpisode: id, as: arguments.caller))
        }
    }

    private static func end(_ episodes: any EpisodeService) -> MCPTool {
        MCPTool(
            name: "end_episode", description: "End an episode with how it came out. It takes no events afterwards.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The episode's id"), "memory_id": ToolSchema.text("Same as id"),
                    "outcome": ["type": "string", "enum": ["success", "failure", "partial", "abandoned"]],
                    "significance": ToolSchema.number("How much it mattered, 0 to 1"),
                    "note": ToolSchema.text("The last event, e.g. what was learnt"),
                    "at": ToolSchema.text("RFC 3339, default now"),
                ], required: ["outcome"]),
            output: MemoryText.receiptSchema, hints: .changes
        ) { arguments in
            let id = try arguments.memoryID()
            var request = EndEpisode(outcome: try arguments.required("outcome"))
            request.significance = try arguments.optional("significance")
            request.note = try arguments.optional("note")
            request.at = try arguments.optional("at")
            try arguments.finish()
            return MemoryText.receipt(try await episodes.endEpisode(id, with: request, as: arguments.caller))
        }
    }

    private static func similar(_ episodes: any EpisodeService) -> MCPTool {
        MCPTool(
            name: "find_similar_episodes",
            description: "What happened before that is like an episode, and how it came out; most similar first.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The episode's id"), "memory_id": ToolSchema.text("Same as id"),
                    "limit": ToolSchema.whole("1 to 100, default 5"),
                    "outcome": ["type": "string", "enum": ["open", "success", "failure", "partial", "abandoned"]],
                ]),
            output: MemoryText.pageSchema, hints: .reads
        ) { arguments in
            let id = try arguments.memoryID()
            var query = SimilarQuery(limit: try arguments.limit(default: 5))
            query.outcome = try arguments.optional("outcome")
            try arguments.finish()
            return MemoryText.page(try await episodes.episodes(similarTo: id, query, as: arguments.caller))
        }
    }
}
