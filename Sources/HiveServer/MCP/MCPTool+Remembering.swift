import HiveAPI

extension MCPTool {
    static func remembering(_ memories: any MemoryService) -> [MCPTool] {
        [store(memories), update(memories), delete(memories)]
    }

    private static func store(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "store_memory",
            description: "Remember something for all agents of the fleet, across sessions and machines: a fact, a fix, "
                + "a decision, a preference, how to do something. One fact per memory, in sentences that stand alone. "
                + "Never secrets. Durable when this returns.",
            input: ToolSchema(
                [
                    "content": ToolSchema.text("What to remember"),
                    "category": ToolSchema.text("Default: general. Or project, infrastructure, incidents, runbooks"),
                    "context": ToolSchema.text("Where it comes from, when it applies"),
                    "metadata": ToolSchema.object("Own keys and values"), "tags": ToolSchema.texts(),
                    "user_id": ToolSchema.text("Whom it is about"), "scope": ToolSchema.scope, "kind": ToolSchema.kind,
                    "confidence": ToolSchema.number("0 to 1"), "expires_in": ToolSchema.text("E.g. 90s, 5m, 24h, 7d"),
                    "duplicates": ["type": "string", "enum": ["fold", "keep"]],
                ], required: ["content"]),
            output: MemoryText.receiptSchema, hints: .adds
        ) { arguments in
            var request = StoreMemory(content: try arguments.required("content"))
            request.category = try arguments.value("category", default: "general")
            request.context = try arguments.optional("context")
            request.metadata = try arguments.value("metadata", default: [:])
            request.tags = try arguments.value("tags", default: [])
            request.user = try arguments.optional("user_id")
            request.scope = try arguments.optional("scope")
            request.kind = try arguments.optional("kind")
            request.confidence = try arguments.optional("confidence")
            request.expiresIn = try arguments.seconds("expires_in")
            request.duplicates = try arguments.optional("duplicates")
            try arguments.finish()
            try request.checkLimits()
            return MemoryText.receipt(try await memories.store(request, as: arguments.caller))
        }
    }

    private static func update(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "update_memory",
            description: "Correct or complete a memory. Only what is given changes; null clears category, context, "
                + "confidence or status. Give the version that you read: if somebody changed it since, both are kept and "
                + "`contested` is true.",
            input: ToolSchema([
                "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"),
                "content": ToolSchema.text(), "category": ["type": ["string", "null"]],
                "context": ["type": ["string", "null"]], "confidence": ["type": ["number", "null"]],
                "status": ["type": ["string", "null"]],
                "tags": ToolSchema.texts("Replaces all tags"), "add_tags": ToolSchema.texts(),
                "remove_tags": ToolSchema.texts(), "metadata": ToolSchema.object("Sets these keys; null removes one"),
                "expires_in": ToolSchema.text(), "version": ToolSchema.text("The version that you read"),
            ]),
            output: MemoryText.receiptSchema, hints: .changes
        ) { arguments in
            let id = try arguments.memoryID()
            var request = UpdateMemory(content: try arguments.optional("content"))
            request.category = try arguments.change("category")
            request.context = try arguments.change("context")
            request.confidence = try arguments.change("confidence")
            request.status = try arguments.change("status")
            request.tags = try arguments.optional("tags")
            request.addTags = try arguments.value("add_tags", default: [])
            request.removeTags = try arguments.value("remove_tags", default: [])
            request.metadata = try arguments.value("metadata", default: [:])
            request.expiresIn = try arguments.seconds("expires_in")
            request.version = try arguments.optional("version")
            try arguments.finish()
            try request.checkLimits()
            return MemoryText.receipt(try await memories.update(id, with: request, as: arguments.caller))
        }
    }

    private static func delete(_ memories: any MemoryService) -> MCPTool {
        MCPTool(
            name: "delete_memory",
            description: "Forget a memory that is wrong or of no use any more, for everybody. It is hidden, not "
                + "destroyed: a later update_memory brings it back.",
            input: ToolSchema([
                "id": ToolSchema.text(), "memory_id": ToolSchema.text("Same as id"),
                "version": ToolSchema.text("The version that you read"),
            ]),
            output: [
                "type": "object", "required": ["id", "version"],
                "properties": ["id": ["type": "string"], "version": ["type": "string"]],
            ], hints: .removes
        ) { arguments in
            let id = try arguments.memoryID()
            let request = RemoveMemory(mode: .forget, version: try arguments.optional("version"))
            try arguments.finish()
            return MemoryText.lean(try await memories.remove(id, request, as: arguments.caller).json)
        }
    }
}
