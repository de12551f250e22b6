public import HiveCore

/// Who sends what must be refused, and who is cut off for it, as a value. Times are in milliseconds of the node's own
/// clock.
///
/// Every refused message costs a point, and points are forgiven in time, so that an accident costs nothing. Who has too
/// many is cut off, each time for twice as long.
public struct PenaltyBox: Sendable {
    public let settings: Settings
    private var senders: [NodeID: Sender] = [:]

    /// Times in milliseconds, and limits.
    public struct Settings: Sendable, Hashable {
        /// So many refused messages cut their sender off.
        public var limit = 64
        /// After this long a point is forgiven.
        public var forgiveness: Int64 = 60_000
        /// How long the first time lasts, and the longest.
        public var first: Int64 = 10 * 60_000
        public var longest: Int64 = 24 * 3_600_000

        public init() {}
    }

    private struct Sender: Sendable {
        var points = 0
        var since: Int64
        var cutOffUntil: Int64 = .min
        var times = 0
    }

    public init(settings: Settings = Settings()) { self.settings = settings }

    /// Notes a refused message. True where its sender is cut off with it.
    public mutating func fault(of peer: NodeID, now: Int64) -> Bool {
        var sender = senders[peer] ?? Sender(since: now)
        let forgiven = (now - sender.since) / settings.forgiveness
        if forgiven > 0 {
            sender.points = max(0, sender.points - Int(min(forgiven, Int64(settings.limit))))
            sender.since += forgiven * settings.forgiveness
        }
        sender.points += 1
        let isTooMuch = sender.points >= settings.limit
        if isTooMuch {
            sender.points = 0
            sender.cutOffUntil = now + min(settings.longest, settings.first << Int64(min(sender.times, 16)))
            sender.times += 1
        }
        senders[peer] = sender
        return isTooMuch
    }

    /// For how many milliseconds a peer stays cut off; nil where it is not.
    public func remaining(for peer: NodeID, now: Int64) -> Int64? {
        guard let until = senders[peer]?.cutOffUntil, until > now else { return nil }
        return until - now
    }

    /// How many are cut off right now.
    public func count(now: Int64) -> Int { senders.values.count { $0.cutOffUntil > now } }
}
