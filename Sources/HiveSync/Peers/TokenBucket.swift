/// How fast something may flow, as a value: so much for each second, and a second's worth at once. Times are in
/// milliseconds of the node's own clock.
public struct TokenBucket: Sendable, Hashable {
    /// For each second.
    public let rate: Int64
    private var level: Int64
    private var since: Int64?

    public init(rate: Int64) {
        self.rate = max(rate, 1)
        level = max(rate, 1)
    }

    /// Takes so much out, and answers how many milliseconds to wait before it may flow. What is more than the bucket holds
    /// is owed, so that on average nothing exceeds the rate.
    public mutating func take(_ amount: Int, now: Int64) -> Int64 {
        let elapsed = max(0, now - (since ?? now))
        since = now
        let filled = Double(rate) * Double(elapsed) / 1000
        level = Int64(min(Double(rate), Double(level) + filled)) - Int64(amount)
        guard level < 0 else { return 0 }
        return Int64((Double(-level) * 1000 / Double(rate)).rounded(.up))
    }
}
