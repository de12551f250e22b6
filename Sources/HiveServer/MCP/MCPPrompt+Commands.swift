import HiveAPI

extension MCPPrompt {
    /// The commands that come with Hive, for clients that show prompts.
    static func commands(_ services: NodeServices) -> [MCPPrompt] {
        CommandCatalog.commands.map { command in
            MCPPrompt(
                name: command.name, title: command.title, description: command.summary, arguments: command.arguments,
                complete: { argument, value, call in
                    try await values(of: argument, services, call).filter { $0.hasPrefix(value) }
                },
                messages: { values, _ in [message(ToolResult.text(command.text(values)))] })
        }
    }

    /// What an argument is usually filled with.
    private static func values(
        of argument: String, _ services: NodeServices, _ call: MCPCall
    ) async throws -> [String] {
        switch argument {
        case "mode": return ["force", "status"]
        case "where": return ["clean", "personal", "project"]
        case "severity": return ["critical", "info", "warning"]
        case "category": return try await categories(services, call)
        case "agent": return try await authors(services, call)
        default: return []
        }
    }

    private static func categories(_ services: NodeServices, _ call: MCPCall) async throws -> [String] {
        let used = try await recent(services, call).compactMap(\.memory.category)
        return Set(used + ["general", "incidents", "infrastructure", "project", "runbooks"]).sorted()
    }

    /// Agents that wrote something lately.
    private static func authors(_ services: NodeServices, _ call: MCPCall) async throws -> [String] {
        Set(try await recent(services, call).compactMap(\.memory.author.agent)).sorted()
    }

    private static func recent(_ services: NodeServices, _ call: MCPCall) async throws -> [MemoryHit] {
        try await services.memories.search(MemoryQuery(limit: 200), as: call.caller).items
    }
}
