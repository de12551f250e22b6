/// On whose behalf something is done.
public struct Caller: Sendable, Hashable {
    public let role: Role
    /// The agent that the caller says it is.
    public let agent: String?
    /// The id of the credential that was shown; nil inside a node, where none is.
    public let credential: String?
    /// What the credential allows within its role. What is held to is `Access.current`, where the door puts the same.
    public let permit: Permit

    public init(role: Role, agent: String? = nil, credential: String? = nil, permit: Permit = .everything) {
        self.role = role
        self.agent = agent
        self.credential = credential
        self.permit = permit
    }

    /// What a credential allows.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Memory, own tasks, decisions.
        case agent
        /// All of that, and law, peers, tokens, erasure, verification.
        case `operator`
    }

    /// Whose requests are told apart: what two agents, or two tokens, ask under one key are two requests.
    public var owner: String { [role.rawValue, credential ?? "", agent ?? ""].joined(separator: "/") }

    public static let agent = Caller(role: .agent)
    public static let `operator` = Caller(role: .operator)

    /// Whether a caller in this role may do what needs `role`.
    public func may(_ needed: Role) -> Bool { role == .operator || needed == .agent }

    /// Throws `forbidden` unless this caller is an operator. `action` completes "only an operator may …".
    public func requireOperator(to action: String) throws {
        guard role == .operator else {
            throw HiveError(
                .forbidden, "only an operator may \(action)",
                hint: "use the token in operator.token of the data directory")
        }
    }

    /// The same caller under the name that it gave itself; one that has a name keeps it.
    public func named(_ name: String?) -> Caller {
        Caller(role: role, agent: agent ?? name, credential: credential, permit: permit)
    }
}
