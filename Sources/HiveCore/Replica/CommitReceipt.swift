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
