/// What became of a task: the outcome of its home's rulings in the order in which the home made them. A function of the set
/// of entries: neither the order in which requests arrived nor their repetition matters, and rulings of anybody else are void.
public struct TaskCourse: Sendable, Hashable {
    /// An entry with the operation that brought it.
    public struct Step: Sendable, Hashable {
        public let entry: TaskEntry
        /// The node that wrote it; nil where that is not known here.
        public let author: NodeID?
        public let dot: Dot

        public init(_ entry: TaskEntry, author: NodeID?, dot: Dot) {
            self.entry = entry
            self.author = author
            self.dot = dot
        }
    }

    /// What an entry came to.
    public enum Standing: Sendable, Hashable {
        case counts
        /// The home has not answered yet.
        case pending
        /// The home refused what was asked for.
        case refused(String)
        /// It has no effect, and why.
        case void(String)
    }

    /// Who holds the task.
    public struct Claim: Sendable, Hashable {
        public let id: String
        public let agent: String
        public let node: NodeID
        /// Greater than that of every claim before.
        public let fence: Int64
        public let grantedAt: Timestamp
        /// Seconds.
        public let lease: Int64
        /// When its holder last wrote something, or was granted the claim: by its own clock, so nothing is measured by it.
        public var heardAt: Timestamp
        /// How many entries its holder has written. Whoever sees it grow hears of the holder.
        public var entries = 0
        public var percent: Int64?
    }

    /// To whom the task is offered.
    public struct Offer: Sendable, Hashable {
        public let agent: String
        public let node: NodeID?
        public let at: Timestamp
    }

    /// Who rules.
    public private(set) var home: NodeID?
    /// How often another node took that over.
    public private(set) var epoch: Int64 = 0
    public private(set) var status = TaskStatus.open
    public private(set) var claim: Claim?
    public private(set) var offer: Offer?
    /// Who was looked at when an agent was last sought.
    public private(set) var judgements: [TaskChoice.Judgement] = []
    /// How many claims came to nothing.
    public private(set) var failures: Int64 = 0
    /// Agents that had the task, or the offer of it, and came to nothing.
    public private(set) var passedOver: Set<String> = []
    public private(set) var lastFence: Int64 = 0
    public private(set) var result: String?
    /// Why it is open again, failed, was cancelled or expired.
    public private(set) var reason: String?
    public private(set) var closedAt: Timestamp?
    /// How often it was offered to an agent.
    public var offers: Int { steps.count { if case .offer = $0.entry.act { true } else { false } } }
    /// In the order of their stamps.
    public private(set) var steps: [Step]
    public private(set) var standings: [Standing]
    /// Answers to requests by their ids; nil inside where the request was granted.
    private var answers: [String: String?] = [:]
    private var requests: [String: Step] = [:]
    private var grants: Set<String> = []

    /// - Parameters:
    ///   - home: the node that delegated the task.
    ///   - steps: in the order of the list that they are from.
    ///   - mayAdopt: whether a node may take a task over that is not its own.
    public init(home: NodeID?, steps: [Step], mayAdopt: (NodeID) -> Bool = { _ in false }) {
        self.home = home
        self.steps = steps
        standings = Array(repeating: .void("only the task's home may say so"), count: steps.count)
        for step in steps {
            guard let id = step.entry.request, requests[id] == nil else { continue }
            requests[id] = step
        }
        rule(mayAdopt)
        for place in steps.indices where !steps[place].entry.isRuling { weigh(place) }
    }

    /// Takes up requests that are being made now and are in no log yet.
    mutating func expect(_ fresh: [Step]) {
        for step in fresh where !step.entry.isRuling {
            steps.append(step)
            standings.append(.pending)
            if let id = step.entry.request, requests[id] == nil { requests[id] = step }
            weigh(steps.count - 1)
        }
    }

    /// The requests that wait for the home, the first asked first.
    public var pending: [TaskEntry] {
        zip(steps, standings).compactMap { step, standing in
            guard standing == .pending, let id = step.entry.request, answers.index(forKey: id) == nil else {
                return nil
            }
            return step.entry
        }
    }

    /// Who asked for what under an id.
    public func request(_ id: String) -> Step? { requests[id] }

    /// Whether the home answered a request, and if it said no, why.
    public func answer(to request: String) -> Standing {
        guard let answer = answers[request] else { return .pending }
        return answer.map(Standing.refused) ?? .counts
    }

    /// Until when the holder need not be heard of, as far as its entries say.
    public var leaseUntil: Timestamp? { claim.map { $0.heardAt.advanced(bySeconds: $0.lease) } }

    /// Whether a claim was ever granted.
    public func wasGranted(_ claim: String) -> Bool { grants.contains(claim) }
}

/// Folding.
extension TaskCourse {
    /// Goes through the rulings of one home after the other.
    private mutating func rule(_ mayAdopt: (NodeID) -> Bool) {
        while let ruler = home {
            let successor = adoption(of: epoch + 1, from: ruler, mayAdopt)
            for (place, step) in steps.enumerated() where step.author == ruler && step.entry.epoch == epoch {
                if case .adopt = step.entry.act { continue }
                guard step.entry.isRuling else { continue }
                guard successor?.covers(step.dot) ?? true else {
                    standings[place] = .void("another node had taken the task over")
                    continue
                }
                standings[place] = take(step.entry) ? .counts : .void("the task was not in a state for that")
            }
            guard let successor else { return }
            standings[successor.place] = .counts
            epoch += 1
            home = successor.home
        }
    }

    private struct Adoption {
        let place: Int
        let home: NodeID
        let through: [Dot]

        func covers(_ dot: Dot) -> Bool { through.contains { $0.log == dot.log && $0.number >= dot.number } }
    }

    /// The adoption that begins an epoch: of several the one with the lowest dot, whatever the clocks say.
    private func adoption(of epoch: Int64, from ruler: NodeID, _ mayAdopt: (NodeID) -> Bool) -> Adoption? {
        let found = steps.indices.compactMap { place -> Adoption? in
            guard case .adopt(let home, let through) = steps[place].entry.act, steps[place].entry.epoch == epoch,
                let author = steps[place].author, author == ruler || mayAdopt(author)
            else { return nil }
            return Adoption(place: place, home: home, through: through)
        }
        return found.min { steps[$0.place].dot < steps[$1.place].dot }
    }

    /// Lets a ruling have its effect; false where the task is in no state for it.
    mutating func take(_ ruling: TaskEntry) -> Bool {
        guard change(by: ruling) else { return false }
        guard let request = ruling.answered else { return true }
        if case .refuse(_, let reason) = ruling.act {
            answers.updateValue(reason, forKey: request)
        } else {
            answers.updateValue(nil, forKey: request)
        }
        return true
    }

    private mutating func change(by ruling: TaskEntry) -> Bool {
        switch ruling.act {
        case .refuse: return true
        case .offer(let node, let judgements):
            guard status == .open || status == .assigned else { return false }
            self.judgements = judgements
            offer = ruling.agent.map { Offer(agent: $0, node: node, at: ruling.at) }
            status = offer == nil ? .open : .assigned
        case .grant(let id, let node, let fence, let lease):
            guard !status.isClosed, fence > lastFence, let agent = ruling.agent else { return false }
            if status.isHeld { lose() }
            lastFence = fence
            grants.insert(id)
            claim = Claim(
                id: id, agent: agent, node: node, fence: fence, grantedAt: ruling.at, lease: lease, heardAt: ruling.at)
            (status, offer, reason) = (.claimed, nil, nil)
        case .requeue(_, let reason):
            guard status.isHeld || status == .assigned else { return false }
            if status.isHeld { lose() } else if let offer { passedOver.insert(offer.agent) }
            (self.reason, offer) = (reason, nil)
            status = .open
        case .accept(let request):
            guard status.isHeld, case .success(_, let held, let result)? = requests[request]?.entry.act,
                held == claim?.id
            else { return false }
            (status, self.result, closedAt) = (.completed, result, ruling.at)
        case .close(let end, _, let reason):
            guard !status.isClosed, end.isClosed, end != .completed else { return false }
            if status.isHeld, end == .failed { lose() }
            (status, self.reason, closedAt) = (end, reason, ruling.at)
            (claim, offer) = (nil, nil)
        case .claim, .progress, .success, .failure, .cancel, .adopt: return false
        }
        return true
    }

    /// The holder came to nothing.
    private mutating func lose() {
        if let claim { passedOver.insert(claim.agent) }
        failures += 1
        claim = nil
    }

    /// Says what a request came to, and what it tells of the holder.
    private mutating func weigh(_ place: Int) {
        let entry = steps[place].entry
        if let id = entry.request {
            let isFirst = requests[id]?.dot == steps[place].dot
            standings[place] = isFirst ? answer(to: id) : .void("another request has the same id")
            if entry.agent == nil, case .claim = entry.act { standings[place] = .void("it names no agent") }
            return
        }
        guard case .progress(let id, let percent, _) = entry.act else { return }
        guard grants.contains(id) else {
            standings[place] = requests[id] == nil ? .void("there is no such claim") : .pending
            return
        }
        standings[place] = .counts
        guard var holder = claim, holder.id == id, holder.agent == entry.agent, holder.node == steps[place].author
        else { return }
        if status == .claimed { status = .inProgress }
        // In the order of the list, which is that of the holder's log, whatever its clock says.
        holder.entries += 1
        holder.heardAt = entry.at
        holder.percent = percent ?? holder.percent
        claim = holder
    }
}
