import HiveAPI
import HiveCore

/// Whom work can be given to.
protocol AgentDirectory: Sendable {
    /// All agents that have not retired, in order of name and node.
    func agentCandidates() throws -> [AgentCandidate]
    /// By name, or by `name@node`. Throws `not_found` and `ambiguous`.
    func agentCandidate(_ address: String) throws -> AgentCandidate
}

/// An agent as far as it matters to whoever gives work away.
struct AgentCandidate: Sendable, Hashable {
    let name: String
    /// The node that it acts through: its home.
    let node: NodeID
    /// `name@node`.
    let address: String
    let role: String?
    let capabilities: Set<String>
    let state: AgentState
    let isRegistered: Bool
    let isClaimed: Bool
    /// From 0 to 1; nil where it did not say.
    let load: Double?
    /// How many tasks it said to have begun.
    let running: Int?
    let maximumTasks: Int?
    /// How far this node trusts it, from 0 to 1.
    let trust: Double
    let lastSeen: Timestamp?
}

extension Node: AgentDirectory {
    func agentCandidates() throws -> [AgentCandidate] {
        try withRoster { roster in
            roster.entries.filter { $0.state != .retired }.map { candidate($0, roster) }
        }
    }

    func agentCandidate(_ address: String) throws -> AgentCandidate {
        try withRoster { roster in candidate(try roster.find(address), roster) }
    }

    private func candidate(_ entry: AgentRoster.Entry, _ roster: AgentRoster) -> AgentCandidate {
        AgentCandidate(
            name: entry.name, node: entry.node, address: roster.address(of: entry), role: entry.profile?.role,
            capabilities: Set(entry.capabilities), state: entry.state, isRegistered: entry.profile != nil,
            isClaimed: entry.isClaimed, load: entry.pulse?.load, running: entry.pulse?.running,
            maximumTasks: entry.profile?.maximumTasks, trust: trust(in: entry.name, at: entry.node, own: roster.own),
            lastSeen: entry.lastSeen)
    }

    /// A node trusts itself, unless its operator says otherwise of an agent.
    func trust(in agent: String, at node: NodeID, own: NodeID) -> Double {
        guard node == own else { return settings.belief.trust(in: Reporter(node: node, agent: agent)) }
        return settings.belief.agents[agent] ?? 1
    }
}
