/// What the home of a task rules: a pure function of the task, the time, and what the home knows besides.
///
/// What comes of a request depends on the state that the home finds the task in, and on nothing else:
///
/// | request | open | assigned | claimed, in progress | closed |
/// |---|---|---|---|---|
/// | claim | granted | granted to whom it is offered, else refused | refused | refused |
/// | success | refused | refused | accepted of the holder's claim, else refused | refused |
/// | failure | refused | refused | of the holder's claim: open again or failed; else refused | refused |
/// | cancel | cancelled | cancelled | cancelled | refused |
public struct TaskDesk {
    /// What the home knows besides the task.
    public struct Facts {
        public var now: Timestamp
        /// For how many milliseconds nothing was heard of the holder, measured by the home itself; nil for what the times of
        /// the task's entries say.
        public var silence: Int64?
        /// For how many milliseconds the offer has stood; nil for what its entry says.
        public var offered: Int64?
        /// Tasks that must be completed before, in words.
        public var blockers: [String]
        /// For how many seconds an offer stands.
        public var offer: Int64
        /// How long an offer stands after so many that nobody took: longer each time, so that a task for whom nobody comes does
        /// not fill its history.
        public func offer(after offers: Int) -> Int64 {
            let (seconds, isTooMuch) = offer.multipliedReportingOverflow(by: Int64(max(1, offers)))
            return isTooMuch ? .max : seconds
        }

        /// Chooses an agent, given whom to pass over.
        public var choose: (_ task: HiveTask) -> TaskChoice

        public init(
            now: Timestamp, silence: Int64? = nil, offered: Int64? = nil, blockers: [String] = [],
            offer: Int64 = TaskBrief.usualLease,
            choose: @escaping (HiveTask) -> TaskChoice
        ) {
            self.now = now
            self.silence = silence
            self.offered = offered
            self.blockers = blockers
            self.offer = offer
            self.choose = choose
        }
    }

    private var task: HiveTask
    private let facts: Facts
    private var rulings: [TaskEntry] = []

    private init(_ task: HiveTask, _ facts: Facts) {
        self.task = task
        self.facts = facts
    }

    /// What is to be written now, in order. `fresh` are requests that are being made in the same breath.
    public static func rulings(on task: HiveTask, given facts: Facts, fresh: [TaskCourse.Step] = []) -> [TaskEntry] {
        var desk = TaskDesk(task, facts)
        desk.task.course.expect(fresh)
        for request in desk.task.course.pending { desk.answer(request) }
        desk.watch()
        return desk.rulings
    }

    /// Why an agent of a node may not claim a task now; nil where it may.
    public static func obstacle(
        for agent: String, at node: NodeID, to task: HiveTask, blockers: [String]
    ) -> String? {
        switch task.status {
        case .completed, .failed, .cancelled, .expired:
            return "the task is \(task.status.rawValue.replacing("_", with: " "))"
        case .claimed, .inProgress:
            guard let holder = task.course.claim else { return nil }
            return holder.agent == agent ? "you hold it already" : "the task is held by `\(holder.agent)`"
        case .open, .assigned:
            if !blockers.isEmpty { return "the task waits for \(blockers.joined(separator: ", "))" }
            guard let chosen = task.assignee else { return nil }
            if chosen != agent { return "the task is for `\(chosen)`" }
            guard let home = task.course.offer?.node, home != node else { return nil }
            return "the task is for the `\(chosen)` of node \(home.short)"
        }
    }

    private mutating func rule(about agent: String? = nil, _ act: TaskEntry.Act) {
        let ruling = TaskEntry(at: facts.now, agent: agent, epoch: task.course.epoch, act)
        // What the task is in no state for is not written: it would be void.
        if task.course.take(ruling) { rulings.append(ruling) }
    }

    // MARK: Requests

    private mutating func answer(_ request: TaskEntry) {
        switch request.act {
        case .claim(let id, _): answerClaim(id, of: request)
        case .success(let id, let claim, _):
            if let problem = problem(with: claim, of: request, id) { return refuse(id, problem) }
            rule(about: request.agent, .accept(request: id))
        case .failure(let id, let claim, let reason, let mayRetry):
            if let problem = problem(with: claim, of: request, id) { return refuse(id, problem) }
            giveUp(mayRetry: mayRetry, reason, answering: id)
        case .cancel(let id, let reason, let isOperator):
            guard !task.status.isClosed else { return refuse(id, "the task is \(task.status.rawValue) already") }
            guard isOperator || request.agent == task.creator else {
                return refuse(id, "only who delegated it, or an operator, may cancel it")
            }
            rule(about: request.agent, .close(.cancelled, request: id, reason: reason ?? "no reason given"))
        default: break
        }
    }

    private mutating func answerClaim(_ id: String, of request: TaskEntry) {
        guard let agent = request.agent, let node = task.course.request(id)?.author else { return }
        if let obstacle = Self.obstacle(for: agent, at: node, to: task, blockers: facts.blockers) {
            return refuse(id, obstacle)
        }
        let fence = task.course.nextFence(now: facts.now)
        rule(about: agent, .grant(claim: id, node: node, fence: fence, lease: task.brief.lease))
    }

    private mutating func refuse(_ request: String, _ reason: String) {
        rule(.refuse(request: request, reason: reason))
    }

    /// Why a claim gives no say about the task now.
    private func problem(with claim: String, of request: TaskEntry, _ id: String) -> String? {
        guard let holder = task.course.claim, task.status.isHeld else {
            return "the task is \(task.status.rawValue), this claim does not hold it"
        }
        guard holder.id == claim else {
            return "the task is held under the number \(holder.fence) by `\(holder.agent)`, this claim came to its end"
        }
        // Agents of one name on two nodes are two agents.
        let isHolder = holder.agent == request.agent && holder.node == task.course.request(id)?.author
        return isHolder ? nil : "the claim is `\(holder.agent)`'s of node \(holder.node.short)"
    }

    private mutating func giveUp(mayRetry: Bool, _ reason: String, answering request: String?) {
        let begun = task.course.failures + 1
        guard mayRetry, begun < task.brief.attempts else {
            let count = begun == 1 ? "" : " (attempt \(begun) of \(task.brief.attempts))"
            return rule(
                about: task.course.claim?.agent, .close(.failed, request: request, reason: reason + count))
        }
        rule(about: task.course.claim?.agent, .requeue(request: request, reason: reason))
    }

    // MARK: Time

    /// What time alone brings: the deadline, a lease or an offer that ran out, an agent to be found.
    private mutating func watch() {
        guard !task.status.isClosed else { return }
        if let deadline = task.brief.deadline, facts.now > deadline {
            return rule(.close(.expired, request: nil, reason: "its deadline was \(deadline.rfc3339)"))
        }
        if let claim = task.course.claim {
            let silence = facts.silence ?? facts.now.milliseconds(since: max(claim.heardAt, claim.grantedAt))
            guard Self.isOver(claim.lease, after: silence) else { return }
            giveUp(
                mayRetry: true, "nothing was heard of `\(claim.agent)` for \(claim.lease) seconds", answering: nil)
        }
        if let offer = task.course.offer, task.brief.choice == .suitable,
            Self.isOver(
                facts.offer(after: task.course.offers),
                after: facts.offered ?? facts.now.milliseconds(since: offer.at))
        {
            rule(about: offer.agent, .requeue(request: nil, reason: "`\(offer.agent)` did not claim it"))
        }
        guard task.status == .open, facts.blockers.isEmpty else { return }
        findAgent()
    }

    /// Whether more than so many seconds have gone by in so many milliseconds.
    public static func isOver(_ seconds: Int64, after milliseconds: Int64) -> Bool {
        let (length, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        return !isTooLong && milliseconds > length
    }

    private mutating func findAgent() {
        switch task.brief.choice {
        case .anyone: break
        case .named:
            guard let agent = task.brief.addressee else { return }
            rule(about: agent, .offer(node: task.brief.addresseeNode, judgements: []))
        case .suitable:
            let choice = facts.choose(task)
            let kept = Array(choice.judgements.prefix(TaskChoice.kept))
            if let best = choice.best {
                rule(about: best.agent, .offer(node: best.node, judgements: kept))
            } else if !isKnown(kept) {
                rule(.offer(node: nil, judgements: kept))
            }
        }
    }

    /// Whether the same was said before: that nobody is suitable is written once, not every few seconds.
    private func isKnown(_ judgements: [TaskChoice.Judgement]) -> Bool {
        let words = { (judgements: [TaskChoice.Judgement]) in judgements.map { [$0.agent, $0.obstacle] } }
        return words(judgements) == words(task.course.judgements)
    }
}
