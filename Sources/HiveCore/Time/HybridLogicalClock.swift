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

    /// A new stamp: not before the time, greater than `latest` and greater than `floor`. A floor too far ahead is
    /// exceeded by this stamp only and the clock itself does not follow it; a log therefore hands in the stamp of its
    /// last operation. (Nothing is greater than the last stamp of all, which is given again.)
    public mutating func tick(now: Timestamp, after floor: Stamp) -> Stamp {
        let present = Stamp(milliseconds: UInt64(max(0, now.milliseconds)))
        latest = max(present, latest.successor)
        guard floor >= latest else { return latest }
        let stamp = floor.successor
        if isBelievable(stamp, now: now) { latest = stamp }
        return stamp
    }

    private func isBelievable(_ stamp: Stamp, now: Timestamp) -> Bool {
        let (limit, overflow) = UInt64(max(0, now.milliseconds)).addingReportingOverflow(maximumAhead)
        return overflow || stamp.milliseconds <= limit
    }
}
