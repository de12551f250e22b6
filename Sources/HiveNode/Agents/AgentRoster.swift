import HiveAPI
import HiveCore

/// All agents that this node knows, as they are at one moment: what the roster says, and what was heard lately.
struct AgentRoster {
    let transaction: any StoreTransaction
    let lookup: ScopeLookup
    let names: PeerNames
    let own: NodeID
    let now: Timestamp
    /// All of them, in order of name and node.
    let entries: [Entry]

    /// - Parameters:
    ///   - ownName: what this node calls itself.
    ///   - heard: the heartbeats of all agents.
    ///   - permit: whose eyes it is read with.
    init(
        _ replica: inout Replica, _ transaction: any StoreTransaction, ownName: String, heard: [SoftDesk.Heard],
        now: Timestamp, within permit: Permit = Access.current.permit
    ) throws {
        self.transaction = transaction
        self.now = now
        lookup = try ScopeLookup(&replica, transaction, within: permit)
        names = try PeerNames(&replica, transaction, own: ownName)
        own = replica.identity.node
        let held = Set(lookup.scopes)
        let census = try AgentCensus(&replica, transaction, lookup, heard)
        entries = try transaction.documents.list(.kind(.agent, scope: nil))
            .filter { held.contains($0.address.scope) }.reduce(into: census) { try $0.count($1) }.entries
    }

    /// One agent.
    struct Entry: Sendable {
        let name: String
        let node: NodeID
        /// Nil for one that was heard and never registered.
        let profile: AgentProfile?
        let scope: ScopeID
        let pulse: AgentPulse?
        let state: AgentState
        let isClaimed: Bool
        let lastSeen: Timestamp?

        var capabilities: [String] { profile?.capabilities ?? [] }

        var reader: MessageReader {
            MessageReader(name: name, node: node, role: profile?.role, capabilities: Set(capabilities))
        }
    }

    // MARK: Names

    /// What names an agent and no other: `name@node`.
    func address(of entry: Entry) -> String { address(entry.name, at: entry.node) }

    func address(_ name: String, at node: NodeID) -> String {
        let called = names[node].flatMap { names.node(called: $0) == node ? $0 : nil }
        return "\(name)@\(called ?? node.short)"
    }

    /// The agents that a text may mean: the one that `name@node` names, else those of the name. In this order, since names
    /// may hold `@`: nobody gets another one's mail by calling itself by its address.
    func matches(_ text: String) -> [Entry] {
        if let split = text.lastIndex(of: "@"), let node = node(called: String(text[text.index(after: split)...])) {
            let addressed = entries.filter { $0.name == text[..<split] && $0.node == node }
            if !addressed.isEmpty { return addressed }
        }
        return entries.filter { $0.name == text }
    }

    /// The node with a name, or whose id begins so.
    func node(called text: String) -> NodeID? { names.node(called: text) }

    /// The one agent that a text names. Of several with the name, the only one that has not retired. Throws `not_found` and
    /// `ambiguous`.
    func find(_ text: String) throws -> Entry { try find(text, among: matches(text)) }

    func find(_ text: String, among found: [Entry]) throws -> Entry {
        let present = found.filter { $0.state != .retired }
        let candidates = present.isEmpty ? found : present
        guard candidates.count <= 1 else {
            let list = candidates.map { "\(address(of: $0)) in \(lookup.name(of: $0.scope))" }.joined(separator: ", ")
            throw HiveError(
                .ambiguous, "`\(text)` names \(candidates.count) agents: \(list)", hint: "write name@node")
        }
        guard let entry = candidates.first else {
            throw HiveError(
                .notFound, "no agent is called `\(text)`", hint: "`hivectl agents list` shows who is known")
        }
        return entry
    }

    // MARK: Showing

    func record(_ entry: Entry) -> AgentRecord {
        var record = AgentRecord(
            name: entry.name, node: entry.node.description, nodeName: names[entry.node], address: address(of: entry),
            scope: lookup.name(of: entry.scope), state: entry.state.rawValue, registered: entry.profile != nil,
            claimed: entry.isClaimed, lastSeen: entry.lastSeen?.rfc3339)
        if let pulse = entry.pulse {
            record.pulse = AgentHeartbeat(
                load: pulse.load, status: pulse.status, task: pulse.task, running: pulse.running)
        }
        guard let profile = entry.profile else { return record }
        record.id = profile.state.address.document.description
        record.reason = profile.reason
        record.role = profile.role
        record.capabilities = AgentCapabilities(
            cognitive: profile.capabilities, performanceTier: profile.performanceTier,
            resourceRequirements: JSONValue(profile.requirements).object ?? [:])
        record.limits = AgentLimits(
            maxConcurrentTasks: profile.maximumTasks, maxContextTokens: profile.limit("max_context_tokens"),
            maxTaskSeconds: profile.limit("max_task_seconds"))
        record.description = profile.description
        record.model = profile.model
        record.client = profile.client
        record.registeredAt = profile.registered.rfc3339
        record.updatedAt = profile.updated.rfc3339
        record.version = profile.state.version.token
        return record
    }
}

extension AgentProfile {
    func limit(_ name: String) -> Int? { limits[name]?.integer.flatMap { Int(exactly: $0) } }
}
