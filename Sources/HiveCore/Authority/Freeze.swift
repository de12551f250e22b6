/// Where evidence ended a log: nothing beyond counts.
public struct Freeze: Sendable, Hashable {
    /// How many operations count: the smallest size that evidence names.
    public let size: UInt64
    /// The proofs that name this size, in order of their bytes.
    public let evidence: [ForkEvidence]
    /// What the log holds up to there where a seal, and not the evidence, says so.
    public var sealedRoot: Digest?

    /// Whether a tree of this size was signed by the author with this root, by one of the proofs.
    public func proves(root: Digest) -> Bool {
        if let sealedRoot { return root == sealedRoot }
        return evidence.contains { $0.root == root }
    }

    /// A checkpoint that proves a log at its freeze together with the evidence; nil where it does not reach so far.
    func proof(of row: LogRow) -> Checkpoint? {
        guard row.size == size, proves(root: row.frontier.root) else { return nil }
        guard sealedRoot == nil else {
            return evidence.flatMap(\.branches).map(\.checkpoint).first { $0.size >= size }
        }
        return evidence.first { $0.root == row.frontier.root }?.branches.first?.checkpoint
    }

    /// Freezes by log, where no freeze lies below a seal: what is sealed counts, whichever history it is of.
    static func all(
        of operations: some Sequence<LawOperation>, notBelow horizons: [Horizon]
    ) -> [LogID: Freeze] {
        var frozen = all(of: operations)
        for horizon in horizons where !frozen.isEmpty {
            for extent in horizon.seal.streams.values.joined() {
                guard let freeze = frozen[extent.log], freeze.size < extent.size,
                    horizon.sealed[extent.log] == extent.size
                else { continue }
                frozen[extent.log] = Freeze(size: extent.size, evidence: freeze.evidence, sealedRoot: extent.root)
            }
        }
        return frozen
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
