public import HiveCore

/// Who may say what need not last, and who may hear it. Made from the law of all scopes, in one place.
public struct SoftLaw: Sendable, Hashable {
    private struct Members: Sendable, Hashable {
        /// May write traffic.
        let authors: Set<NodeID>
        /// May be sent the traffic of the scope.
        let hearers: Set<NodeID>
    }

    private let own: NodeID
    private let instance: ScopeID
    private let members: [ScopeID: Members]

    /// The law of a node that belongs to nothing yet.
    public init(own: NodeID, instance: ScopeID) {
        self.init(own: own, instance: instance, members: [:])
    }

    private init(own: NodeID, instance: ScopeID, members: [ScopeID: Members]) {
        self.own = own
        self.instance = instance
        self.members = members
    }

    /// Whether a node may say something in a scope, as far as is known here. In its instance scope a node talks to itself.
    public func maySay(_ node: NodeID, in scope: ScopeID) -> Bool {
        if scope == instance { return node == own }
        return members[scope]?.authors.contains(node) ?? false
    }

    /// Whether a peer may hear what is said in a scope. What is said in an instance scope never leaves.
    public func mayHear(_ peer: NodeID, _ scope: ScopeID) -> Bool {
        members[scope]?.hearers.contains(peer) ?? false
    }

    /// Reads the laws of the scopes that this node holds.
    public init(replica: inout Replica, in transaction: any StoreTransaction) throws {
        let own = replica.identity.node
        var members: [ScopeID: Members] = [:]
        for founding in try replica.foundings(in: transaction) where founding.name.kind != .instance {
            let authority = try replica.authority(of: founding.scope, in: transaction)
            guard authority.role(of: own) != nil else { continue }
            let authors = authority.members.filter { $0.value.role?.mayWrite(.traffic) ?? false }.keys
            let hearers = authority.members.keys.filter {
                ExchangeGate.permits($0, founding, .traffic, own: own, authority: authority)
            }
            members[founding.scope] = Members(authors: Set(authors), hearers: Set(hearers))
        }
        self.init(own: own, instance: replica.identity.instance.scope, members: members)
    }
}
