/// What one operation says about the law of its scope.
public enum LawStatement: Sendable, Hashable {
    /// What a node may do.
    case grant(Grant)
    /// That a log was forked, with the proof. Only verified evidence becomes a statement.
    case evidence(ForkEvidence)
    /// What is final.
    case seal(Seal)
    /// Whom nobody waits for.
    case retirement(Retirement)
    /// That histories of a forked log were issued anew.
    case settled([ForkSettlement])
}
