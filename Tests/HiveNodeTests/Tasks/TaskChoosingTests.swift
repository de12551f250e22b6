import HiveAPI
import HiveCore
import Synchronization
import Testing

@testable import HiveNode

/// A roster in memory.
final class RosterInMemory: TaskCandidates {
    let agents = Mutex<[TaskCandidate]>([])

    func taskCandidates(in scope: ScopeID, now: Timestamp) throws -> [TaskCandidate] { agents.withLock { $0 } }

    func put(_ names: String..., adjust: (inout TaskCandidate) -> Void = { _ in }) {
        agents.withLock { agents in
            for name in names {
                var candidate = TaskCandidate(agent: name, capabilities: ["tls"], lastSeen: Timestamp(milliseconds: 0))
                adjust(&candidate)
                agents.removeAll { $0.agent == name }
                agents.append(candidate)
            }
        }
    }
}

/// A task finds its agent.
@Suite struct TaskChoosingTests {
    private let lone: LoneNode
    private let roster = RosterInMemory()
    private var node: Node { lone.node }

    init() throws {
        lone = try LoneNode()
        let roster = roster
        lone.node.candidates.withLock { $0 = roster }
    }

    private func delegate(_ adjust: (inout DelegateTask) -> Void = { _ in }) async throws -> TaskRecord {
        var request = DelegateTask(title: "Renew it", capabilities: ["tls"], agent: "cleo")
        adjust(&request)
        return try await node.delegate(request, as: .agent)
    }

    @Test("The most suitable agent is offered the task, with the reasons for it and against the others")
    func offered() async throws {
        roster.put("ava") { $0.load = 0.8 }
        roster.put("bob")
        roster.put("zoe") { $0.capabilities = [] }
        let task = try await delegate()
        #expect(task.status == "assigned" && task.assignee == "bob")
        #expect(task.judgements.map(\.agent) == ["bob", "ava", "zoe"])
        #expect(task.judgements[2].obstacle == "lacks tls")
        #expect(task.judgements[0].parts["load"] == 1 && task.judgements[0].score > task.judgements[1].score)
        await #expect(throws: HiveError(.claimRefused, "")) {
            try await node.claimTask(task.id, with: ClaimTask(agent: "ava"), as: .agent)
        }
        let claimed = try await node.claimTask(task.id, with: ClaimTask(agent: "bob"), as: .agent)
        #expect(claimed.claim.state == "granted")
    }

    @Test("Whoever does not take up the offer is passed over, and one who fails as well")
    func passedOn() async throws {
        roster.put("ava") { $0.load = 0.8 }
        roster.put("bob")
        let id = try await delegate().id
        lone.advance(seconds: 601)
        try await node.keepTasks()
        var task = try await node.task(id, as: .agent)
        #expect(task.assignee == "ava")
        _ = try await node.claimTask(id, with: ClaimTask(agent: "ava"), as: .agent)
        task = try await node.failTask(id, with: FailTask(agent: "ava", reason: "no key"), as: .agent)
        #expect(
            task.status == "assigned" && task.assignee == "bob", "there is nobody else, the better one is asked again")
    }

    @Test("With nobody suitable it stays open with the reason, which is written once, until somebody comes")
    func nobody() async throws {
        roster.put("zoe") { $0.capabilities = [] }
        let task = try await delegate()
        #expect(task.status == "open" && task.reason == "nobody is suitable: `zoe` lacks tls")
        for _ in 0..<3 { try await node.keepTasks() }
        #expect(try await node.task(task.id, as: .agent).history.count == 1)
        roster.put("ava")
        try await node.keepTasks()
        #expect(try await node.task(task.id, as: .agent).assignee == "ava")
    }

    @Test("A named agent is offered it again and again, others never")
    func named() async throws {
        roster.put("ava")
        let id = try await delegate { $0.to = "bob" }.id
        lone.advance(seconds: 10_000)
        try await node.keepTasks()
        #expect(try await node.task(id, as: .agent).assignee == "bob")
        await #expect(throws: HiveError(.claimRefused, "")) {
            try await node.claimTask(id, with: ClaimTask(agent: "ava"), as: .agent)
        }
        _ = try await node.claimTask(id, with: ClaimTask(agent: "bob"), as: .agent)
        let failed = try await node.failTask(id, with: FailTask(agent: "bob", reason: "later"), as: .agent)
        #expect(failed.status == "assigned" && failed.assignee == "bob")
    }

    @Test("A task that waits for another is offered once that one is completed")
    func unblocked() async throws {
        roster.put("ava")
        let first = try await delegate { $0.choice = "anyone" }.id
        let second = try await delegate { $0.dependsOn = [first] }
        #expect(second.status == "open" && second.assignee == nil)
        _ = try await node.claimTask(first, with: ClaimTask(agent: "ava"), as: .agent)
        _ = try await node.completeTask(first, with: CompleteTask(agent: "ava"), as: .agent)
        try await node.keepTasks()
        #expect(try await node.task(second.id, as: .agent).assignee == "ava")
    }

    @Test("A round is bounded, and the rounds go around")
    func bounded() async throws {
        for _ in 0..<250 { _ = try await delegate() }
        roster.put("ava")
        try await node.keepTasks()
        let query = TaskQuery(status: "assigned", limit: 1000)
        #expect(try await node.tasks(query, as: .agent).items.count == 200)
        try await node.keepTasks()
        #expect(try await node.tasks(query, as: .agent).items.count == 250)
    }
}
