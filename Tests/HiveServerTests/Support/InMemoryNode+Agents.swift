import HiveAPI

extension InMemoryNode: AgentService, PresenceService {
    func register(_ request: RegisterAgent, as caller: Caller) async throws -> AgentRecord {
        note("register", caller)
        return withState { state in
            var agent =
                state.agents[request.name]
                ?? AgentRecord(
                    name: request.name, node: "n1", address: "\(request.name)@alpha", state: "active", registered: true)
            agent.role = request.role ?? agent.role
            agent.capabilities = request.capabilities
            agent.limits = request.limits
            if agent.state == "retired" { agent.state = "active" }
            agent.version = Self.version(1)
            state.agents[request.name] = agent
            return agent
        }
    }

    func agents(_ query: AgentQuery, as caller: Caller) async throws -> Page<AgentRecord> {
        note("agents", caller)
        return withState { state in
            let found = state.agents.values.filter { agent in
                (query.state.map { $0 == agent.state } ?? (agent.state != "retired"))
                    && Set(query.capability).isSubset(of: agent.capabilities.cognitive)
            }
            return Page(items: found.sorted { $0.name < $1.name })
        }
    }

    func agent(_ address: String, as caller: Caller) async throws -> AgentRecord {
        note("agent", caller)
        return try withState { state in
            guard let agent = state.agents[address] ?? state.agents.values.first(where: { $0.address == address })
            else {
                throw HiveError(.notFound, "no agent is called `\(address)`")
            }
            return agent
        }
    }

    func heartbeat(_ address: String, _ pulse: AgentHeartbeat, as caller: Caller) async throws -> AgentRecord {
        note("heartbeat", caller)
        var agent = try await agent(address, as: caller)
        agent.pulse = pulse
        withState { [agent] in $0.agents[agent.name] = agent }
        return agent
    }

    func change(
        _ address: String, _ change: AgentChange, _ request: ChangeAgent, as caller: Caller
    ) async throws -> AgentRecord {
        note("change \(change.rawValue)", caller)
        var agent = try await agent(address, as: caller)
        guard agent.state != "retired" else { throw HiveError(.illegalTransition, "it has retired") }
        agent.state = ["suspend": "suspended", "resume": "active", "retire": "retired"][change.rawValue] ?? agent.state
        agent.reason = request.reason
        withState { [agent] in $0.agents[agent.name] = agent }
        return agent
    }

    func agentHistory(_ address: String, as caller: Caller) async throws -> Page<AgentHistoryEntry> {
        note("agentHistory", caller)
        _ = try await agent(address, as: caller)
        let author = Author(agent: address, node: "n1")
        return Page(items: [AgentHistoryEntry(time: Self.time(1), author: author, state: "active", written: ["name"])])
    }

    func heard(_ caller: Caller) async { withState { $0.heard.append(caller.agent) } }
}

extension InMemoryNode: MessageService {
    func send(_ request: SendMessage, as caller: Caller) async throws -> MessageRecord {
        note("send", caller)
        return withState { state in
            let number = state.messages.count + 1
            let kind = request.inReplyTo != nil ? "answer" : request.to.contains("all") ? "broadcast" : "tell"
            let from = request.agent ?? caller.agent
            var message = MessageRecord(
                id: "m\(number)", kind: kind, from: Author(agent: from, node: "n1"),
                sender: from.map { "\($0)@alpha" } ?? "alpha", to: request.to, priority: request.priority ?? "normal",
                thread: request.inReplyTo ?? "m\(number)", scope: request.scope ?? "collective:main",
                sentAt: Self.time(number), read: false, version: Self.version(1))
            message.text = request.text
            message.inReplyTo = request.inReplyTo
            message.receipts = [MessageReceipt(agent: "b", node: "n1", state: "delivered", at: Self.time(number))]
            state.messages.append(message)
            return message
        }
    }

    func ask(_ request: AskAgent, as caller: Caller) async throws -> AskAnswer {
        note("ask", caller)
        var question = try await send(SendMessage(to: [request.to], text: request.text), as: caller)
        question.kind = "ask"
        guard request.text.hasSuffix("?") else {
            return AskAnswer(answered: false, question: question, note: "nobody answered within \(request.timeout) s")
        }
        let answer = try await send(SendMessage(text: "yes", inReplyTo: question.id), as: Caller(role: .agent))
        return AskAnswer(answered: true, question: question, answer: answer)
    }

    func messages(_ query: MessageQuery, as caller: Caller) async throws -> Page<MessageRecord> {
        note("messages", caller)
        if query.box == "all" { try caller.requireOperator(to: "see all messages") }
        return withState { state in
            Page(items: state.messages.filter { !query.unread || $0.read == false })
        }
    }

    func message(_ id: String, as caller: Caller) async throws -> MessageRecord {
        note("message", caller)
        return try withState { state in
            guard let message = state.messages.first(where: { $0.id == id }) else {
                throw HiveError(.notFound, "there is no message `\(id)`")
            }
            return message
        }
    }

    func mark(_ request: MarkMessages, as caller: Caller) async throws -> MarkAnswer {
        note("mark", caller)
        return withState { state in
            var marked = 0
            for place in state.messages.indices
            where request.all || request.ids.contains(state.messages[place].id) {
                if state.messages[place].read == false { marked += 1 }
                state.messages[place].read = true
            }
            return MarkAnswer(marked: marked)
        }
    }

    func share(_ discovery: ShareDiscovery, as caller: Caller) async throws -> DiscoveryAnswer {
        note("share", caller)
        let memory = try await store(StoreMemory(content: discovery.content), as: caller).memory
        let message = try await send(SendMessage(to: discovery.to, text: discovery.content), as: caller)
        return DiscoveryAnswer(memory: memory.id, message: message, interested: discovery.to.count)
    }
}

extension InMemoryNode: KnowledgeService {
    func whoKnows(_ query: KnowledgeQuery, as caller: Caller) async throws -> KnowledgeAnswer {
        note("whoKnows", caller)
        let hits = try await search(MemoryQuery(q: query.q), as: caller).items
        let evidence = hits.map {
            KnowledgeEvidence(kind: "memory", id: $0.memory.id, text: $0.memory.content ?? "", weight: 0.5)
        }
        let expert = Expert(agent: "ava", node: "n1", address: "ava@alpha", score: 0.5, evidence: evidence)
        return KnowledgeAnswer(query: query.q, experts: hits.isEmpty ? [] : [expert], known: hits)
    }
}
