/// A clock that never runs backwards, follows what it hears from others within reason, and is handed its time.
public struct HybridLogicalClock: Sendable, Hashable {
    /// The newest stamp given or believed.
    public private(set) var latest: Stamp
    /// How far ahead of this node's time a stamp may lie and still be believed, in milliseconds.
    public let maximumAhead: UInt64

    public init(latest: Stamp = Stamp(value: 0), maximumAhead: UInt64 = 60_000) {
        self.latest = latest
        self.maximumAhead = maximumAhead
    }

    /// Hears a stamp of someone else. False where it lies too far ahead: it is not followed, and should be flagged.
    public mutating func observe(_ stamp: Stamp, now: Timestamp) -> Bool {
        guard isBelievable(stamp, now: now) else { return false }
        latest = max(latest, stamp)
        return true
    }

    /// A new stamp: at least the time, greater than every stamp given before and than `floor`. A floor too far ahead
    /// is exceeded by this stamp only; the clock itself does not follow it.
    public mutating func tick(now: Timestamp, after floor: Stamp) -> Stamp {
        let present = Stamp(milliseconds: UInt64(max(0, now.milliseconds)))
        latest = max(present, latest.successor)
        guard floor >= latest else { return latest }
        let stamp = floor.successor
        if isBelievable(stamp, now: now) { latest = stamp }
        return stamp
    }

    private func isBelievable(_ stamp: Stamp, now: Timestamp) -> Bool {
        stamp.milliseconds <= UInt64(max(0, now.milliseconds)) + maximumAhead
    }
}
