import HiveAPI

extension RESTInterface {
    static func commandRoutes(_ commands: (any CommandService)?) -> [Route] {
        @Sendable func service() throws -> any CommandService {
            guard let commands else {
                throw HiveError(.notSupported, "this node keeps no commands", hint: "ask another node of the hive")
            }
            return commands
        }
        return [
            Route(
                method: "GET", template: "/api/v1/commands",
                about: .init("listCommands", "The slash commands of the hive's agents.", .agent), input: .nothing,
                output: .json(Page<AgentCommand>.self)
            ) { call in .json(try await service().commands(as: call.caller).json) },
            Route(
                method: "PUT", template: "/api/v1/commands/{name}",
                about: .init("putCommand", "Give every agent a slash command, or change it.", .operator),
                input: .body(PutCommand.self), output: .json(AgentCommand.self)
            ) { call in
                let request = try call.body(as: PutCommand.self)
                return .json(try await service().putCommand(call.id, request, as: call.caller).json)
            },
            Route(
                method: "DELETE", template: "/api/v1/commands/{name}",
                about: .init("removeCommand", "Take a slash command back.", .operator), input: .nothing,
                output: Route.Output(statuses: [], type: "application/json", body: nil, emptyStatuses: [204])
            ) { call in
                try await service().removeCommand(call.id, as: call.caller)
                return HTTPReply(status: 204)
            },
        ]
    }
}
