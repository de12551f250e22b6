/// What the guard file holds: the lease that is in force, and the one that is about to be.
public struct GuardRecord: Sendable, Hashable {
    static let leaseLength = 16

    public let confirmed: [UInt8]
    public let next: [UInt8]?

    public init(confirmed: [UInt8], next: [UInt8]? = nil) {
        self.confirmed = confirmed
        self.next = next
    }

    /// `confirmed` alone, or followed by `next`; 16 bytes each.
    public var bytes: [UInt8] { confirmed + (next ?? []) }

    /// Nil for bytes that are no record, which counts as no guard file.
    public init?(bytes: [UInt8]) {
        switch bytes.count {
        case Self.leaseLength: self.init(confirmed: bytes)
        case 2 * Self.leaseLength:
            self.init(
                confirmed: Array(bytes.prefix(Self.leaseLength)), next: Array(bytes.suffix(Self.leaseLength)))
        default: return nil
        }
    }
}
