extension HiveClient: CommandService {
    public func commands(as caller: Caller) async throws -> Page<AgentCommand> {
        try await get("/api/v1/commands", as: caller)
    }

    public func putCommand(_ name: String, _ request: PutCommand, as caller: Caller) async throws -> AgentCommand {
        try AgentCommand.check(name: name)
        try request.checkLimits()
        let answer = try await send("PUT", "/api/v1/commands" + Self.path(name), body: request.json, as: caller)
        return try AgentCommand.lenient(answer)
    }

    public func removeCommand(_ name: String, as caller: Caller) async throws {
        _ = try await send("DELETE", "/api/v1/commands" + Self.path(name), as: caller)
    }
}
