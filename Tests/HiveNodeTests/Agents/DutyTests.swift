import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// What agents may not do that an operator suspended, or that have retired.
@Suite struct DutyTests {
    private let lone: LoneNode
    private var node: Node { lone.node }
    private let cy = Caller(role: .agent, agent: "cy")

    init() async throws {
        lone = try LoneNode()
        for name in ["bo", "cy"] {
            _ = try await lone.node.register(RegisterAgent(name: name), as: Caller(role: .agent, agent: name))
        }
    }

    private func delegated() async throws -> String {
        let request = DelegateTask(title: "Renew it", choice: "anyone", leaseSeconds: 60, agent: "ava")
        return try await node.delegate(request, as: .agent).id
    }

    /// Everything that is work, each by its name.
    private func attempts(_ open: String, _ held: String) -> [(String, () async throws -> Void)] {
        [
            ("claim", { _ = try await node.claimTask(open, with: ClaimTask(agent: "cy"), as: .agent) }),
            ("progress", { _ = try await node.reportProgress(held, with: ReportProgress(agent: "cy"), as: .agent) }),
            ("complete", { _ = try await node.completeTask(held, with: CompleteTask(agent: "cy"), as: .agent) }),
            ("fail", { _ = try await node.failTask(held, with: FailTask(agent: "cy", reason: "x"), as: .agent) }),
            ("delegate", { _ = try await node.delegate(DelegateTask(title: "x", agent: "cy"), as: .agent) }),
            ("send", { _ = try await node.send(SendMessage(to: ["bo"], text: "x"), as: cy) }),
            ("ask", { _ = try await node.ask(AskAgent(to: "bo", text: "x", timeout: 1), as: cy) }),
            ("share", { _ = try await node.share(ShareDiscovery(content: "x"), as: cy) }),
        ]
    }

    @Test(
        "Whoever is suspended claims, reports, hands in, delegates, sends and asks nothing, until an operator lets it")
    func suspended() async throws {
        let (open, held) = (try await delegated(), try await delegated())
        _ = try await node.claimTask(held, with: ClaimTask(agent: "cy"), as: .agent)
        _ = try await node.change("cy", .suspend, ChangeAgent(reason: "runs wild"), as: .operator)
        for (name, attempt) in attempts(open, held) {
            let error = await #expect(throws: HiveError.self, "\(name)") { try await attempt() }
            #expect(error?.code == .forbidden && error?.message == "`cy` is suspended: runs wild", "\(name)")
            #expect(error?.hint?.contains("agents resume cy") == true, "\(name)")
        }
        #expect(try await node.search(MemoryQuery(), as: cy).items.isEmpty)
        #expect(try node.messageIndex.all().isEmpty)
        _ = try await node.change("cy", .resume, ChangeAgent(), as: .operator)
        _ = try await node.claimTask(open, with: ClaimTask(agent: "cy"), as: .agent)
    }

    @Test("Whoever has retired does no work until it registers again")
    func retired() async throws {
        let (open, held) = (try await delegated(), try await delegated())
        _ = try await node.claimTask(held, with: ClaimTask(agent: "cy"), as: .agent)
        _ = try await node.change("cy", .retire, ChangeAgent(), as: cy)
        for (name, attempt) in attempts(open, held) {
            let error = await #expect(throws: HiveError.self, "\(name)") { try await attempt() }
            #expect(error?.code == .illegalTransition && error?.hint?.contains("register") == true, "\(name)")
        }
        _ = try await node.register(RegisterAgent(name: "cy"), as: cy)
        _ = try await node.claimTask(open, with: ClaimTask(agent: "cy"), as: .agent)
    }

    @Test("Heartbeats of whoever is suspended go on, and keep no task from the others")
    func lease() async throws {
        let id = try await delegated()
        _ = try await node.claimTask(id, with: ClaimTask(agent: "cy"), as: .agent)
        for _ in 0..<3 {
            lone.advance(seconds: 50)
            _ = try await node.heartbeat("cy", AgentHeartbeat(), as: cy)
            try await node.keepTasks()
        }
        #expect(try await node.task(id, as: .agent).status == "claimed")
        _ = try await node.change("cy", .suspend, ChangeAgent(), as: .operator)
        for _ in 0..<5 {
            lone.advance(seconds: 50)
            _ = try await node.heartbeat("cy", AgentHeartbeat(), as: cy)
            try await node.keepTasks()
        }
        #expect(try await node.task(id, as: .agent).status == "open")
    }

    @Test("Whoever is offered a task is told of it, also when the one who delegated it is suspended by then")
    func offers() async throws {
        for name in ["bo", "cy"] {
            _ = try await node.heartbeat(name, AgentHeartbeat(), as: Caller(role: .agent, agent: name))
        }
        let first = try await delegated()
        let second = DelegateTask(title: "Then this", choice: "suitable", dependsOn: [first], agent: "cy")
        _ = try await node.delegate(second, as: .agent)
        _ = try await node.change("cy", .suspend, ChangeAgent(), as: .operator)
        _ = try await node.claimTask(first, with: ClaimTask(agent: "bo"), as: .agent)
        _ = try await node.completeTask(first, with: CompleteTask(agent: "bo"), as: .agent)
        try await node.keepTasks()
        let inbox = try await node.messages(MessageQuery(agent: "bo"), as: Caller(role: .agent, agent: "bo"))
        #expect(inbox.items.contains { $0.text?.contains("Then this") == true })
    }

    @Test("The law lets whoever is suspended do nothing, whatever the rules say; it answers about others as ever")
    func law() async throws {
        let question: JSONValue = ["event": "tool.pre", "tool": "Bash", "command": "ls"]
        #expect(try await node.decide(question, explain: false, as: cy)["allowed"] == true)
        _ = try await node.change("cy", .suspend, ChangeAgent(reason: "runs wild"), as: .operator)
        let refused = try await node.decide(question, explain: false, as: cy)
        #expect(refused["allowed"] == false && refused["effect"] == "deny")
        #expect(refused["message"] == "`cy` is suspended: runs wild")
        let named: JSONValue = ["event": "tool.pre", "tool": "Bash", "command": "ls", "agent": ["name": "cy"]]
        #expect(try await node.decide(named, explain: false, as: .agent)["allowed"] == false)
        let told: JSONValue = ["event": "tool.post", "tool": "Bash", "command": "ls", "output": "x", "failed": false]
        #expect(try await node.decide(told, explain: false, as: cy)["allowed"] == true)
        let other = Caller(role: .agent, agent: "bo")
        #expect(try await node.decide(question, explain: false, as: other)["allowed"] == true)
    }
}
