public import HiveAPI
import HiveCore

/// What holders and delegators ask of a task's home.
extension Node {
    public func claimTask(_ id: String, with request: ClaimTask, as caller: Caller) async throws -> ClaimAnswer {
        try await naming {
            try request.checkLimits()
            let agent = try TaskInput.agent(request.agent, caller)
            try duty.demand(agent)
            let isOptimistic = request.optimistic
            let asked = try await ask(about: id, by: agent) { task, view, node, random in
                if let own = task.course.claim, task.status.isHeld, own.agent == agent, own.node == node {
                    return .known(own.id)
                }
                if let waiting = task.course.pendingClaim(of: agent, at: node) { return .known(waiting) }
                if let obstacle = TaskDesk.obstacle(
                    for: agent, at: node, to: task, blockers: try view.blockersInWords(of: task))
                {
                    throw HiveError(.claimRefused, obstacle, hint: task.status.advice)
                }
                let id = TaskInput.requestID(&random)
                return .write(TaskEntry(at: view.now, agent: agent, .claim(id: id, isOptimistic: isOptimistic)), id)
            }
            let course = try await answer(to: asked, seconds: request.waitSeconds).course
            switch course.answer(to: asked.request) {
            case .refused(let reason), .void(let reason):
                throw HiveError(.claimRefused, reason, hint: "see `hivectl tasks list --claimable-by \(agent)`")
            case .counts, .pending: break
            }
            let record = try taskRecord(asked.address)
            if let claim = record.claim, claim.id == asked.request { return ClaimAnswer(claim: claim, task: record) }
            guard course.answer(to: asked.request) == .pending else {
                throw HiveError(.claimRefused, "the claim was granted and came to its end", hint: "claim it again")
            }
            let isBegun = isOptimistic || course.isOptimistic(asked.request)
            let state = isBegun ? "optimistic" : "waiting"
            let claim = TaskClaim(
                id: asked.request, agent: agent, node: kernel.identity.node.description, state: state)
            return ClaimAnswer(claim: claim, task: record)
        }
    }

    public func reportProgress(
        _ id: String, with request: ReportProgress, as caller: Caller
    ) async throws -> TaskRecord {
        try await naming {
            try request.checkLimits()
            let agent = try TaskInput.agent(request.agent, caller)
            try duty.demand(agent)
            let percent = request.percent.map(Int64.init)
            let hearing = hearing
            let asked = try await ask(about: id, by: agent) { task, view, node, _ in
                let claim = try Self.claim(request.claim, fence: request.fence, of: agent, on: task)
                guard let holder = task.course.claim, holder.id == claim else {
                    guard task.course.answer(to: claim) == .pending else { throw Self.fenced(claim, task) }
                    return .known(claim)
                }
                // What must last is written: notes, that it was begun, and often enough for a home elsewhere to hear of it.
                let isDue = hearing.isWritingDue(holder)
                hearing.hear(holder, percent: percent)
                let isNews = task.status == .claimed || request.note != nil || (task.course.home != node && isDue)
                guard isNews else { return .known(claim) }
                let act = TaskEntry.Act.progress(claim: claim, percent: percent, note: request.note)
                return .write(TaskEntry(at: view.now, agent: agent, act), claim)
            }
            if !asked.isHome, let holder = asked.task.course.claim, holder.id == asked.request {
                tellProgress(holder, percent: percent, in: asked.address.scope)
            }
            return try taskRecord(asked.address)
        }
    }

    public func completeTask(_ id: String, with request: CompleteTask, as caller: Caller) async throws -> TaskRecord {
        try await naming {
            try request.checkLimits()
            let agent = try TaskInput.agent(request.agent, caller)
            return try await handIn(id, by: agent, request.claim, request.fence, wait: request.waitSeconds) {
                .success(id: $0, claim: $1, result: request.result)
            }
        }
    }

    public func failTask(_ id: String, with request: FailTask, as caller: Caller) async throws -> TaskRecord {
        try await naming {
            try request.checkLimits()
            let agent = try TaskInput.agent(request.agent, caller)
            return try await handIn(id, by: agent, request.claim, request.fence, wait: request.waitSeconds) {
                .failure(id: $0, claim: $1, reason: request.reason, mayRetry: request.retry)
            }
        }
    }

    public func cancelTask(_ id: String, with request: CancelTask, as caller: Caller) async throws -> TaskRecord {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let isOperator = caller.role == .operator
            let asked = try await ask(about: id, by: agent) { task, view, _, random in
                guard !task.status.isClosed else {
                    throw HiveError(
                        .illegalTransition, "the task is \(task.status.rawValue) and cannot be cancelled",
                        hint: task.status.advice)
                }
                guard isOperator || (agent != nil && agent == task.creator) else {
                    throw HiveError(
                        .forbidden, "the task was delegated by `\(task.creator ?? "an operator")`",
                        hint: "ask who delegated it, or an operator, to cancel it")
                }
                let id = TaskInput.requestID(&random)
                let act = TaskEntry.Act.cancel(id: id, reason: request.reason, isOperator: isOperator)
                return .write(TaskEntry(at: view.now, agent: agent, act), id)
            }
            let task = try await answer(to: asked, seconds: request.waitSeconds)
            if case .refused(let reason) = task.course.answer(to: asked.request) {
                throw HiveError(.illegalTransition, reason, hint: task.status.advice)
            }
            return try taskRecord(asked.address)
        }
    }

    public func adoptTask(_ id: String, as caller: Caller) async throws -> TaskRecord {
        try await naming {
            try caller.requireOperator(to: "take over a task")
            let home = taskHome
            let address = try await kernel.write { context in
                let view = try TaskView(&context)
                let found = try view.find(id)
                let node = context.replica.identity.node
                guard found.task.course.home != node else { return found.state.address }
                guard view.isSteward(node, of: found.state.address.scope) else {
                    throw HiveError(
                        .forbidden, "this node is no steward of \(view.lookup.name(of: found.state.address.scope))",
                        hint: "take it over at a steward; `hivectl scopes show` lists them")
                }
                let adoption = found.task.course.adoption(by: node, at: context.now, agent: caller.agent)
                _ = try home.write([adoption], to: found, agent: caller.agent, directory: [:], view, in: &context)
                return found.state.address
            }
            tasks.note([address])
            try await keepTasks()
            return try taskRecord(address)
        }
    }

    // MARK: Asking

    /// What a use case wants to be written: a request, or nothing where what it would ask for was asked before.
    enum TaskRequest: Sendable {
        case write(TaskEntry, String)
        case known(String)
    }

    /// A request that is on disk.
    struct AskedTask: Sendable {
        let address: DocumentAddress
        let request: String
        let task: HiveTask
        let isHome: Bool
    }

    /// Writes a request, and where this node is the task's home what comes of it.
    func ask(
        about id: String, by agent: String?,
        _ make:
            @escaping @Sendable (HiveTask, TaskView, NodeID, inout SystemRandomNumberGenerator) throws -> TaskRequest
    ) async throws -> AskedTask {
        let home = taskHome
        let directory = try taskDirectory(around: id)
        let (asked, outcome) = try await kernel.write { context -> (AskedTask, TaskHome.Outcome?) in
            let view = try TaskView(&context)
            let found = try view.find(id)
            let node = context.replica.identity.node
            var (task, outcome) = (found.task, TaskHome.Outcome?.none)
            let request: String
            switch try make(task, view, node, &context.random) {
            case .known(let known): request = known
            case .write(let entry, let name):
                request = name
                outcome = try home.write([entry], to: found, agent: agent, directory: directory, view, in: &context)
                task = outcome?.task ?? task
            }
            let isHome = task.course.home == node
            return (
                AskedTask(address: found.state.address, request: request, task: task, isHome: isHome), outcome
            )
        }
        // The caller may be answered before followers are told.
        tasks.note([asked.address])
        if let outcome {
            home.count(outcome)
            await tellOffers([outcome])
        }
        return asked
    }

    /// The task once its home has answered a request, or as it is when the time is over.
    func answer(to asked: AskedTask, seconds: Int) async throws -> HiveTask {
        guard !asked.isHome, asked.task.course.answer(to: asked.request) == .pending else { return asked.task }
        return try await TaskAnswer(node: self, address: asked.address, request: asked.request).wait(seconds: seconds)
    }

    private func handIn(
        _ id: String, by agent: String, _ name: String?, _ fence: Int?, wait seconds: Int,
        _ act: @escaping @Sendable (_ id: String, _ claim: String) -> TaskEntry.Act
    ) async throws -> TaskRecord {
        try duty.demand(agent)
        let asked = try await ask(about: id, by: agent) { task, view, _, random in
            let claim = try Self.claim(name, fence: fence, of: agent, on: task)
            let request = TaskInput.requestID(&random)
            return .write(TaskEntry(at: view.now, agent: agent, act(request, claim)), request)
        }
        let task = try await answer(to: asked, seconds: seconds)
        if case .refused(let reason) = task.course.answer(to: asked.request) {
            throw HiveError(
                .fenced, "\(reason); what you handed in is kept with the task as evidence",
                hint:
                    "stop, and undo what you did outside; `hivectl tasks show \(asked.address.document.short)` tells more"
            )
        }
        return try taskRecord(asked.address)
    }

    /// The claim that a holder speaks of: by its id, by its number, or the agent's last one.
    private static func claim(_ id: String?, fence: Int?, of agent: String, on task: HiveTask) throws -> String {
        let claims = task.course.claims(of: agent)
        let found =
            if let id { claims.last { $0.id == id } } else if let fence {
                claims.last { $0.fence == Int64(fence) }
            } else { claims.last }
        guard let found else {
            let what = id.map { " `\($0)`" } ?? fence.map { " with the number \($0)" } ?? ""
            throw HiveError(
                .claimRefused, "`\(agent)` has no claim\(what) to this task", hint: "claim it first")
        }
        return found.id
    }

    private static func fenced(_ claim: String, _ task: HiveTask) -> HiveError {
        let holder = task.course.claim.map { "held by `\($0.agent)` under the number \($0.fence)" }
        return HiveError(
            .fenced, "the claim came to its end; the task is \(holder ?? task.status.rawValue)",
            hint: "stop, and undo what you did outside")
    }
}
