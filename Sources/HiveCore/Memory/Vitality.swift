/// How alive a memory is: 1 just after it was written, verified or used, less as time passes without any of that.
///
/// A function of stamps that are there anyway, computed when it is read. Nothing is rewritten because time has passed, and
/// replicas that know the same stamps answer the same.
public struct Vitality: Sendable, Hashable {
    /// From 0 to 1.
    public let value: Double
    /// Milliseconds since the last sign of life.
    public let idle: Int64
    /// The milliseconds in which the value halves; nil for what never decays.
    public let halfLife: Int64?

    /// No memory's half-life is stretched by more than this, however often it is used.
    public static let greatestReinforcement = 8.0

    /// - Parameter halfLife: in seconds, before reinforcement; what is not above 0 counts as one second.
    public init(of signs: SignsOfLife, halfLife: Int64, now: Timestamp) {
        let (elapsed, overflow) = now.milliseconds.subtractingReportingOverflow(signs.latest.milliseconds)
        idle = overflow ? .max : max(0, elapsed)
        guard !signs.isLasting else {
            value = 1
            self.halfLife = nil
            return
        }
        let stretched = Double(max(1, halfLife)) * 1000 * Self.reinforcement(of: signs)
        self.halfLife = Int64(exactly: stretched.rounded()) ?? .max
        value = Halving.share(afterHalfLives: Double(idle) / stretched)
    }

    /// How much longer than others a memory lives: twice as long once it was used, three times after three uses, four times
    /// after seven; a verification counts as three uses. Significance takes half of that away, or adds half to it.
    static func reinforcement(of signs: SignsOfLife) -> Double {
        let uses = Double(max(0, signs.uses)) + 3 * Double(max(0, signs.verifications))
        let significance = min(1, max(0, signs.significance ?? 0.5))
        return min(greatestReinforcement, 1 + Halving.doublings(from: 1, to: 1 + uses)) * (0.5 + significance)
    }
}

/// What tells that a memory is still wanted.
public struct SignsOfLife: Sendable, Hashable {
    public var created: Timestamp
    /// When what it says was last changed.
    public var changed: Timestamp
    public var verified: Timestamp?
    public var used: Timestamp?
    public var uses = 0
    public var verifications = 0
    /// How much it mattered, from 0 to 1; nil counts as 0.5.
    public var significance: Double?
    /// Pinned by somebody, or core knowledge: it does not decay.
    public var isLasting = false

    public init(created: Timestamp, changed: Timestamp) {
        self.created = created
        self.changed = changed
    }

    /// The last of all signs.
    public var latest: Timestamp { [changed, verified, used].compactMap(\.self).reduce(created, max) }
}
