public import HiveCore

/// What a node does by itself so that its scopes become final, as the operator chose.
public struct SealPolicy: Sendable, Hashable {
    /// Whether this node, where it is a steward, makes seals.
    public var isAutomatic = false
    /// Seconds for which something must be known before it is sealed, agreed with, or dropped below a seal.
    public var hold = Replica.sealHold
    /// Seconds between two acknowledgements.
    public var acknowledgeEvery: Int64 = 3600
    /// After how many operations one is written all the same.
    public var acknowledgeAfter: UInt64 = 1000
    /// Seconds after which a member that was not heard of is retired, where this node is a steward; nil for never.
    public var retireAfter: Int64?
    /// Seconds for which replaced values are kept, by kind; kinds that are not named keep all.
    public var retention: [DocumentKind: Int64] = [:]

    public init() {}
}
