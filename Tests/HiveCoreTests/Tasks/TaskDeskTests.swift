import HiveTesting
import Testing

@testable import HiveCore

/// What the home of a task rules, state by state.
@Suite struct TaskDeskTests {
    private let table = TaskTable()

    @Test("A request in a state comes to what the table says", arguments: TaskTable.rows)
    func table(row: TaskTable.Row) throws {
        let task = try table.task(in: row.status)
        let request = table.request(row.request, on: task)
        let rulings = table.rulings(on: task, asking: request)
        let answer = try #require(rulings.first { $0.answered == request.request }, "every request is answered")
        #expect(answer.name == row.ruling, "\(row)")
        #expect(table.after(task, request, rulings).status == row.after, "\(row)")
    }

    @Test("The table says something of every state and request")
    func complete() {
        let pairs = Set(TaskTable.rows.map { [$0.status.rawValue, "\($0.request)"] })
        #expect(pairs.count == TaskStatus.allCases.count * TaskTable.Request.allCases.count)
        #expect(TaskTable.rows.count == pairs.count)
    }

    @Test("Nothing follows that is no successor", arguments: TaskTable.rows)
    func successors(row: TaskTable.Row) {
        #expect(row.after == row.status || row.status.successors.contains(row.after))
    }

    @Test("A ruling that the state does not allow is not taken", arguments: TaskStatus.allCases)
    func illegal(status: TaskStatus) throws {
        for end in TaskStatus.allCases where !end.isClosed || end == .completed {
            var course = try table.task(in: status).course
            let isTaken = course.take(TaskEntry(at: table.now, .close(end, request: nil, reason: "r")))
            #expect(!isTaken)
            #expect(course.status == status)
        }
        var course = try table.task(in: status).course
        let isOpenAgain = course.take(TaskEntry(at: table.now, .requeue(request: nil, reason: "r")))
        #expect(isOpenAgain == (status.isHeld || status == .assigned))
    }

    @Test("A number is never given twice and only grows, even where the clock goes back")
    func fences() throws {
        var task = try table.task(in: .open)
        var fences: [Int64] = []
        for round in 0..<5 {
            var facts = table.facts
            facts.now = Timestamp(milliseconds: table.now.milliseconds - Int64(round) * 60_000)
            let claim = table.step(TaskEntry(at: facts.now, agent: "ava", .claim(id: "n\(round)", isOptimistic: false)))
            for ruling in TaskDesk.rulings(on: task, given: facts, fresh: [claim]) {
                let isTaken = task.course.take(ruling)
                #expect(isTaken)
                if case .grant(_, _, let fence, _) = ruling.act { fences.append(fence) }
            }
            let isOpenAgain = task.course.take(TaskEntry(at: facts.now, .requeue(request: nil, reason: "again")))
            #expect(isOpenAgain)
        }
        #expect(fences.count == 5)
        #expect(zip(fences, fences.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("Nothing is heard of a holder: it is open again as often as it may be begun, then failed, with the reason")
    func lapses() throws {
        var task = try table.task(in: .open)
        var now = table.now
        for attempt in 1...Int(task.brief.attempts) {
            let claim = table.step(TaskEntry(at: now, agent: "ava", .claim(id: "n\(attempt)", isOptimistic: false)))
            task.course.expect([claim])
            var facts = table.facts
            facts.now = now
            for ruling in TaskDesk.rulings(on: task, given: facts) { _ = task.course.take(ruling) }
            #expect(task.status == .claimed)
            facts.now = now.advanced(bySeconds: task.brief.lease)
            #expect(TaskDesk.rulings(on: task, given: facts).isEmpty, "the lease has not run out")
            now = now.advanced(bySeconds: task.brief.lease + 1)
            facts.now = now
            facts.silence = 0
            #expect(TaskDesk.rulings(on: task, given: facts).isEmpty, "the holder was heard of")
            facts.silence = nil
            for ruling in TaskDesk.rulings(on: task, given: facts) { _ = task.course.take(ruling) }
            #expect(task.status == (attempt < 3 ? .open : .failed))
        }
        #expect(task.course.reason == "nothing was heard of `ava` for 600 seconds (attempt 3 of 3)")
    }

    @Test("An optimistic claim that the home hears of with its result is granted and accepted in one go")
    func optimistic() throws {
        let task = try table.task(in: .open)
        let fresh = [
            table.step(TaskEntry(at: table.now, agent: "ava", .claim(id: "o", isOptimistic: true))),
            table.step(TaskEntry(at: table.now, agent: "ava", .success(id: "r", claim: "o", result: "done"))),
        ]
        let rulings = TaskDesk.rulings(on: task, given: table.facts, fresh: fresh)
        #expect(rulings.map(\.name) == ["grant", "accept"])
    }

    @Test("A named agent is offered its task, nobody else gets it; a blocked one is offered to nobody")
    func offers() throws {
        var task = try table.task(in: .open)
        var brief = task.brief
        (brief.choice, brief.addressee) = (.named, "zoe")
        task = HiveTask(address: task.address, brief: brief, creator: "cleo", at: table.now, home: table.home)
        let rulings = TaskDesk.rulings(on: task, given: table.facts)
        #expect(rulings.map(\.name) == ["offer"] && rulings[0].agent == "zoe")
        #expect(TaskDesk.obstacle(for: "ava", at: table.home, to: task, blockers: []) == "the task is for `zoe`")
        var facts = table.facts
        facts.blockers = ["`0123` (first), which is open"]
        #expect(TaskDesk.rulings(on: task, given: facts).isEmpty)
        #expect(
            TaskDesk.obstacle(for: "zoe", at: table.home, to: task, blockers: facts.blockers)?.contains("first") == true
        )
    }

    @Test("Entries come back as they were written, and others are none", arguments: TaskTable.entries)
    func coding(entry: TaskEntry) throws {
        #expect(TaskEntry(try CBORValue(decoding: entry.value.encoded())) == entry)
        #expect(TaskEntry(.map(["act": .text("dance")])) == nil)
        #expect(TaskEntry(.text("claim")) == nil)
    }
}
