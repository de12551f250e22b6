import HiveAPI

extension RESTInterface {
    static func agentRoutes(_ services: NodeServices) -> [Route] {
        let (agents, knowledge) = (services.agents, services.knowledge)
        return [
            Route(
                method: "POST", template: "/api/v1/agents",
                about: .init("registerAgent", "Make an agent of this node known, or say anew what it is.", .agent),
                input: .body(RegisterAgent.self), output: .json(AgentRecord.self)
            ) { call in
                let request = try call.body(as: RegisterAgent.self)
                try request.checkLimits()
                return reply(try await agents.register(request, as: call.caller))
            },
            Route(
                method: "GET", template: "/api/v1/agents",
                about: .init("listAgents", "The agents that this node knows.", .agent),
                input: .query(AgentQuery.self), output: .json(Page<AgentRecord>.self)
            ) { call in
                let query = try call.query(as: AgentQuery.self)
                try query.checkLimits()
                return .json(try await agents.agents(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/agents/knowledge",
                about: .init("whoKnows", "Who knows about something, with evidence, and what is known.", .agent),
                input: .query(KnowledgeQuery.self), output: .json(KnowledgeAnswer.self)
            ) { call in
                let query = try call.query(as: KnowledgeQuery.self)
                try query.checkLimits()
                return .json(try await knowledge.whoKnows(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/agents/{name}",
                about: .init("getAgent", "One agent, by its name or by name@node.", .agent), input: .nothing,
                output: .json(AgentRecord.self)
            ) { call in reply(try await agents.agent(call.id, as: call.caller)) },
            Route(
                method: "GET", template: "/api/v1/agents/{name}/history",
                about: .init("getAgentHistory", "What was written about an agent, newest first.", .agent),
                input: .nothing, output: .json(Page<AgentHistoryEntry>.self)
            ) { call in .json(try await agents.agentHistory(call.id, as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/agents/{name}/heartbeat",
                about: .init("agentHeartbeat", "Say how an agent of this node is doing.", .agent),
                input: .body(AgentHeartbeat.self), output: .json(AgentRecord.self)
            ) { call in
                let pulse = try call.body(as: AgentHeartbeat.self)
                try pulse.checkLimits()
                return reply(try await agents.heartbeat(call.id, pulse, as: call.caller))
            },
            change(.suspend, "Give an agent nothing to do any more.", .operator, agents),
            change(.resume, "Let a suspended agent work again.", .operator, agents),
            change(.retire, "Say that an agent is gone. An agent may say so of itself.", .agent, agents),
        ]
    }

    private static func change(
        _ change: AgentChange, _ summary: String, _ access: Route.Access, _ agents: any AgentService
    ) -> Route {
        Route(
            method: "POST", template: "/api/v1/agents/{name}/\(change.rawValue)",
            about: .init("\(change.rawValue)Agent", summary, access),
            input: .body(ChangeAgent.self, headers: ["If-Match"]), output: .json(AgentRecord.self)
        ) { call in
            var request = try call.body(as: ChangeAgent.self)
            if let version = try call.ifMatch() {
                request.version = version
                request.requireCurrent = true
            }
            try request.checkLimits()
            return reply(try await agents.change(call.id, change, request, as: call.caller))
        }
    }

    private static func reply(_ agent: AgentRecord) -> HTTPReply {
        .json(agent.json, headers: agent.version.map { [etag($0)] } ?? [])
    }
}
