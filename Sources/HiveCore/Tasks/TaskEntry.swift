/// One entry of a task's course: what somebody asked for, or what the task's home ruled. Requests change nothing by
/// themselves; a task is what the rulings of its home say.
public struct TaskEntry: Sendable, Hashable {
    public let at: Timestamp
    /// The agent that asked, or that a ruling is about, as it called itself.
    public let agent: String?
    /// Of a ruling: how often the task had been taken over when it was made.
    public let epoch: Int64
    public let act: Act

    public init(at: Timestamp, agent: String? = nil, epoch: Int64 = 0, _ act: Act) {
        self.at = at
        self.agent = agent
        self.epoch = epoch
        self.act = act
    }

    /// What an entry says. Requests that are to be answered have an id, which the answer names.
    public enum Act: Sendable, Hashable {
        // What anybody may ask for.
        /// An optimistic claim begins before the answer.
        case claim(id: String, isOptimistic: Bool)
        /// Percent: 0 to 100.
        case progress(claim: String, percent: Int64?, note: String?)
        case success(id: String, claim: String, result: String?)
        case failure(id: String, claim: String, reason: String, mayRetry: Bool)
        /// An operator may cancel what somebody else delegated.
        case cancel(id: String, reason: String?, isOperator: Bool)

        // What only the home may say.
        /// To the entry's agent; where that is nil nobody was suitable. The judgements say why.
        case offer(node: NodeID?, judgements: [TaskChoice.Judgement])
        /// The entry's agent at a node holds the task under a number that only grows.
        case grant(claim: String, node: NodeID, fence: Int64, lease: Int64)
        case refuse(request: String, reason: String)
        /// The task is open again; `request` is the failure that this answers, if it answers one.
        case requeue(request: String?, reason: String)
        case accept(request: String)
        /// It failed, was cancelled or expired.
        case close(TaskStatus, request: String?, reason: String)
        /// Another node rules from now on, in the entry's epoch. Of the former home's rulings those count that are named: the
        /// number of the last one in each log.
        case adopt(home: NodeID, through: [Dot])
    }
}

extension TaskEntry {
    /// Whether only the home of a task may say so.
    public var isRuling: Bool {
        switch act {
        case .claim, .progress, .success, .failure, .cancel: false
        case .offer, .grant, .refuse, .requeue, .accept, .close, .adopt: true
        }
    }

    /// The id of a request that wants an answer.
    public var request: String? {
        switch act {
        case .claim(let id, _), .success(let id, _, _), .failure(let id, _, _, _), .cancel(let id, _, _): id
        default: nil
        }
    }

    /// The claim that an entry speaks of.
    public var claim: String? {
        switch act {
        case .claim(let id, _), .grant(let id, _, _, _): id
        case .progress(let claim, _, _), .success(_, let claim, _), .failure(_, let claim, _, _): claim
        default: nil
        }
    }

    /// The request that a ruling answers.
    public var answered: String? {
        switch act {
        case .grant(let request, _, _, _), .refuse(let request, _), .accept(let request): request
        case .requeue(let request, _), .close(_, let request, _): request
        default: nil
        }
    }

    /// What people read as reason, note or result.
    public var text: String? {
        switch act {
        case .progress(_, _, let note): note
        case .success(_, _, let result): result
        case .cancel(_, let reason, _): reason
        case .failure(_, _, let reason, _), .refuse(_, let reason), .requeue(_, let reason), .close(_, _, let reason):
            reason
        default: nil
        }
    }
}
