import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Agents of one node: registration, heartbeats, decisions.
@Suite struct AgentTests {
    private let ava = Caller(role: .agent, agent: "ava")

    @Test("A registration keeps the whole declaration, and says anew only what is given")
    func registration() async throws {
        let lone = try LoneNode()
        var request = RegisterAgent(name: "ava", role: "builder")
        request.capabilities = AgentCapabilities(
            cognitive: ["reasoning", "planning"], performanceTier: "critical",
            resourceRequirements: ["ollama_priority": "high", "max_context_size": 4096, "timeout": 120])
        request.limits = AgentLimits(maxConcurrentTasks: 2)
        request.model = "a-model"
        let first = try await lone.node.register(request, as: ava)
        #expect(first.state == "active" && first.registered && !first.claimed)
        #expect(first.address == "ava@lone" && first.scope == "collective:main")
        #expect(first.capabilities.cognitive == ["planning", "reasoning"])
        #expect(first.capabilities.resourceRequirements["max_context_size"] == 4096)
        var again = RegisterAgent(name: "ava")
        again.capabilities.cognitive = ["reasoning", "code_generation"]
        again.limits.maxContextTokens = 9000
        let second = try await lone.node.register(again, as: ava)
        #expect(second.id == first.id && second.role == "builder" && second.model == "a-model")
        #expect(second.capabilities.cognitive == ["code_generation", "reasoning"])
        #expect(second.capabilities.performanceTier == "critical")
        #expect(second.limits == AgentLimits(maxConcurrentTasks: 2, maxContextTokens: 9000))
        #expect(try await lone.node.agents(AgentQuery(), as: ava).items.count == 1)
    }

    @Test("An agent is active while it is heard, idle after its window, and active again when it calls")
    func idle() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        lone.advance(seconds: 299)
        #expect(try await lone.node.agent("ava", as: ava).state == "active")
        lone.advance(seconds: 2)
        let silent = try await lone.node.agent("ava", as: ava)
        #expect(silent.state == "idle" && silent.pulse == nil)
        await lone.node.heard(ava)
        #expect(try await lone.node.agent("ava", as: ava).state == "active")
    }

    @Test("A heartbeat keeps what was said before, and is in no log")
    func heartbeats() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        let operations = try await lone.node.status(as: .operator).operations
        for number in 1...20 {
            lone.advance(seconds: 1)
            _ = try await lone.node.heartbeat("ava", AgentHeartbeat(load: Double(number) / 20), as: ava)
        }
        let record = try await lone.node.heartbeat("ava", AgentHeartbeat(status: "building", running: 1), as: ava)
        #expect(record.pulse == AgentHeartbeat(load: 1, status: "building", running: 1))
        #expect(try await lone.node.status(as: .operator).operations == operations)
    }

    @Test("Whoever calls under a name counts as heard; a name that is none does not")
    func presence() async throws {
        let lone = try LoneNode()
        await lone.node.heard(Caller(role: .agent, agent: "passer-by"))
        await lone.node.heard(Caller(role: .agent, agent: "no name at all"))
        await lone.node.heard(.agent)
        let found = try await lone.node.agents(AgentQuery(), as: .agent).items
        #expect(found.map(\.name) == ["passer-by"])
        #expect(found.first?.registered == false && found.first?.state == "active")
        lone.advance(seconds: 400)
        #expect(try await lone.node.agents(AgentQuery(), as: .agent).items.isEmpty)
    }

    @Test("Decisions go the ways that are allowed; others are refused and say which are")
    func decisions() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        let suspended = try await lone.node.change("ava", .suspend, ChangeAgent(reason: "runs wild"), as: .operator)
        #expect(suspended.state == "suspended" && suspended.reason == "runs wild")
        #expect(try await lone.node.register(RegisterAgent(name: "ava"), as: ava).state == "suspended")
        #expect(try await lone.node.heartbeat("ava", AgentHeartbeat(), as: ava).state == "suspended")
        let error = await #expect(throws: HiveError.self) {
            try await lone.node.change("ava", .suspend, ChangeAgent(), as: .operator)
        }
        #expect(error?.code == .illegalTransition)
        #expect(error?.hint?.contains("resume") == true)
        #expect(try await lone.node.change("ava", .resume, ChangeAgent(), as: .operator).state == "active")
        #expect(try await lone.node.change("ava", .retire, ChangeAgent(), as: ava).state == "retired")
        await #expect(throws: HiveError(.illegalTransition, "")) {
            try await lone.node.heartbeat("ava", AgentHeartbeat(), as: ava)
        }
        #expect(try await lone.node.agents(AgentQuery(), as: ava).items.isEmpty)
        #expect(try await lone.node.agents(AgentQuery(state: "retired"), as: ava).items.map(\.name) == ["ava"])
        #expect(try await lone.node.register(RegisterAgent(name: "ava"), as: ava).state == "active")
        let history = try await lone.node.agentHistory("ava", as: ava).items
        #expect(history.compactMap(\.state).contains("suspended"))
        #expect(history.first { $0.state == "suspended" }?.reason == "runs wild")
    }

    @Test("An agent decides about itself only, and only that it is gone")
    func permission() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        _ = try await lone.node.register(RegisterAgent(name: "bo"), as: ava)
        for change in [AgentChange.suspend, .resume] {
            await #expect(throws: HiveError(.forbidden, "")) {
                try await lone.node.change("ava", change, ChangeAgent(), as: ava)
            }
        }
        await #expect(throws: HiveError(.forbidden, "")) {
            try await lone.node.change("bo", .retire, ChangeAgent(), as: ava)
        }
        #expect(try await lone.node.agent("bo", as: ava).state == "active")
    }

    @Test("A version that is not the newest is refused where it must be")
    func versions() async throws {
        let lone = try LoneNode()
        let read = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        _ = try await lone.node.register(RegisterAgent(name: "ava", role: "builder"), as: ava)
        await #expect(throws: HiveError(.staleVersion, "")) {
            try await lone.node.change(
                "ava", .retire, ChangeAgent(version: read.version, requireCurrent: true), as: .operator)
        }
    }

    @Test("Lists are filtered by all that is asked for, and come in pages")
    func lists() async throws {
        let lone = try LoneNode()
        for number in 0..<50 {
            var request = RegisterAgent(name: "agent-\(number < 10 ? "0" : "")\(number)")
            request.role = number.isMultiple(of: 2) ? "builder" : "reviewer"
            request.capabilities.cognitive = number.isMultiple(of: 5) ? ["planning", "reasoning"] : ["planning"]
            request.description = "number \(number) of the fleet"
            _ = try await lone.node.register(request, as: .agent)
        }
        let first = try await lone.node.agents(AgentQuery(limit: 30), as: .agent)
        let second = try await lone.node.agents(AgentQuery(limit: 30, cursor: first.next), as: .agent)
        #expect((first.items + second.items).map(\.name) == (0..<50).map { "agent-\($0 < 10 ? "0" : "")\($0)" })
        #expect(second.next == nil)
        let query = AgentQuery(role: "builder", capability: ["planning", "reasoning"])
        #expect(try await lone.node.agents(query, as: .agent).items.count == 5)
        #expect(try await lone.node.agents(AgentQuery(q: "number 17"), as: .agent).items.map(\.name) == ["agent-17"])
        #expect(try await lone.node.agents(AgentQuery(node: "lone"), as: .agent).items.count == 50)
        for wrong in [AgentQuery(state: "asleep"), AgentQuery(node: "nobody"), AgentQuery(limit: 0)] {
            await #expect(throws: HiveError.self) { try await lone.node.agents(wrong, as: .agent) }
        }
        let samples = await lone.node.metrics().filter { $0.name == "hive_agents" }
        #expect(samples.first { $0.labels["state"] == "active" }?.value == 50)
    }

    @Test("Names that are none are refused, and an agent is known in one scope")
    func names() async throws {
        let lone = try LoneNode()
        for name in ["", "a b", "ä", String(repeating: "x", count: 65)] {
            await #expect(throws: HiveError(.invalidInput, "")) {
                try await lone.node.register(RegisterAgent(name: name), as: .agent)
            }
        }
        _ = try await lone.node.register(RegisterAgent(name: "ava", scope: "instance"), as: ava)
        await #expect(throws: HiveError(.alreadyExists, "")) {
            try await lone.node.register(RegisterAgent(name: "ava", scope: "universal"), as: ava)
        }
        #expect(try await lone.node.register(RegisterAgent(name: "ava"), as: ava).scope == "instance")
        await #expect(throws: HiveError(.notFound, "")) { try await lone.node.agent("bo", as: ava) }
    }

    @Test("When it was last heard is kept once a day, by an operation of its home")
    func lastHeard() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        var operations = try await lone.node.status(as: .operator).operations
        for _ in 0..<30 {
            lone.advance(seconds: 3600)
            await lone.node.heard(ava)
            try await lone.node.keepHeartbeats()
        }
        operations = try await lone.node.status(as: .operator).operations - operations
        #expect(operations == 1)
    }

    @Test("The directory tells whoever gives work away what matters")
    func directory() async throws {
        let lone = try LoneNode(adjust: { $0.belief.agents = ["bo": 0.3] })
        var request = RegisterAgent(name: "bo", role: "builder")
        request.capabilities.cognitive = ["planning"]
        request.limits.maxConcurrentTasks = 3
        _ = try await lone.node.register(request, as: .agent)
        _ = try await lone.node.heartbeat("bo", AgentHeartbeat(load: 0.5, running: 1), as: .agent)
        let candidate = try lone.node.agentCandidate("bo")
        #expect(candidate.capabilities == ["planning"] && candidate.role == "builder")
        #expect(candidate.load == 0.5 && candidate.running == 1 && candidate.maximumTasks == 3)
        #expect(candidate.trust == 0.3 && candidate.state == .active && candidate.isRegistered)
        _ = try await lone.node.change("bo", .retire, ChangeAgent(), as: .operator)
        #expect(try lone.node.agentCandidates().isEmpty)
    }
}
