/// How database and guard file come to a new lease: announcement, lease, confirmation, each on disk before the
/// following. A crash after any of them leaves a state that goes on; nothing is answered between the last two.
public struct LeaseRenewal: Sendable, Hashable {
    /// Written to the guard file while the former lease is still in force.
    public let announcement: GuardRecord
    /// Put in force by the database.
    public let lease: [UInt8]
    /// Written to the guard file: the former lease is worth nothing from now on.
    public let confirmation: GuardRecord

    /// From the lease that the database holds (nil for none) to the next one.
    public init(from current: [UInt8]?, to next: [UInt8]) {
        announcement = GuardRecord(confirmed: current ?? next, next: next)
        lease = next
        confirmation = GuardRecord(confirmed: next)
    }
}
