/// What a local write did.
public struct CommitReceipt: Sendable, Hashable {
    /// One dot for each operation written, in order.
    public var dots: [Dot] = []
    /// The merged documents after the write, one for each draft, in order.
    public var states: [DocumentState] = []
    /// What each draft was based on.
    public var bases: [VersionVector] = []
    /// The logs that grew.
    public var logs: Set<LogID> = []
    /// Scopes whose members may have changed.
    public var lawChanged: Set<ScopeID> = []
}

/// What taking in a range did.
public struct IngestReceipt: Sendable, Hashable {
    /// How many operations were new.
    public var stored: UInt64 = 0
    /// The documents whose merged state changed, in order.
    public var documents: [DocumentAddress] = []
    /// Scopes whose members may have changed.
    public var lawChanged: Set<ScopeID> = []
    /// Operations whose stamps lie too far ahead to be believed by this node's clock.
    public var flagged: [Dot] = []
    /// Operations whose bodies cannot be read.
    public var malformed: [Dot] = []
    /// Someone else showed operations of this very life's log that this node does not hold: it must begin another.
    public var mustReincarnate = false
}
