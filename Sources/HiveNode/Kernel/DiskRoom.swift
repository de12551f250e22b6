/// How much room a disk has, in bytes.
public struct DiskRoom: Sendable, Hashable {
    /// What a user who is not root may still take.
    public let free: UInt64
    public let total: UInt64

    public init(free: UInt64, total: UInt64) {
        self.free = free
        self.total = total
    }
}
