/// Finds where a peer's history of a log parts from the one that is held here: asks for one size after another, from
/// the end of what could be common in ever greater steps, then by halves. Each answer proves itself.
public struct ForkSearch: Sendable, Hashable {
    public let log: LogID
    private let own: SignedHistory
    /// The peer's history, once it named one; it must not change on the way.
    private var theirs: Checkpoint?
    /// Up to here both are the same.
    private var low: UInt64 = 0
    /// Here they differ; nil while nothing is known to.
    private var high: UInt64?
    private var step: UInt64 = 1

    public init(_ own: SignedHistory) {
        self.own = own
        log = own.checkpoint.log
        asked = own.size
    }

    /// The size to ask for now.
    public private(set) var asked: UInt64
    /// The root at the end of the history that the peer is to answer about; nil for any.
    public var pinned: Digest? { theirs?.root }

    /// What an answer means.
    public enum Step: Sendable, Hashable {
        /// Ask for `asked`.
        case asks
        /// The histories part: the peer's half of the proof.
        case found(ForkFinding)
        /// One history is the beginning of the other: what did not fit was not what its author wrote.
        case agrees
        /// This proves nothing.
        case invalid
    }

    public mutating func take(_ probe: ForkProbe) -> Step {
        guard probe.checkpoint.log == log, probe.isConsistent, probe.size <= asked else { return .invalid }
        if let theirs {
            guard theirs.root == probe.checkpoint.root, probe.size == asked else { return .invalid }
        } else {
            theirs = probe.checkpoint
        }
        let common = min(own.size, probe.checkpoint.size)
        guard probe.size <= common else { return .invalid }
        if own.tree.root(ofFirst: probe.size) == probe.root {
            if probe.size == common { return .agrees }
            low = max(low, probe.size)
            // Both roots were seen: this is the last size in common, and the answer says what comes behind it.
            if high == low + 1, let next = probe.next { return .found(finding(probe, next)) }
        } else {
            high = min(high ?? .max, probe.size)
        }
        guard let high, high > low else { return .invalid }
        asked = next(below: high)
        return .asks
    }

    /// Steps of one, two, four while nothing in common was seen: forks mostly lie near the end.
    private mutating func next(below high: UInt64) -> UInt64 {
        if high == low + 1 { return low }
        guard low == 0 else { return (low + high) / 2 }
        defer { step *= 2 }
        return high > step ? high - step : 0
    }

    private func finding(_ probe: ForkProbe, _ next: ForkProbe.Next) -> ForkFinding {
        ForkFinding(
            log: log, size: probe.size, own: own.checkpoint,
            theirs: ForkEvidence.Branch(
                checkpoint: probe.checkpoint, consistency: probe.consistency, header: next.header,
                inclusion: next.inclusion))
    }
}

/// The last size that two histories have in common, and the peer's half of the proof.
public struct ForkFinding: Sendable, Hashable {
    public let log: LogID
    public let size: UInt64
    /// The history that is held here.
    public let own: Checkpoint
    public let theirs: ForkEvidence.Branch

    public init(log: LogID, size: UInt64, own: Checkpoint, theirs: ForkEvidence.Branch) {
        self.log = log
        self.size = size
        self.own = own
        self.theirs = theirs
    }
}
