import HiveAPI

/// Tasks that echo what was asked: what becomes of them is the node's business and tested there.
extension InMemoryNode: TaskService {
    private static func task(_ id: String, _ title: String = "t", status: String = "open") -> TaskRecord {
        TaskRecord(
            id: id, title: title, status: status, priority: "normal", choice: "suitable", attempts: 3,
            leaseSeconds: 600, author: Author(node: "n1"), home: "n1", scope: "collective:main", createdAt: time(1),
            updatedAt: time(1), version: version(1))
    }

    func delegate(_ request: DelegateTask, as caller: Caller) async throws -> TaskRecord {
        note("delegate \(request.json.text)", caller)
        var task = Self.task("t1", request.title)
        task.assignee = request.to
        task.history = [TaskEvent(at: Self.time(1), act: "offer", standing: "counts")]
        return task
    }

    func task(_ id: String, as caller: Caller) async throws -> TaskRecord {
        note("task \(id)", caller)
        return Self.task(id)
    }

    func tasks(_ query: TaskQuery, as caller: Caller) async throws -> Page<TaskRecord> {
        note("tasks \(query.json.text)", caller)
        return Page(items: [Self.task("t1")], next: "1")
    }

    func cancelTask(_ id: String, with request: CancelTask, as caller: Caller) async throws -> TaskRecord {
        note("cancelTask \(id) \(request.json.text)", caller)
        return Self.task(id, status: "cancelled")
    }

    func adoptTask(_ id: String, as caller: Caller) async throws -> TaskRecord {
        note("adoptTask \(id)", caller)
        return Self.task(id)
    }

    func claimTask(_ id: String, with request: ClaimTask, as caller: Caller) async throws -> ClaimAnswer {
        note("claimTask \(id) \(request.json.text)", caller)
        if id == "held" { throw HiveError(.claimRefused, "the task is held by `bob`", hint: "take another one") }
        let isFar = id == "far"
        let claim = TaskClaim(
            id: "c1", agent: request.agent ?? caller.agent ?? "-", node: "n1", state: isFar ? "waiting" : "granted",
            fence: isFar ? nil : 7)
        return ClaimAnswer(claim: claim, task: Self.task(id, status: isFar ? "open" : "claimed"))
    }

    func reportProgress(_ id: String, with request: ReportProgress, as caller: Caller) async throws -> TaskRecord {
        note("reportProgress \(id) \(request.json.text)", caller)
        return Self.task(id, status: "in_progress")
    }

    func completeTask(_ id: String, with request: CompleteTask, as caller: Caller) async throws -> TaskRecord {
        note("completeTask \(id) \(request.json.text)", caller)
        if request.fence == 1 { throw HiveError(.fenced, "the claim came to its end", hint: "stop") }
        var task = Self.task(id, status: id == "far" ? "claimed" : "completed")
        if id == "far" { task.history = [TaskEvent(at: Self.time(1), act: "success", standing: "pending")] }
        return task
    }

    func failTask(_ id: String, with request: FailTask, as caller: Caller) async throws -> TaskRecord {
        note("failTask \(id) \(request.json.text)", caller)
        return Self.task(id, status: "open")
    }
}
