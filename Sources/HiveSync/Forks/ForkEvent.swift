public import HiveCore

/// What a session wants to know or have done about forks. The shell does it and reports back with a `ForkEvent`.
public enum ForkRequest: Sendable, Hashable {
    /// Find out what this node can prove about a log. Answered with `searched`.
    case search(LogID)
    /// Put the proof together, and state it where it holds. Answered with `proven`.
    case prove(ForkFinding)
    /// Prove to the peer what a log is like at a size, if the peer may have the log. Answered with `proofLoaded`.
    case loadProof(LogID, size: UInt64, root: Digest?)
    /// Fetch what lies behind a freeze for the peer, if it may have the log. Answered with `branchesLoaded`.
    case loadBranches(LogID)
    /// Keep what a peer sent of a log behind its freeze.
    case keepBranch(LogRange)
}

/// What came of a `ForkRequest`.
public enum ForkEvent: Sendable, Hashable {
    case searched(LogID, ForkSearch?)
    case proven(LogID, Bool)
    case proofLoaded(ForkProbe?)
    case branchesLoaded([LogRange])
}
