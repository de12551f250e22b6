/// What claims came to.
extension TaskCourse {
    /// The claims that an agent has made, the last one at the end, with their numbers where they were granted.
    public func claims(of agent: String) -> [(id: String, fence: Int64?)] {
        var fences: [String: Int64] = [:]
        for (step, standing) in zip(steps, standings) where standing == .counts {
            if case .grant(let id, _, let fence, _) = step.entry.act { fences[id] = fence }
        }
        return steps.compactMap { step in
            guard case .claim(let id, _) = step.entry.act, step.entry.agent == agent else { return nil }
            return (id, fences[id])
        }
    }

    /// The claim of an agent that waits for the home's answer.
    public func pendingClaim(of agent: String, at node: NodeID) -> String? {
        zip(steps, standings).first { step, standing in
            guard case .claim = step.entry.act else { return false }
            return standing == .pending && step.entry.agent == agent && step.author == node
        }?.0.entry.request
    }

    public func isOptimistic(_ claim: String) -> Bool {
        guard case .claim(_, let isOptimistic)? = request(claim)?.entry.act else { return false }
        return isOptimistic
    }

    /// The number of the next claim: greater than all before, from the time, so that a home that lost its last rulings gives none
    /// twice; and in the lowest four bits the epoch, so that a home and the one that took over from it never give the same.
    func nextFence(now: Timestamp) -> Int64 {
        let time = min(max(now.milliseconds, (lastFence >> 4) + 1), .max >> 5)
        return time << 4 | (epoch & 15)
    }

    /// The entry by which a node takes a task over, with all rulings seen that count.
    public func adoption(by node: NodeID, at time: Timestamp, agent: String?) -> TaskEntry {
        var last: [LogID: UInt64] = [:]
        for (step, standing) in zip(steps, standings)
        where step.entry.isRuling && step.author == home && standing == .counts {
            last[step.dot.log] = max(step.dot.number, last[step.dot.log] ?? 0)
        }
        let through = last.map { Dot(log: $0.key, number: $0.value) }.sorted()
        return TaskEntry(at: time, agent: agent, epoch: epoch + 1, .adopt(home: node, through: through))
    }
}
