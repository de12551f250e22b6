@testable import HiveCore

/// Every state of a task, every request, and what the home makes of them.
struct TaskTable {
    enum Request: CaseIterable {
        case claim, success, lateSuccess, failure, lateFailure, cancelByCreator, cancelByOther
    }

    struct Row: Sendable, CustomStringConvertible {
        let status: TaskStatus
        let request: Request
        let ruling: String
        let after: TaskStatus
        var description: String { "\(request) of a task that is \(status): \(ruling), then \(after)" }
    }

    static let rows: [Row] = TaskStatus.allCases.flatMap { status in
        Request.allCases.map { request in
            switch (request, status) {
            case (.claim, .open), (.claim, .assigned):
                Row(status: status, request: request, ruling: "grant", after: .claimed)
            case (.success, .claimed), (.success, .inProgress):
                Row(status: status, request: request, ruling: "accept", after: .completed)
            case (.failure, .claimed), (.failure, .inProgress):
                Row(status: status, request: request, ruling: "requeue", after: .open)
            case (.cancelByCreator, _) where !status.isClosed:
                Row(status: status, request: request, ruling: "close", after: .cancelled)
            default: Row(status: status, request: request, ruling: "refuse", after: status)
            }
        }
    }

    let now = Timestamp(milliseconds: 1_800_000_000_000)
    let home = NodeID(.sha256([1]))
    private let log = LogID(.sha256([2]))

    var facts: TaskDesk.Facts {
        TaskDesk.Facts(now: now) { _ in TaskChoice(among: [], needs: [], now: Timestamp(milliseconds: 0)) }
    }

    func step(_ entry: TaskEntry, number: UInt64 = .max) -> TaskCourse.Step {
        TaskCourse.Step(entry, author: home, dot: Dot(log: log, number: number))
    }

    /// A task that `cleo` delegated; where it is held `ava` holds it under the claim `held`, after a claim `old` that was lost.
    func task(in status: TaskStatus) throws -> HiveTask {
        let address = DocumentAddress(
            scope: ScopeID(.sha256([3])), document: .derived(kind: 65, key: [4], generation: 0))
        let brief = TaskBrief(title: "Renew the certificate", choice: .anyone)
        var task = HiveTask(address: address, brief: brief, creator: "cleo", at: now, home: home)
        let grant = { (id: String, fence: Int64) in
            TaskEntry(at: now, agent: "ava", .grant(claim: id, node: home, fence: fence, lease: brief.lease))
        }
        let close = { (status: TaskStatus) in TaskEntry(at: now, .close(status, request: nil, reason: "r")) }
        let claim = { (id: String) in TaskEntry(at: now, agent: "ava", .claim(id: id, isOptimistic: false)) }
        let held = [
            claim("old"), grant("old", 1), TaskEntry(at: now, .requeue(request: nil, reason: "lost")), claim("held"),
            grant("held", 2),
        ]
        let entries: [TaskEntry] =
            switch status {
            case .open: []
            case .assigned: [TaskEntry(at: now, agent: "ava", .offer(node: nil, judgements: []))]
            case .claimed: held
            case .inProgress: held + [TaskEntry(at: now, agent: "ava", .progress(claim: "held", percent: 5, note: nil))]
            case .completed:
                held + [
                    TaskEntry(at: now, agent: "ava", .success(id: "s", claim: "held", result: "r")),
                    TaskEntry(at: now, agent: "ava", .accept(request: "s")),
                ]
            case .failed, .cancelled, .expired: held + [close(status)]
            }
        task.course = TaskCourse(
            home: home, steps: entries.enumerated().map { step($0.element, number: UInt64($0.offset) + 1) })
        guard task.status == status else { throw StoreError(.failed, "the task is \(task.status), not \(status)") }
        return task
    }

    func request(_ request: Request, on task: HiveTask) -> TaskEntry {
        switch request {
        case .claim: TaskEntry(at: now, agent: "ava", .claim(id: "new", isOptimistic: false))
        case .success: TaskEntry(at: now, agent: "ava", .success(id: "new", claim: "held", result: "done"))
        case .lateSuccess: TaskEntry(at: now, agent: "ava", .success(id: "new", claim: "old", result: "done"))
        case .failure: TaskEntry(at: now, agent: "ava", .failure(id: "new", claim: "held", reason: "r", mayRetry: true))
        case .lateFailure:
            TaskEntry(at: now, agent: "ava", .failure(id: "new", claim: "old", reason: "r", mayRetry: true))
        case .cancelByCreator: TaskEntry(at: now, agent: "cleo", .cancel(id: "new", reason: nil, isOperator: false))
        case .cancelByOther: TaskEntry(at: now, agent: "eve", .cancel(id: "new", reason: nil, isOperator: false))
        }
    }

    func rulings(on task: HiveTask, asking request: TaskEntry) -> [TaskEntry] {
        TaskDesk.rulings(on: task, given: facts, fresh: [step(request)])
    }

    func after(_ task: HiveTask, _ request: TaskEntry, _ rulings: [TaskEntry]) -> TaskCourse {
        let steps = (task.course.steps.map(\.entry) + [request] + rulings).enumerated()
        return TaskCourse(home: home, steps: steps.map { step($0.element, number: UInt64($0.offset) + 1) })
    }

    /// One of each.
    static let entries: [TaskEntry] = {
        let (now, node) = (Timestamp(milliseconds: 5), NodeID(.sha256([9])))
        let judgement = TaskChoice(
            among: [TaskCandidate(agent: "ava", node: node, capabilities: ["tls"], lastSeen: now)], needs: ["dns"],
            now: now)
        let acts: [TaskEntry.Act] = [
            .claim(id: "a", isOptimistic: false), .claim(id: "a", isOptimistic: true),
            .progress(claim: "a", percent: 40, note: "n"), .progress(claim: "a", percent: nil, note: nil),
            .success(id: "b", claim: "a", result: "r"), .failure(id: "b", claim: "a", reason: "r", mayRetry: true),
            .cancel(id: "c", reason: nil, isOperator: true), .offer(node: node, judgements: judgement.judgements),
            .grant(claim: "a", node: node, fence: 7, lease: 60), .refuse(request: "a", reason: "r"),
            .requeue(request: nil, reason: "r"), .requeue(request: "b", reason: "r"), .accept(request: "b"),
            .close(.expired, request: nil, reason: "r"),
            .adopt(home: node, through: [Dot(log: LogID(.sha256([8])), number: 3)]),
        ]
        return acts.enumerated().map {
            TaskEntry(
                at: now, agent: $0.offset.isMultiple(of: 2) ? "ava" : nil, epoch: Int64($0.offset % 3), $0.element)
        }
    }()
}
