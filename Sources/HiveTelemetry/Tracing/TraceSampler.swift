import HiveAPI

/// Which traces are kept. Whether one is follows from its id, so that all who keep the same share keep the same traces.
public struct TraceSampler: Sendable, Hashable {
    private let threshold: UInt64

    /// - Parameter share: 0 for none, 1 for all.
    public init(share: Double) {
        threshold = share >= 1 ? .max : UInt64(max(0, share) * 0x1p56)
    }

    /// By the last seven bytes, which the second level of W3C Trace Context says are random.
    public func keeps(_ trace: [UInt8]) -> Bool {
        threshold == .max || trace.suffix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } < threshold
    }
}
