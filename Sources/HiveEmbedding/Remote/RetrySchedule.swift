/// How often and after what pauses a call is made again: exponential with full jitter, never sooner than the server asks.
/// A value; the randomness comes in.
public struct RetrySchedule: Sendable, Hashable {
    /// How often a call is made at most.
    public let attempts: Int
    /// Milliseconds that the first pause has at most; each further one may be twice as long.
    public let firstPause: Int64
    public let longestPause: Int64
    private var failures = 0

    public init(attempts: Int = 3, firstPause: Int64 = 200, longestPause: Int64 = 5000) {
        self.attempts = attempts
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// Milliseconds to wait after one more failure; nil where it is given up.
    ///
    /// - Parameters:
    ///   - jitter: 0 to 1, the share of the pause that is waited.
    ///   - asked: milliseconds that the server wants to be left alone; more than the longest pause is given up.
    public mutating func pause(jitter: Double, asked: Int64? = nil) -> Int64? {
        failures += 1
        guard failures < attempts, (asked ?? 0) <= longestPause else { return nil }
        let ceiling = min(longestPause, firstPause << Int64(min(failures - 1, 20)))
        return max(asked ?? 0, Int64(Double(ceiling) * min(1, max(0, jitter))))
    }
}
