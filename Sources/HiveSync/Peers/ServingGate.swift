public import HiveCore

/// How many peers are served much at the same time, as a value, so that a fleet that comes back does not read the store of
/// one node all at once. Times are in milliseconds of the node's own clock.
public struct ServingGate: Sendable {
    /// How many at once, and how long after an answer a peer keeps its place.
    public let limit: Int
    public let lease: Int64
    private var served: [NodeID: Int64] = [:]

    public init(limit: Int = 3, lease: Int64 = 2_000) {
        self.limit = limit
        self.lease = lease
    }

    /// Nil where the peer is served now; else after how many milliseconds it may ask again.
    public mutating func admit(_ peer: NodeID, now: Int64, using random: inout some RandomNumberGenerator) -> Int64? {
        served = served.filter { now - $0.value < lease }
        guard served[peer] != nil || served.count < limit else {
            return lease + Int64.random(in: 0...lease, using: &random)
        }
        served[peer] = now
        return nil
    }
}
