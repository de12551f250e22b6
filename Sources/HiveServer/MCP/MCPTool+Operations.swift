import HiveAPI

extension MCPTool {
    static func operations(_ services: NodeServices) -> [MCPTool] {
        [listConflicts(services.conflicts), resolveConflict(services.conflicts), syncStatus(services.peers)]
    }

    private static func listConflicts(_ conflicts: any ConflictService) -> MCPTool {
        MCPTool(
            name: "list_conflicts",
            description: "Memories where concurrent writes disagree: each with the values that stand side by side.",
            input: ToolSchema([:]), output: listSchema, hints: .reads
        ) { arguments in
            try arguments.finish()
            return try await conflicts.conflicts(as: arguments.caller).json
        }
    }

    private static func resolveConflict(_ conflicts: any ConflictService) -> MCPTool {
        MCPTool(
            name: "resolve_conflict",
            description: "Settle a conflict for everybody: take one of its values, or give a better one.",
            input: ToolSchema(
                [
                    "id": ToolSchema.text("The conflict's id"),
                    "take": ToolSchema.text(
                        "local, remote, newest, highest-confidence, the dot of a value, or the id of a belief"),
                    "value": ["description": "A value of your own, instead of take"],
                    "version": ToolSchema.text("The version that you read"),
                ], required: ["id"]),
            output: MemoryText.receiptSchema, hints: .changes
        ) { arguments in
            let id: String = try arguments.required("id")
            let request = ResolveConflict(
                take: try arguments.optional("take"), value: try arguments.optional("value"),
                version: try arguments.optional("version"))
            try arguments.finish()
            guard (request.take == nil) != (request.value == nil) else {
                throw HiveError(.invalidInput, "give exactly one of `take` and `value`")
            }
            return MemoryText.receipt(try await conflicts.resolve(id, with: request, as: arguments.caller))
        }
    }

    private static func syncStatus(_ peers: any PeerService) -> MCPTool {
        MCPTool(
            name: "get_sync_status", description: "How far this node and the other nodes of the fleet are apart.",
            input: ToolSchema([:]), output: ["type": "object", "required": ["peers"]], hints: .reads
        ) { arguments in
            try arguments.finish()
            return try await peers.syncStatus(as: arguments.caller).json
        }
    }
}
