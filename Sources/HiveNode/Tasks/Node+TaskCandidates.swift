public import HiveCore

/// Tasks are given to the agents of the roster.
extension Node: TaskCandidates {
    /// Agents that registered, and whose nodes hold the scope.
    public func taskCandidates(in scope: ScopeID, now: Timestamp) throws -> [TaskCandidate] {
        let authority = try kernel.consult { try $0.authority(of: scope, in: $1) }
        let own = kernel.identity.node
        let held = try tasks.look { contents in
            contents.active.compactMap { contents.tasks[$0]?.claim }.reduce(into: [SoftKey: Int]()) {
                $0[SoftKey(node: $1.node, key: $1.agent), default: 0] += 1
            }
        }
        return try agentCandidates().filter {
            // One that its node may not speak for is not given work: it may have been entered by anybody.
            $0.isRegistered && !$0.isClaimed && ($0.node == own || authority.role(of: $0.node) != nil)
        }
        .map { agent in
            // Who does not say how busy it is is so by the tasks that it holds.
            let running = max(held[SoftKey(node: agent.node, key: agent.name)] ?? 0, agent.running ?? 0)
            let load = agent.load ?? Double(running) / Double(max(running, agent.maximumTasks ?? 4, 1))
            return TaskCandidate(
                agent: agent.name, node: agent.node, capabilities: agent.capabilities, state: agent.state.rawValue,
                isAvailable: agent.state == .active, load: load, running: running,
                limit: agent.maximumTasks, trust: agent.trust, lastSeen: agent.lastSeen)
        }
    }
}
