/// Where evidence ended a log: nothing beyond counts.
public struct Freeze: Sendable, Hashable {
    /// How many operations count: the smallest size that evidence names.
    public let size: UInt64
    /// The proofs that name this size, in order of their bytes.
    public let evidence: [ForkEvidence]

    /// Whether a tree of this size was signed by the author with this root, by one of the proofs.
    public func proves(root: Digest) -> Bool { evidence.contains { $0.root == root } }

    /// A checkpoint that proves a log at its freeze together with the evidence; nil where it does not reach so far.
    func proof(of row: LogRow) -> Checkpoint? {
        guard row.size == size, proves(root: row.frontier.root) else { return nil }
        return evidence.first { $0.root == row.frontier.root }?.branches.first?.checkpoint
    }

    /// Freezes by log, from all evidence there is. Evidence proves itself: whoever states it and wherever it stands.
    static func all(of operations: some Sequence<LawOperation>) -> [LogID: Freeze] {
        var byLog: [LogID: Set<ForkEvidence>] = [:]
        for operation in operations {
            guard case .evidence(let evidence) = operation.statement else { continue }
            byLog[evidence.log, default: []].insert(evidence)
        }
        return byLog.compactMapValues { known in
            guard let size = known.map(\.size).min() else { return nil }
            let decisive = known.filter { $0.size == size }
                .map { (evidence: $0, bytes: $0.encoded()) }
                .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
            return Freeze(size: size, evidence: decisive.map(\.evidence))
        }
    }
}
