/// When to try again: exponential with jitter, so that a fleet that lost its network does not come back as one.
public struct Backoff: Sendable, Hashable {
    /// Milliseconds.
    public let initial: Int64
    public let maximum: Int64
    public private(set) var failures = 0

    public init(initial: Int64 = 250, maximum: Int64 = 60_000) {
        self.initial = initial
        self.maximum = maximum
    }

    public mutating func succeeded() { failures = 0 }

    /// Milliseconds to wait after one more failure: between half and all of the doubled delay.
    public mutating func failed(using random: inout some RandomNumberGenerator) -> Int64 {
        let ceiling = min(maximum, initial << Int64(min(failures, 20)))
        failures += 1
        return Int64.random(in: (ceiling / 2)...ceiling, using: &random)
    }
}
