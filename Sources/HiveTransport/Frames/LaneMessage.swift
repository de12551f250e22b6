import HiveSync

/// A whole message and the lane it came on.
struct LaneMessage: Hashable, Sendable {
    let lane: Lane
    let bytes: [UInt8]
}
