import HiveAPI
import HiveCore

/// Writes requests about tasks, and as the home of a task its rulings.
struct TaskHome: Sendable {
    let policy: TaskPolicy
    let hearing: TaskHearing
    let meter: TaskMeter
    let candidates: (any TaskCandidates)?

    /// A task after a write.
    struct Outcome: Sendable {
        let task: HiveTask
        let state: DocumentState
        let rulings: [TaskEntry]
        let at: Timestamp
    }

    /// What is known of agents, read before a transaction begins.
    func directory(for scopes: Set<ScopeID>, now: Timestamp) throws -> [ScopeID: [TaskCandidate]] {
        guard let candidates else { return [:] }
        var directory: [ScopeID: [TaskCandidate]] = [:]
        for scope in scopes { directory[scope] = try candidates.taskCandidates(in: scope, now: now) }
        return directory
    }

    /// Writes requests, and where this node is the task's home what it rules about them. Nil where there is nothing to write.
    func write(
        _ requests: [TaskEntry], to found: (state: DocumentState, task: HiveTask), agent: String?,
        directory: [ScopeID: [TaskCandidate]], _ view: TaskView, in context: inout WriteContext
    ) throws -> Outcome? {
        let (state, task) = found
        guard requests.isEmpty || task.course.steps.count < HiveTask.longestCourse else {
            throw HiveError(
                .tooLarge, "the task's history has \(task.course.steps.count) entries",
                hint: "cancel it, and delegate what is left as a new task")
        }
        let node = context.replica.identity.node
        var rulings: [TaskEntry] = []
        if task.course.home == node {
            let fresh = Dot(log: state.creation.dot.log, number: .max)
            rulings = TaskDesk.rulings(
                on: task, given: try facts(about: task, view, directory: directory),
                fresh: requests.map { TaskCourse.Step($0, author: node, dot: fresh) })
        }
        let entries = requests + rulings
        guard !entries.isEmpty else { return nil }
        let draft = Draft(
            .task, at: state.address, agent: agent, changes: [.append(TaskField.course, entries.map(\.value))])
        let written = try context.commit([draft]).states[0]
        guard let after = try view.task(written) else {
            throw HiveError(.notFound, "the task is gone", hint: "see `hivectl tasks list`")
        }
        return Outcome(task: after, state: written, rulings: rulings, at: context.now)
    }

    func facts(
        about task: HiveTask, _ view: TaskView, directory: [ScopeID: [TaskCandidate]]
    ) throws -> TaskDesk.Facts {
        let weights = policy.weights
        let now = view.now
        let known = directory[task.address.scope] ?? []
        return TaskDesk.Facts(
            now: now, silence: task.course.claim.map { silence(of: $0, known) },
            offered: task.course.offer.map { hearing.age(of: $0, on: task.address, now: now) },
            blockers: try view.blockersInWords(of: task), offer: policy.offer
        ) { task in
            TaskChoice(
                among: known, needs: task.brief.capabilities,
                passedOver: task.course.passedOver, weights: weights, now: now)
        }
    }

    /// For how many milliseconds nothing was heard of a holder. The heartbeats of one that is suspended renew no lease.
    func silence(of claim: TaskCourse.Claim, _ known: [TaskCandidate]) -> Int64 {
        let isSuspended = known.contains {
            $0.agent == claim.agent && $0.node == claim.node && $0.state == AgentState.suspended.rawValue
        }
        return hearing.silence(of: claim, byHeartbeats: !isSuspended)
    }

    /// Counts what an outcome ruled, once it is on disk, and begins to listen for the holder.
    func count(_ outcome: Outcome) {
        if let claim = outcome.task.course.claim { hearing.see(claim) }
        for ruling in outcome.rulings {
            switch ruling.act {
            case .grant(let claim, _, _, _):
                let asked = outcome.task.course.request(claim)?.entry.at ?? outcome.at
                meter.count(.grant, waited: Double(outcome.at.milliseconds(since: asked)) / 1000)
            case .requeue: meter.count(.requeue)
            case .accept: meter.count(.result)
            case .refuse(let request, _):
                if case .success? = outcome.task.course.request(request)?.entry.act {
                    meter.count(.lateResult)
                } else {
                    meter.count(.refusal)
                }
            default: break
            }
        }
    }
}
