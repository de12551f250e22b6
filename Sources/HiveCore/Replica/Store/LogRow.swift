/// What a store knows of a log as a whole. In-order logs need no other bookkeeping.
public struct LogRow: Sendable, Hashable {
    public let descriptor: LogDescriptor
    public let id: LogID
    /// The Merkle tree's state: how many operations are stored, and its peaks.
    public var frontier: MerkleFrontier
    public var names: LogNames
    /// The stamp of the last operation.
    public var lastStamp: Stamp
    /// The newest checkpoint, which may cover less than what is stored of an own log.
    public var checkpoint: Checkpoint?
    /// Evidence of a fork ended the log at this size: nothing beyond counts, and nothing beyond is stored here.
    public var frozenAt: UInt64?

    public init(descriptor: LogDescriptor) {
        self.descriptor = descriptor
        id = descriptor.id
        frontier = MerkleFrontier()
        names = LogNames()
        lastStamp = Stamp(value: 0)
    }

    public var size: UInt64 { frontier.size }
}
