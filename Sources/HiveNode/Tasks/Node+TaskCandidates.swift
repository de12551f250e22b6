public import HiveCore

/// Tasks are given to the agents of the roster.
extension Node: TaskCandidates {
    /// Agents that registered, and whose nodes hold the scope.
    public func taskCandidates(in scope: ScopeID, now: Timestamp) throws -> [TaskCandidate] {
        let authority = try kernel.consult { try $0.authority(of: scope, in: $1) }
        let own = kernel.identity.node
        return try agentCandidates().filter { $0.isRegistered && ($0.node == own || authority.role(of: $0.node) != nil) }
            .map { agent in
                TaskCandidate(
                    agent: agent.name, node: agent.node, capabilities: agent.capabilities, state: agent.state.rawValue,
                    isAvailable: agent.state == .active, load: agent.load ?? 0, running: agent.running ?? 0,
                    limit: agent.maximumTasks, trust: agent.trust, lastSeen: agent.lastSeen)
            }
    }
}
