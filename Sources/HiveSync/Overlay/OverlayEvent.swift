public import HiveCore

/// How far a log goes and whose scope it belongs to.
public struct ScopedHead: Sendable, Hashable {
    public let scope: ScopeID
    public let head: LogHead

    public init(scope: ScopeID, head: LogHead) {
        self.scope = scope
        self.head = head
    }
}

/// What happens to the overlay of live push.
public enum OverlayEvent: Sendable, Hashable {
    /// There is a conversation with a peer, and these are the scopes that both share; replaces what was said before.
    case linked(NodeID, scopes: Set<ScopeID>)
    case unlinked(NodeID)
    /// How many other nodes hold each scope, as its law says; replaces what was said before.
    case holders([ScopeID: Int])
    /// Logs grew here: by own writes (nil), or by what a peer sent.
    case grew([ScopedHead], from: NodeID?)
    /// A peer pushed what was here already.
    case duplicate(ScopeID, LogID, from: NodeID)
    /// A peer told of operations that are not here.
    case announced(ScopedHead, by: NodeID)
    /// A peer wants to be pushed to again.
    case grafted(ScopeID, by: NodeID)
    /// A peer has its operations from somebody else.
    case pruned(ScopeID, by: NodeID)
    /// At least once a second.
    case tick
}

/// What the overlay wants done.
public enum OverlayDirective: Sendable, Hashable {
    /// Send the operations.
    case push(ScopedHead, to: NodeID)
    /// Say only how far the logs go.
    case announce([ScopedHead], to: NodeID)
    /// Ask for what was announced and did not come, and to be pushed to from now on.
    case graft(ScopedHead, from: NodeID)
    /// Ask not to be pushed to.
    case prune(ScopeID, at: NodeID)
}
