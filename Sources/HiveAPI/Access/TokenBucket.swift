/// How much may happen at once, and how fast again: a bucket that something is taken out of and that fills up by itself.
/// A value; the time comes in.
public struct TokenBucket: Sendable, Hashable {
    /// What it holds when it is full, and with what it begins.
    public let capacity: Double
    /// What comes in each second.
    public let rate: Double
    private var level: Double
    /// Of the last look, in milliseconds.
    private var time: Int64

    public init(capacity: Double, rate: Double, at time: Int64) {
        self.capacity = capacity
        self.rate = rate
        level = capacity
        self.time = time
    }

    /// Takes one; nil where that went well, else the seconds until there is one again. A clock that goes back fills
    /// nothing and takes nothing away.
    public mutating func take(at now: Int64) -> Double? {
        level = level(at: now)
        time = now
        guard level < 1 else {
            level -= 1
            return nil
        }
        return rate > 0 ? (1 - level) / rate : .infinity
    }

    /// Whether nothing was taken lately: such a bucket is like a new one.
    public func isFull(at now: Int64) -> Bool { level(at: now) >= capacity }

    private func level(at now: Int64) -> Double {
        guard now > time else { return level }
        let (elapsed, isForever) = now.subtractingReportingOverflow(time)
        return isForever ? capacity : min(capacity, level + Double(elapsed) / 1000 * rate)
    }
}
