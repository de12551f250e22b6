import HiveCore

/// Puts together what the roster says of agents with what was heard of them.
struct AgentCensus {
    private let transaction: any StoreTransaction
    private let pulses: [SoftKey: SoftDesk.Heard]
    /// For each agent that has scopes of its own, who may write there.
    private let speakers: [String: Set<NodeID>]
    private var registered: [AgentRoster.Entry] = []

    init(
        _ replica: inout Replica, _ transaction: any StoreTransaction, _ lookup: ScopeLookup, _ heard: [SoftDesk.Heard]
    ) throws {
        self.transaction = transaction
        let held = Set(lookup.scopes)
        pulses = Dictionary(heard.filter { held.contains($0.state.scope) }.map { ($0.state.slot, $0) }) { $1 }
        var speakers: [String: Set<NodeID>] = [:]
        for founding in lookup.foundings where founding.name.kind == .agent {
            let members = try replica.authority(of: founding.scope, in: transaction).members
            let writers = members.filter { $0.value.role?.mayWrite(.traffic) ?? false }.keys
            speakers[founding.name.name, default: []].formUnion(writers)
        }
        self.speakers = speakers
    }

    /// Takes up a document, where it is an agent.
    mutating func count(_ state: DocumentState) throws {
        guard let profile = AgentProfile(state) else { return }
        let heard = pulses[SoftKey(node: profile.node, key: AgentPulse.key(for: profile.name))]
        let author = try transaction.logs.row(state.creation.dot.log)?.descriptor.author.nodeID
        let times = [heard?.at, profile.lastHeard, profile.registered].compactMap(\.self)
        registered.append(
            AgentRoster.Entry(
                name: profile.name, node: profile.node, profile: profile, scope: state.address.scope,
                pulse: heard.flatMap { AgentPulse(decoding: $0.state.payload) },
                state: AgentState(profile.standing, isHeard: heard != nil),
                isClaimed: author != profile.node || isClaimed(profile.name, by: profile.node),
                lastSeen: times.max()))
    }

    /// Whether somebody else holds the agent's own scope, as far as is known here.
    private func isClaimed(_ name: String, by node: NodeID) -> Bool {
        speakers[name].map { !$0.contains(node) } ?? false
    }

    /// All of them, those too that were heard and never registered.
    var entries: [AgentRoster.Entry] {
        let known = Set(registered.map { SoftKey(node: $0.node, key: AgentPulse.key(for: $0.name)) })
        let others = pulses.filter { !known.contains($0.key) }.map { slot, heard in
            let name = String(slot.key.dropFirst(AgentPulse.prefix.count))
            return AgentRoster.Entry(
                name: name, node: slot.node, profile: nil, scope: heard.state.scope,
                pulse: AgentPulse(decoding: heard.state.payload), state: .active,
                isClaimed: isClaimed(name, by: slot.node), lastSeen: heard.at)
        }
        return (registered + others).sorted { ($0.name, $0.node, $0.scope) < ($1.name, $1.node, $1.scope) }
    }
}
