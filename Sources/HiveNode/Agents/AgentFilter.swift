import HiveAPI
import HiveCore

/// Tells the agents that a query asks for.
struct AgentFilter {
    private let query: AgentQuery
    private let state: AgentState?
    private let node: NodeID?
    private let scope: ScopeID?
    private let words: [String]

    /// Throws where a state, a node or a scope is none.
    init(_ query: AgentQuery, _ roster: AgentRoster) throws {
        self.query = query
        if let text = query.state {
            guard let state = AgentState(rawValue: text) else {
                let states = AgentState.allCases.map(\.rawValue).joined(separator: ", ")
                throw HiveError(.invalidInput, "`\(text)` is no state of an agent", hint: "use \(states)")
            }
            self.state = state
        } else {
            state = nil
        }
        node = try query.node.map { text in
            guard let node = roster.node(called: text) else {
                throw HiveError(
                    .notFound, "no node is called `\(text)`, or several are", hint: "give 8 digits of its id")
            }
            return node
        }
        scope = try query.scope.map { try roster.lookup.require($0).scope }
        words = query.q.map { SearchText.terms(of: $0) } ?? []
    }

    func admits(_ entry: AgentRoster.Entry) -> Bool {
        guard state.map({ $0 == entry.state }) ?? (entry.state != .retired) else { return false }
        guard query.role == nil || query.role == entry.profile?.role else { return false }
        guard node == nil || node == entry.node, scope == nil || scope == entry.scope else { return false }
        guard Set(query.capability).isSubset(of: entry.capabilities) else { return false }
        guard !words.isEmpty else { return true }
        let text = ([entry.name] + entry.words).joined(separator: " ").lowercased()
        return words.allSatisfy(text.contains)
    }
}

extension AgentRoster.Entry {
    /// What it says of itself, in words.
    var words: [String] {
        [profile?.role, profile?.description].compactMap(\.self) + capabilities
    }
}

extension AgentHistoryEntry {
    /// What an operation wrote.
    init(_ operation: Operation, _ view: MemoryView) throws {
        let body = operation.decodedBody
        let changes = body?.changes ?? []
        var decided: CBORValue?
        for change in changes where change.field == .number(AgentField.standing) {
            if case .set(let value) = change.change { decided = value }
        }
        self.init(
            time: Timestamp(milliseconds: Int64(clamping: operation.header.stamp.milliseconds)).rfc3339,
            author: try view.author(operation.dot, agent: body?.agent),
            state: AgentProfile.standing(decided)?.rawValue, reason: decided?.array?.dropFirst().first?.text,
            written: changes.compactMap { AgentField.names[$0.field] }.sorted())
    }
}

extension AgentField {
    /// What the fields are called in the JSON of an agent.
    static let names: [FieldID: String] = [
        .number(name): "name", .number(node): "node", .number(role): "role", .number(cognitive): "capabilities",
        .number(performanceTier): "capabilities", .number(requirements): "capabilities", .number(limits): "limits",
        .number(description): "description", .number(model): "model", .number(client): "client",
        .number(standing): "state", .number(lastHeard): "lastSeen",
    ]
}
