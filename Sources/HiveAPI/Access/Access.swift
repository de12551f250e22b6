/// The request that is being answered, as far as it matters for what may be done for it: who shows which credential,
/// from where, and what that allows.
///
/// It is known to everything that is called on the request's behalf without being handed on, so that one gate in the
/// node holds for every use case, also for those that are written later. What nobody asked for, the node's own work,
/// may do everything.
public struct Access: Sendable, Hashable {
    /// The id of the credential; nil where none was shown.
    public let credential: String?
    /// What the credential is called.
    public let name: String?
    /// The agent that the caller says it is.
    public let agent: String?
    /// Where the request came from, without the port.
    public let address: String?
    public let permit: Permit

    public init(
        credential: String? = nil, name: String? = nil, agent: String? = nil, address: String? = nil,
        permit: Permit = .everything
    ) {
        self.credential = credential
        self.name = name
        self.agent = agent
        self.address = address
        self.permit = permit
    }

    /// The node's own work.
    public static let own = Access()
    /// A request of which nothing is known yet.
    public static let unknown = Access(permit: .nothing)

    @TaskLocal public static var current = Access.own
}
