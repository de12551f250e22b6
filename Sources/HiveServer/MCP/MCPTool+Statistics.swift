import HiveAPI

extension MCPTool {
    static func memoryStatistics(_ statistics: any StatisticsService) -> MCPTool {
        MCPTool(
            name: "get_memory_stats",
            description: "How many memories there are, by kind, scope, category, author and status, and how many are "
                + "contested, forgotten or expired.",
            input: ToolSchema([:]),
            output: [
                "type": "object", "required": ["memories", "byKind"],
                "properties": ["memories": ["type": "integer"], "byKind": ["type": "object"]],
            ], hints: .reads
        ) { arguments in
            try arguments.finish()
            return try await statistics.memoryStatistics(as: arguments.caller).json
        }
    }
}
