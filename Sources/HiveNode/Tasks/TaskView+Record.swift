import HiveAPI
import HiveCore

extension TaskView {
    /// A task as callers get it.
    /// - Parameter subtasks: the ids of its parts.
    func record(
        _ task: HiveTask, _ state: DocumentState, subtasks: [String] = [], hearing: TaskHearing, withHistory: Bool
    ) throws -> TaskRecord {
        let (brief, course) = (task.brief, task.course)
        let view = MemoryView(transaction: transaction, lookup: lookup)
        var record = TaskRecord(
            id: task.address.document.description, title: brief.title, status: task.status.rawValue,
            priority: TaskBrief.word(for: brief.priority), choice: brief.choice.rawValue, attempts: Int(brief.attempts),
            leaseSeconds: Int(brief.lease), author: try view.author(state.creation.dot, agent: task.creator),
            home: course.home?.description ?? "unknown", scope: lookup.name(of: task.address.scope),
            createdAt: task.createdAt.rfc3339, updatedAt: task.updatedAt.rfc3339, version: state.version.token)
        record.description = brief.details
        record.blockedBy = try blockers(of: task)
        record.capabilities = brief.capabilities
        record.deadline = brief.deadline?.rfc3339
        record.assignee = task.status.isClosed ? course.claim?.agent : task.assignee
        record.claim = course.claim.map { show($0, heard: hearing) }
        record.percent = course.claim.flatMap { hearing.percent(of: $0) ?? $0.percent }.map(Int.init)
        record.failures = Int(course.failures)
        record.result = course.result
        record.judgements = course.judgements.map {
            TaskJudgement(
                agent: $0.agent, node: $0.node?.description, score: $0.score, parts: $0.parts, obstacle: $0.obstacle)
        }
        record.reason = course.reason ?? unmatched(task)
        record.dependsOn = brief.dependencies.map(\.hex)
        record.parent = brief.parent?.hex
        record.subtasks = subtasks
        record.closedAt = course.closedAt?.rfc3339
        if withHistory { record.history = zip(course.steps, course.standings).map(Self.event) }
        return record
    }

    /// Why nobody was found for an open task.
    private func unmatched(_ task: HiveTask) -> String? {
        guard task.status == .open, task.brief.choice == .suitable else { return nil }
        return TaskChoice(judged: task.course.judgements).reason
    }

    private func show(_ claim: TaskCourse.Claim, heard: TaskHearing) -> TaskClaim {
        TaskClaim(
            id: claim.id, agent: claim.agent, node: claim.node.description, state: "granted", fence: Int(claim.fence),
            grantedAt: claim.grantedAt.rfc3339,
            leaseUntil: now.advanced(bySeconds: claim.lease - heard.silence(of: claim) / 1000).rfc3339)
    }

    private static func event(_ step: TaskCourse.Step, _ standing: TaskCourse.Standing) -> TaskEvent {
        var event = TaskEvent(
            at: step.entry.at.rfc3339, act: step.entry.name, agent: step.entry.agent, node: step.author?.description,
            text: step.entry.text, standing: "counts")
        switch standing {
        case .counts: break
        case .pending: event.standing = "pending"
        case .refused(let why): (event.standing, event.why) = ("refused", why)
        case .void(let why): (event.standing, event.why) = ("void", why)
        }
        if case .grant(_, _, let fence, _) = step.entry.act { event.fence = Int(fence) }
        if case .progress(_, let percent, _) = step.entry.act { event.percent = percent.map(Int.init) }
        return event
    }
}
