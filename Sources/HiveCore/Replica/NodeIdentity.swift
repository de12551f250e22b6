/// Who a node is in its logs: the hive it belongs to, its key, and this life of its database.
public struct NodeIdentity: Sendable, Hashable {
    public var hive: HiveID
    public let key: PublicKey
    public var incarnation: Incarnation

    public init(hive: HiveID, key: PublicKey, incarnation: Incarnation) {
        self.hive = hive
        self.key = key
        self.incarnation = incarnation
    }

    public var node: NodeID { key.nodeID }

    /// The founding of the scope that never leaves this node.
    public var instance: ScopeFounding { ScopeFounding(hive: hive, name: .instance, founder: node) }

    /// The log that this life of the node writes in a stream of a scope.
    public func log(in scope: ScopeID, _ stream: Stream) -> LogDescriptor {
        LogDescriptor(scope: scope, stream: stream, author: key, incarnation: incarnation)
    }
}
