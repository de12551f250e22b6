public import HiveAPI
import HiveCore
import HiveSync
import Logging

/// Who is there: heartbeats, said or noticed.
extension Node: PresenceService {
    public func heard(_ caller: Caller) async {
        guard let name = caller.agent, ScopeName.isValid(name: name) else { return }
        let slot = SoftKey(node: kernel.identity.node, key: AgentPulse.key(for: name))
        let last = sync.soft.state(of: slot)
        let now = kernel.surroundings.now()
        // Busy agents call hundreds of times a minute: one sign of life in a while is enough.
        let pause = min(30, settings.agents.idleAfter / 4) * 1000
        if let last, now.milliseconds(since: last.at) < pause, now >= last.at { return }
        do {
            let said = last.flatMap { AgentPulse(decoding: $0.state.payload) }
            let scope = try last?.state.scope ?? scopeToBeHeardIn(name)
            guard let scope else { return }
            try sync.soft.post(
                slot.key, in: scope, (said ?? AgentPulse()).encoded(), seconds: settings.agents.idleAfter)
        } catch {
            logger.debug("that an agent is there cannot be told: \(error)", metadata: ["agent": "\(name)"])
        }
    }

    /// Where an agent of this node is known, or would be; nil where it has retired, and where too many call themselves by
    /// names that nobody registered.
    private func scopeToBeHeardIn(_ name: String) throws -> ScopeID? {
        let (scope, isKnown) = try withRoster { roster -> (ScopeID?, Bool) in
            let known = roster.entries.filter { $0.name == name && $0.node == roster.own && $0.profile != nil }
            guard let entry = known.first(where: { $0.state != .retired }) ?? known.first else {
                let wanted = try roster.lookup.find(self.settings.agents.scope.description)
                return (wanted?.scope ?? self.kernel.identity.instance.scope, false)
            }
            return (entry.state == .retired ? nil : entry.scope, true)
        }
        guard !isKnown else { return scope }
        // As long as the board remembers a key, so that no more of them are ever kept.
        let memory = settings.agents.idleAfter * 1000 + 2 * SoftBoard.Settings().tolerance
        return newcomers.admit(name, for: memory, uptime: kernel.surroundings.uptime()) ? scope : nil
    }

    /// Says how an agent is doing. What is not said now stays as it was said before.
    func pulse(_ name: String, _ said: AgentHeartbeat?, in scope: ScopeID) throws {
        let key = AgentPulse.key(for: name)
        let slot = SoftKey(node: kernel.identity.node, key: key)
        // What was said in another scope was said to others.
        let last = sync.soft.state(of: slot).flatMap { $0.state.scope == scope ? $0 : nil }
        var pulse = last.flatMap { AgentPulse(decoding: $0.state.payload) } ?? AgentPulse()
        if let said {
            pulse = AgentPulse(
                load: said.load ?? pulse.load, status: said.status ?? pulse.status, task: said.task ?? pulse.task,
                running: said.running ?? pulse.running)
        }
        try sync.soft.post(key, in: scope, pulse.encoded(), seconds: settings.agents.idleAfter)
    }

    /// Takes back what was said of an agent that is gone.
    func silence(_ slot: SoftKey) throws {
        guard let last = sync.soft.state(of: slot) else { return }
        try sync.soft.post(slot.key, in: last.state.scope, [], seconds: settings.agents.idleAfter)
    }

    /// Keeps when agents of this node were last heard, at most once a day for each: what was only soft is gone after a
    /// restart.
    func keepHeartbeats() async throws {
        let day: Int64 = 86_400_000
        let heard = sync.soft.states(under: AgentPulse.prefix).filter { $0.state.node == kernel.identity.node }
        guard !heard.isEmpty else { return }
        let due = try withRoster { roster in
            roster.entries.filter { entry in
                guard let profile = entry.profile, entry.node == roster.own, entry.pulse != nil,
                    let seen = entry.lastSeen
                else { return false }
                return seen.milliseconds(since: profile.lastHeard ?? profile.registered) >= day
            }
        }
        guard !due.isEmpty else { return }
        try await kernel.write { context in
            for entry in due {
                guard let profile = entry.profile, let seen = entry.lastSeen else { continue }
                let draft = Draft(
                    .agent, at: profile.state.address, agent: entry.name,
                    changes: [.set(AgentField.lastHeard, .integer(seen.milliseconds))])
                try context.commitWhereAllowed(draft)
            }
        }
    }

    /// How many agents there are, by state.
    var agentSamples: [MetricSample] {
        var counts: [AgentState: Int] = [:]
        do {
            for entry in try withRoster({ $0.entries }) { counts[entry.state, default: 0] += 1 }
        } catch {
            logger.error("agents cannot be counted: \(error)")
            return []
        }
        let states = AgentState.allCases.map { state in
            MetricSample(
                name: "hive_agents", type: .gauge, help: "Agents of the roster, and those that were heard, by state.",
                labels: ["state": state.rawValue], value: Double(counts[state] ?? 0))
        }
        return states + [
            MetricSample(
                name: "hive_soft_states", type: .gauge, help: "What nodes say of the present, kept in memory.",
                value: Double(sync.soft.count)),
            MetricSample(
                name: "hive_messages_sent_total", type: .counter, help: "Messages of agents sent here.",
                value: counters["messages_sent"]),
            MetricSample(
                name: "hive_messages_refused_total", type: .counter, help: "Messages that rules did not let out.",
                value: counters["messages_refused"]),
            MetricSample(
                name: "hive_questions_unanswered_total", type: .counter,
                help: "Questions that nobody answered in time.", value: counters["questions_unanswered"]),
        ]
    }
}
