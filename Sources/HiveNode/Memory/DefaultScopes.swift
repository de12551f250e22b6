import HiveAPI
public import HiveCore

/// Where memories of each kind go unless their writer says otherwise.
public struct DefaultScopes: Sendable, Hashable {
    /// One place to go.
    public enum Place: Sendable, Hashable {
        case named(ScopeName)
        /// The writing agent's own scope; this node's where the writer has no name.
        case agent
    }

    private var places: [EngramKind: Place]

    /// What a hive shares: facts and skills with everybody, the rest with nobody.
    public static let hive = DefaultScopes(places: [
        .semantic: .named(.main), .procedural: .named(.main), .instant: .named(.instance),
        .episodic: .named(.instance),
    ])

    /// What belongs to an agent goes with it.
    public static let engram = DefaultScopes(places: [
        .semantic: .agent, .procedural: .agent, .instant: .named(.instance), .episodic: .named(.instance),
    ])

    public subscript(kind: EngramKind) -> Place {
        get { places[kind] ?? .named(.instance) }
        set { places[kind] = newValue }
    }

    /// The scope for a memory. Throws `invalid_input` where the writer has a name that no scope can have.
    func scope(for kind: EngramKind, agent: String?) throws(HiveError) -> ScopeName {
        switch self[kind] {
        case .named(let name): return name
        case .agent:
            guard let agent else { return .instance }
            guard let name = ScopeName(kind: .agent, name: agent) else {
                throw HiveError(
                    .invalidInput, "there can be no scope for an agent called `\(agent)`",
                    hint: "name a scope, or give the agent a name of letters, digits, `.`, `_`, `-` and `@`")
            }
            return name
        }
    }
}

extension DefaultScopes.Place {
    /// Parses a scope, or `agent` for the writer's own; nil for anything else.
    public init?(_ text: String) {
        if text == "agent" {
            self = .agent
        } else if let name = ScopeName(text) {
            self = .named(name)
        } else {
            return nil
        }
    }
}
