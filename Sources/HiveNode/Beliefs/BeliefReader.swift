import HiveCore

/// Reads how far to believe memories, within one transaction.
final class BeliefReader {
    /// No memory is followed further back than this, and no more memories than this are asked who wrote them.
    private static let maximumDepth = 16
    private static let maximumSources = 64

    let now: Timestamp
    private let transaction: any StoreTransaction
    private let scopes: Set<ScopeID>
    let policy: BeliefPolicy
    private var nodes: [LogID: NodeID?] = [:]

    init(transaction: any StoreTransaction, scopes: [ScopeID], policy: BeliefPolicy, now: Timestamp) {
        self.transaction = transaction
        self.scopes = Set(scopes)
        self.policy = policy
        self.now = now
    }

    func confidence(in engram: Engram) throws -> EffectiveConfidence {
        EffectiveConfidence(try evidence(for: engram).evidence, by: policy, now: now)
    }

    /// What is known about a memory, and the ids of what it was made from that are not to be found here.
    func evidence(for engram: Engram) throws -> (evidence: BeliefEvidence, unresolved: [String]) {
        var evidence = BeliefEvidence(stated: engram.stated)
        evidence.status = engram.status.flatMap(EpistemicStatus.init(word:))
        evidence.confidence = engram.confidence
        evidence.category = engram.category
        evidence.isContested = engram.isClaimContested
        evidence.authors = try testimonies(of: engram, memory: nil)
        evidence.assessments = try assessments(of: engram)
        let lineage = try lineage(of: engram)
        evidence.lineage = lineage.testimonies
        return (evidence, lineage.unresolved)
    }

    /// What readers hold of a memory. Another memory that was taken back speaks against nothing.
    private func assessments(of engram: Engram) throws -> [Assessment] {
        let all = try engram.assessments { try node(of: $0) }
        guard all.contains(where: { $0.other != nil }) else { return all }
        return try all.map { assessment in
            guard let other = assessment.other, let state = try find(other),
                state.isErased || state.isForgotten || state.isRetracted
            else { return assessment }
            return Assessment(.withdrawn, by: assessment.reporter, at: assessment.time)
        }
    }

    private func testimonies(of engram: Engram, memory: String?) throws -> [BeliefEvidence.Testimony] {
        let testimonies = try engram.claimants.compactMap { claimant -> BeliefEvidence.Testimony? in
            guard let node = try node(of: claimant.dot.log) else { return nil }
            return BeliefEvidence.Testimony(
                Reporter(node: node, agent: claimant.agent), memory: memory, source: engram.source)
        }
        var seen: Set<BeliefEvidence.Testimony> = []
        return testimonies.filter { seen.insert($0).inserted }
    }

    /// Who wrote what a memory was made from, breadth first; circles end where they began.
    private func lineage(
        of engram: Engram
    ) throws -> (testimonies: [BeliefEvidence.Testimony], unresolved: [String]) {
        var testimonies: [BeliefEvidence.Testimony] = []
        var unresolved: [String] = []
        var seen: Set<DocumentAddress> = [engram.state.address]
        var next = engram.sources
        for _ in 0..<Self.maximumDepth where !next.isEmpty {
            let ids = next
            next = []
            for id in ids where seen.count <= Self.maximumSources {
                guard let state = try find(id), let source = Engram(state, blob: { _ in nil }) else {
                    unresolved.append(id)
                    continue
                }
                guard seen.insert(state.address).inserted else { continue }
                testimonies += try self.testimonies(of: source, memory: state.address.document.description)
                next += source.sources
            }
        }
        return (testimonies, Array(Set(unresolved)).sorted())
    }

    /// The memory with an id, wherever in the scopes at hand; nil where there is none, or more than one.
    private func find(_ id: String) throws -> DocumentState? {
        guard DocumentID(hex: id) != nil else { return nil }
        let found = try transaction.documents.list(.prefix(id.lowercased())).filter {
            EngramKind($0.kind) != nil && scopes.contains($0.address.scope)
        }
        return found.count == 1 ? found[0] : nil
    }

    func node(of log: LogID) throws -> NodeID? {
        if let known = nodes[log] { return known }
        let node = try transaction.logs.row(log)?.descriptor.author.nodeID
        nodes[log] = .some(node)
        return node
    }
}

extension DocumentState {
    /// Whether the memory was taken back.
    var isRetracted: Bool { shown(EngramField.status)?.inline == .text(EpistemicStatus.retracted.rawValue) }
}

extension Node {
    /// Shows memories together with how far this node believes them.
    func view(_ replica: inout Replica, _ transaction: any StoreTransaction, at time: Timestamp? = nil) throws
        -> MemoryView
    {
        let lookup = try ScopeLookup(&replica, transaction)
        let beliefs = BeliefReader(
            transaction: transaction, scopes: lookup.scopes, policy: beliefPolicy,
            now: time ?? kernel.surroundings.now())
        return MemoryView(transaction: transaction, lookup: lookup, beliefs: beliefs)
    }

    /// The same inside a write.
    func view(in context: inout WriteContext) throws -> MemoryView {
        try view(&context.replica, context.transaction, at: context.now)
    }

    /// What the operator chose. A node trusts itself unless it was told otherwise.
    private var beliefPolicy: BeliefPolicy {
        var policy = settings.belief
        let own = kernel.identity.node.description
        if !policy.nodes.keys.contains(where: own.hasPrefix) { policy.nodes[own] = 1 }
        return policy
    }
}
