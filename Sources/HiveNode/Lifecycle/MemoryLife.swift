import HiveAPI
import HiveCore

/// How alive one memory is at a time.
struct MemoryLife: Sendable {
    let signs: SignsOfLife
    /// Nil where nobody reported a use.
    let uses: UseRecord?
    let vitality: Vitality
    /// What readers hold of it at present.
    let assessments: [Assessment]

    init(_ engram: Engram, halfLives: HalfLives, now: Timestamp, in transaction: any StoreTransaction) throws {
        let uses = try UseRecord.load(engram.state.address, in: transaction)
        assessments = Assessment.standing(
            try engram.assessments { try transaction.logs.row($0)?.descriptor.author.nodeID })
        let verified = assessments.filter { $0.verdict == .verified }
        var signs = engram.signsOfLife
        signs.verifications = verified.count
        signs.verified = verified.map(\.time).max()
        signs.uses = Int(clamping: uses?.count ?? 0)
        signs.used = uses?.last
        self.uses = uses
        self.signs = signs
        vitality = Vitality(
            of: signs, halfLife: halfLives.seconds(engram.kind, category: engram.category), now: now)
    }

    /// As everybody sees it.
    func lifecycle(of engram: Engram) -> Lifecycle {
        Lifecycle(
            vitality: (vitality.value * 10_000).rounded() / 10_000, idleSeconds: Int(clamping: vitality.idle / 1000),
            halfLifeSeconds: vitality.halfLife.map { Int(clamping: $0 / 1000) }, uses: Int(clamping: uses?.count ?? 0),
            lastUsedAt: uses?.last.rfc3339, archived: engram.isArchived, pinned: engram.isPinned, core: engram.isCore,
            supersededBy: engram.supersededBy, summarisedBy: engram.summarisedBy)
    }
}
