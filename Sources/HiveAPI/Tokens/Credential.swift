/// Somebody who showed a secret that counts.
public struct Credential: Sendable, Hashable {
    /// Of a token its id; `agent.token` and `operator.token` for the two local files.
    public let id: String
    public let name: String
    public let role: Caller.Role
    public let permit: Permit

    public init(id: String, name: String, role: Caller.Role, permit: Permit = .everything) {
        self.id = id
        self.name = name
        self.role = role
        self.permit = permit
    }

    /// The caller that it makes. Throws `forbidden` where it is bound to another agent than the caller says it is.
    public func caller(agent: String?) throws(HiveError) -> Caller {
        try permit.demand(agent: agent)
        return Caller(role: role, agent: permit.agent ?? agent, credential: id, permit: permit)
    }
}
