import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Tasks on the node that they were delegated at.
@Suite struct TaskTests {
    private let lone: LoneNode
    private var node: Node { lone.node }

    init() throws { lone = try LoneNode() }

    @discardableResult
    private func delegate(_ title: String = "Renew it", _ adjust: (inout DelegateTask) -> Void = { _ in }) async throws
        -> TaskRecord
    {
        var request = DelegateTask(title: title, agent: "cleo")
        adjust(&request)
        lone.advance(seconds: 1)
        return try await node.delegate(request, as: .agent)
    }

    private func claim(_ id: String, _ agent: String) async throws -> TaskClaim {
        try await node.claimTask(id, with: ClaimTask(agent: agent), as: .agent).claim
    }

    @Test("Delegated, claimed, worked on, completed: every step is told with who and where")
    func whole() async throws {
        let task = try await delegate {
            $0.capabilities = ["tls"]; $0.priority = "high"
        }
        #expect(task.status == "open" && task.reason == "no agents are registered")
        let answer = try await node.claimTask(task.id, with: ClaimTask(agent: "ava"), as: .agent)
        #expect(answer.claim.state == "granted" && answer.task.status == "claimed" && answer.task.assignee == "ava")
        let fence = try #require(answer.claim.fence)
        let progress = ReportProgress(agent: "ava", fence: fence, percent: 40, note: "half of it")
        #expect(try await node.reportProgress(task.id, with: progress, as: .agent).status == "in_progress")
        let done = CompleteTask(agent: "ava", fence: fence, result: "renewed")
        let completed = try await node.completeTask(task.id, with: done, as: .agent)
        #expect(completed.status == "completed" && completed.result == "renewed" && completed.percent == 40)
        let record = try await node.task(String(task.id.prefix(8)), as: .agent)
        #expect(record.history.map(\.act) == ["claim", "grant", "progress", "success", "accept"])
        #expect(record.history.allSatisfy { $0.standing == "counts" && $0.node == node.identity.node.description })
        #expect(record.author.agent == "cleo" && record.priority == "high")
    }

    @Test("One holder at a time: others are refused, the holder is told again what it holds")
    func oneHolder() async throws {
        let id = try await delegate().id
        let first = try await claim(id, "ava")
        await #expect(throws: HiveError(.claimRefused, "")) { try await claim(id, "bob") }
        #expect(try await claim(id, "ava") == first, "asking again is the same claim")
        let done = CompleteTask(agent: "bob", result: "me too")
        await #expect(throws: HiveError(.claimRefused, "")) { try await node.completeTask(id, with: done, as: .agent) }
    }

    @Test("A silent holder loses the task, its late result is refused and kept as evidence")
    func lateResult() async throws {
        let id = try await delegate { $0.leaseSeconds = 60 }.id
        let lost = try await claim(id, "ava")
        lone.advance(seconds: 61)
        try await node.keepTasks()
        #expect(try await node.task(id, as: .agent).status == "open")
        let second = try await claim(id, "bob")
        #expect(try #require(second.fence) > (try #require(lost.fence)))
        let late = CompleteTask(agent: "ava", fence: lost.fence, result: "too late")
        await #expect(throws: HiveError(.fenced, "")) { try await node.completeTask(id, with: late, as: .agent) }
        await #expect(throws: HiveError(.fenced, "")) {
            try await node.reportProgress(id, with: ReportProgress(agent: "ava", fence: lost.fence), as: .agent)
        }
        let task = try await node.task(id, as: .agent)
        #expect(task.status == "claimed" && task.claim?.agent == "bob")
        let evidence = task.history.first { $0.text == "too late" }
        #expect(evidence?.standing == "refused" && evidence?.why?.contains("bob") == true)
        let done = try await node.completeTask(id, with: CompleteTask(agent: "bob", result: "ok"), as: .agent)
        #expect(done.result == "ok")
        let metrics = await node.metrics()
        #expect(metrics.first { $0.name == "hive_task_requeues_total" }?.value == 1)
        #expect(metrics.first { $0.name == "hive_task_late_results_total" }?.value == 1)
        #expect(metrics.first { $0.name == "hive_tasks" && $0.labels["status"] == "completed" }?.value == 1)
    }

    @Test("Whoever says something keeps the task, and nothing more is written for it")
    func renewal() async throws {
        let id = try await delegate { $0.leaseSeconds = 60 }.id
        _ = try await claim(id, "ava")
        _ = try await node.reportProgress(id, with: ReportProgress(agent: "ava", percent: 1), as: .agent)
        let entries = try await node.task(id, as: .agent).history.count
        for percent in 2...10 {
            lone.advance(seconds: 50)
            try await node.keepTasks()
            _ = try await node.reportProgress(id, with: ReportProgress(agent: "ava", percent: percent), as: .agent)
        }
        let task = try await node.task(id, as: .agent)
        #expect(task.status == "in_progress" && task.percent == 10 && task.history.count == entries)
    }

    @Test("A task may be begun so often, then it has failed")
    func attempts() async throws {
        let id = try await delegate { $0.attempts = 2 }.id
        _ = try await claim(id, "ava")
        let first = try await node.failTask(id, with: FailTask(agent: "ava", reason: "no key"), as: .agent)
        #expect(first.status == "open" && first.failures == 1 && first.reason == "no key")
        _ = try await claim(id, "bob")
        let second = try await node.failTask(id, with: FailTask(agent: "bob", reason: "no luck"), as: .agent)
        #expect(second.status == "failed" && second.reason == "no luck (attempt 2 of 2)")
        await #expect(throws: HiveError(.claimRefused, "")) { try await claim(id, "ava") }
        let other = try await delegate().id
        _ = try await claim(other, "ava")
        let final = FailTask(agent: "ava", reason: "impossible", retry: false)
        #expect(try await node.failTask(other, with: final, as: .agent).status == "failed")
    }

    @Test("After its deadline a task expires, whoever holds it")
    func deadline() async throws {
        let deadline = node.kernel.surroundings.now().advanced(bySeconds: 100).rfc3339
        let (open, held) = (
            try await delegate { $0.deadline = deadline }.id, try await delegate { $0.deadline = deadline }.id
        )
        _ = try await claim(held, "ava")
        lone.advance(seconds: 101)
        try await node.keepTasks()
        for id in [open, held] {
            let task = try await node.task(id, as: .agent)
            #expect(task.status == "expired" && task.reason == "its deadline was \(deadline)")
        }
        await #expect(throws: HiveError(.invalidInput, "")) { try await delegate { $0.deadline = deadline } }
    }

    @Test("A task waits for others, and is a part of another")
    func dependencies() async throws {
        let first = try await delegate("first").id
        let second = try await delegate("second") { ($0.dependsOn, $0.parent) = ([String(first.prefix(10))], first) }
        #expect(second.blockedBy.map(\.id) == [first] && second.blockedBy[0].status == "open")
        #expect(try await node.task(first, as: .agent).subtasks == [second.id])
        await #expect(throws: HiveError(.claimRefused, "")) { try await claim(second.id, "ava") }
        var query = TaskQuery(claimableBy: "ava")
        #expect(try await node.tasks(query, as: .agent).items.map(\.id) == [first])
        _ = try await claim(first, "ava")
        _ = try await node.completeTask(first, with: CompleteTask(agent: "ava"), as: .agent)
        #expect(try await node.tasks(query, as: .agent).items.map(\.id) == [second.id])
        #expect(try await claim(second.id, "ava").state == "granted")
        query = TaskQuery(parent: first)
        #expect(try await node.tasks(query, as: .agent).items.map(\.id) == [second.id])
        await #expect(throws: HiveError(.notFound, "")) { try await delegate { $0.dependsOn = ["0123456789"] } }
    }

    @Test("Only who delegated it, or an operator, takes a task back, and only while it is not closed")
    func cancelling() async throws {
        let id = try await delegate().id
        await #expect(throws: HiveError(.forbidden, "")) {
            try await node.cancelTask(id, with: CancelTask(agent: "eve"), as: .agent)
        }
        let cancelled = try await node.cancelTask(
            id, with: CancelTask(agent: "cleo", reason: "done by hand"), as: .agent)
        #expect(cancelled.status == "cancelled" && cancelled.reason == "done by hand")
        await #expect(throws: HiveError(.illegalTransition, "")) {
            try await node.cancelTask(id, with: CancelTask(), as: .operator)
        }
        let other = try await delegate().id
        #expect(try await node.cancelTask(other, with: CancelTask(), as: .operator).status == "cancelled")
    }

    @Test("The same request under the same key delegates once")
    func repeated() async throws {
        let first = try await delegate { $0.idempotencyKey = "k" }
        #expect(try await delegate { $0.idempotencyKey = "k" }.id == first.id)
        await #expect(throws: HiveError(.keyReused, "")) { try await delegate("other") { $0.idempotencyKey = "k" } }
    }

    @Test("The law has a say: a denied delegation leaves nothing")
    func law() async throws {
        let rule = """
            apiVersion: hive/v1
            kind: Rule
            metadata: {name: no-deletions, version: 1}
            spec:
              match: {events: [operation]}
              when: input.name == 'task.delegate' && content.contains('delete')
              effect: deny
              message: "'deletions are not delegated'"
            """
        let push = PushRules(sources: [RuleSource(path: "law/rule.yaml", text: rule)], set: "law")
        #expect(try await node.push(push, as: .operator).active)
        await #expect(throws: HiveError(.denied, "")) { try await delegate("delete the backups") }
        #expect(try await node.tasks(TaskQuery(), as: .agent).items.isEmpty)
        #expect(try await delegate("look at the backups").status == "open")
    }

    @Test("Lists: what is to be done first, filters, pages, and what was closed long ago on demand")
    func lists() async throws {
        var ids: [String] = []
        for priority in ["low", "critical", "normal", "700"] {
            ids.append(try await delegate("\(priority) work") { $0.priority = priority }.id)
        }
        let all = try await node.tasks(TaskQuery(limit: 3), as: .agent)
        #expect(all.items.map(\.priority) == ["critical", "700", "normal"])
        let rest = try await node.tasks(TaskQuery(limit: 3, cursor: all.next), as: .agent)
        #expect(rest.items.map(\.priority) == ["low"] && rest.next == nil)
        #expect(try await node.tasks(TaskQuery(q: "CRITICAL work"), as: .agent).items.map(\.id) == [ids[1]])
        _ = try await claim(ids[1], "ava")
        _ = try await node.completeTask(ids[1], with: CompleteTask(agent: "ava"), as: .agent)
        #expect(try await node.tasks(TaskQuery(), as: .agent).items.last?.id == ids[1])
        #expect(try await node.tasks(TaskQuery(status: "active"), as: .agent).items.count == 3)
        lone.advance(seconds: 31 * 86_400)
        #expect(try await node.tasks(TaskQuery(), as: .agent).items.count == 3)
        #expect(try await node.tasks(TaskQuery(archived: true), as: .agent).items.count == 4)
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await node.tasks(TaskQuery(status: "odd"), as: .agent)
        }
        await #expect(throws: HiveError(.notFound, "")) { try await node.task("m", as: .agent) }
    }

    @Test("Who completed something like it is found by its words")
    func past() async throws {
        for (title, agent) in [("Renew the certificate of web-3", "ava"), ("Renew the lease", "bob")] {
            let id = try await delegate(title).id
            _ = try await claim(id, agent)
            _ = try await node.completeTask(
                id, with: CompleteTask(agent: agent, result: "done with certbot"), as: .agent)
        }
        try await delegate("Renew the certificate of web-4")
        let found = try node.pastTasks(like: "certificate renew certbot", limit: 5)
        #expect(found.map(\.agent) == ["ava", "bob"])
        #expect(found[0].score == 1 && found[0].title == "Renew the certificate of web-3")
        #expect(try node.pastTasks(like: "  ", limit: 5).isEmpty)
    }

    @Test("Listeners hear of every change of a task")
    func events() async throws {
        var heard = node.events(topics: ["task"]).makeAsyncIterator()
        let id = try await delegate().id
        _ = try await claim(id, "ava")
        let (first, second) = (await heard.next(), await heard.next())
        #expect(first?.type == "task.changed" && first?.data["status"] == "open" && first?.data["id"] == .string(id))
        #expect(second?.data["status"] == "claimed" && second?.data["assignee"] == "ava")
    }

    @Test("Two hundred tasks and twenty agents at once: each is done once")
    func manyAtOnce() async throws {
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<200 { group.addTask { try await self.delegate("task \(number)").id } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let done = try await withThrowingTaskGroup(of: [String].self) { group in
            for agent in 0..<20 {
                group.addTask { try await self.work(through: ids.shuffled(), as: "agent\(agent)") }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(done.count == 200 && Set(done) == Set(ids))
        let page = try await node.tasks(TaskQuery(status: "completed", limit: 1000), as: .agent)
        #expect(page.items.count == 200)
    }

    /// Claims and completes what can be had; answers with that.
    private func work(through ids: [String], as agent: String) async throws -> [String] {
        var done: [String] = []
        for id in ids {
            do { _ = try await claim(id, agent) } catch let error as HiveError where error.code == .claimRefused {
                continue
            }
            _ = try await node.completeTask(id, with: CompleteTask(agent: agent), as: .agent)
            done.append(id)
        }
        return done
    }
}
