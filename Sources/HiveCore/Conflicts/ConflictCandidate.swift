/// One of the values that a policy chooses from.
public struct ConflictCandidate: Sendable, Hashable {
    public let dot: Dot
    public let stamp: Stamp
    public let author: NodeID
    /// The author's rank in the scope's law: 0 for its founder.
    public let rank: UInt64
    /// The confidence that was written with the value, or else the document's.
    public let confidence: Double
    /// Nil where the value lies in a blob or is gone.
    public let value: CBORValue?
    /// The place of the author in the operator's order of priority; the highest number for those outside of it.
    public var place = Int.max
    /// Whether it was written by somebody who saw a conflict and settled it.
    public var isResolution = false

    public init(dot: Dot, stamp: Stamp, author: NodeID, rank: UInt64, confidence: Double, value: CBORValue?) {
        self.dot = dot
        self.stamp = stamp
        self.author = author
        self.rank = rank
        self.confidence = confidence
        self.value = value
    }
}
