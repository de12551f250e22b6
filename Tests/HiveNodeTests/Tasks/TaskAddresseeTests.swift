import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Tasks for one agent, where several bear its name.
@Suite(.timeLimit(.minutes(2))) struct TaskAddresseeTests {
    private func register(_ name: String, at node: Node) async throws {
        _ = try await node.register(RegisterAgent(name: name), as: Caller(role: .agent, agent: name))
    }

    private func delegate(to: String, at node: Node) async throws -> TaskRecord {
        try await node.delegate(DelegateTask(title: "Renew it", to: to, agent: "cleo"), as: .agent)
    }

    private func claim(_ id: String, _ agent: String, at node: Node) async throws -> TaskClaim {
        try await node.claimTask(id, with: ClaimTask(agent: agent, waitSeconds: 0), as: .agent).claim
    }

    @Test("A task for name@node is for that agent and nobody else of the name")
    func exact() async throws {
        let trio = try await TaskTrio.make()
        for node in [trio.a, trio.b] { try await register("bo", at: node) }
        try await trio.meet([trio.a, trio.b])
        let error = await #expect(throws: HiveError.self) { try await delegate(to: "bo", at: trio.a) }
        #expect(error?.code == .ambiguous && error?.hint?.contains("name@node") == true)
        let task = try await delegate(to: "bo@b", at: trio.a)
        #expect(task.assignee == "bo" && task.status == "assigned")
        #expect(try await trio.a.tasks(TaskQuery(claimableBy: "bo"), as: .agent).items.isEmpty)
        await #expect(throws: HiveError(.claimRefused, "")) { try await claim(task.id, "bo", at: trio.a) }
        try await trio.meet([trio.a, trio.b])
        #expect(try await trio.b.tasks(TaskQuery(claimableBy: "bo"), as: .agent).items.map(\.id) == [task.id])
        _ = try await claim(task.id, "bo", at: trio.b)
        try await trio.meet([trio.a, trio.b])
        #expect(try await claim(task.id, "bo", at: trio.b).state == "granted")
    }

    @Test("A name that nobody has yet may be given work, an address that is nobody's may not")
    func unknown() async throws {
        let lone = try LoneNode()
        let task = try await delegate(to: "dora", at: lone.node)
        #expect(try await claim(task.id, "dora", at: lone.node).state == "granted")
        await #expect(throws: HiveError(.notFound, "")) { try await delegate(to: "dora@nowhere", at: lone.node) }
        for text in ["role:builder", "all of us", "capability:swift", ""] {
            await #expect(throws: HiveError(.invalidInput, "")) { try await delegate(to: text, at: lone.node) }
        }
        try await register("bo", at: lone.node)
        let exact = try await delegate(to: "bo@lone", at: lone.node)
        #expect(try await claim(exact.id, "bo", at: lone.node).state == "granted")
        _ = try await lone.node.change("bo", .retire, ChangeAgent(), as: .operator)
        await #expect(throws: HiveError(.illegalTransition, "")) { try await delegate(to: "bo", at: lone.node) }
    }

    @Test("Agents that another node has entered are not chosen")
    func claimed() async throws {
        let trio = try await TaskTrio.make()
        try await register("ava", at: trio.a)
        let home = trio.a.identity.node
        _ = try await trio.b.kernel.write { context in
            let main = try ScopeLookup(&context.replica, context.transaction).require("collective:main").scope
            let drafts = AgentDrafts(name: "zed", node: home, scope: main)
            return try context.commit([
                try drafts.registering(
                    RegisterAgent(name: "zed"), agent: nil, suspension: nil, in: context.transaction)
            ])
        }
        try await trio.meet([trio.a, trio.b])
        #expect(try await trio.a.agent("zed", as: .agent).claimed)
        let main = try trio.a.kernel.consult { try ScopeLookup(&$0, $1).require("collective:main").scope }
        let candidates = try trio.a.taskCandidates(in: main, now: trio.a.kernel.surroundings.now())
        #expect(candidates.map(\.agent) == ["ava"])
    }

    @Test("The law is told of the scope of a task also where it is the usual one")
    func scope() async throws {
        let lone = try LoneNode()
        let rule = """
            apiVersion: hive/v1
            kind: Rule
            metadata: {name: closed}
            spec:
              scope: global
              match: {events: [operation]}
              when: args.scope == 'collective:main'
              effect: deny
              message: "'no tasks for everybody'"
            """
        let push = PushRules(sources: [RuleSource(path: "tasks/closed.yaml", text: rule)], set: "tasks")
        _ = try await lone.node.push(push, as: .operator)
        await #expect(throws: HiveError(.denied, "")) { try await delegate(to: "bo", at: lone.node) }
    }
}
