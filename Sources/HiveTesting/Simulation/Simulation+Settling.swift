import HiveCore
import HiveSync

/// The end of a run: a core of nodes heals and must agree, then all do.
extension Simulation {
    func sizes(_ node: SimulatedNode) throws -> [LogID: UInt64] {
        try node.store.read { transaction in
            let rows = try transaction.logs.rows(.scope(scope.scope))
            return Dictionary(uniqueKeysWithValues: rows.filter { $0.size > 0 }.map { ($0.id, $0.size) })
        }
    }

    func settle() throws {
        isHealed = true
        weather = Weather()
        for node in nodes {
            node.disk.heal()
            node.pausedUntil = nil
            node.absentUntil = nil
        }
        try mendSuspects()
        if let liar { dropSessions(of: liar) }
        try restoreGrants()
        var core = Set(nodes.indices.shuffled(using: &random).prefix(max(2, nodes.count / 2 + 1)))
        if let holder = try lawHolder() { core.insert(holder) }  // without the law nobody may tell another anything
        for node in nodes where !core.contains(node.index) {
            dropSessions(of: node.index)
            node.absentUntil = .max
        }
        try untilAgreed(nodes.filter { core.contains($0.index) }, "a core of the nodes")
        for node in nodes { node.absentUntil = nil }
        try untilAgreed(nodes, "the nodes")
        try checkEnd()
    }

    /// Whoever may hold anything checks its store, as `hivectl verify` does, and takes a new disk where something is
    /// wrong.
    private func mendSuspects() throws {
        for node in nodes where node.isSuspect {
            let isWrong: Bool
            do {
                try node.disk.crash()
                try node.restart(newLife: false, random: &random)
                dropSessions(of: node.index)
                isWrong = try node.look { replica, transaction in
                    guard try LogAudit(transaction, verifier: node.verifier).problems.isEmpty else { return true }
                    return try !ProjectionAudit(&replica, in: transaction).problems.isEmpty
                }
            } catch { isWrong = true }
            ledger.suspects.insert(node.node)
            if isWrong { try wipe(node.index) }
            node.isSuspect = false
            node.promised = [:]
            node.seen = [:]
        }
        try forgiveWhatNobodyHas()
    }

    /// The node that has most of the law.
    private func lawHolder() throws -> Int? {
        try nodes.indices.map { index in (index, try lawSizes(nodes[index]).values.reduce(0, +)) }
            .max { $0.1 < $1.1 }?.0
    }

    private func untilAgreed(_ some: [SimulatedNode], _ name: String) throws {
        for _ in 0..<120 {
            try connectAll()
            try advance(by: 1000)
            if try haveConverged(some) { return }
        }
        throw fail("\(name) did not agree within two minutes after they were healed: \(try describe(some))")
    }

    private func haveConverged(_ some: [SimulatedNode]) throws -> Bool {
        let first = try sizes(some[0])
        return try some.dropFirst().allSatisfy { try sizes($0) == first } && missingBlobs(of: some).isEmpty
    }

    /// The blobs that some node still misses while another has them.
    private func missingBlobs(of some: [SimulatedNode]) throws -> Set<Digest> {
        var missing: Set<Digest> = []
        for node in some {
            missing.formUnion(try node.look { try $0.missingBlobs(after: nil, limit: .max, in: $1).map(\.hash) })
        }
        return try missing.filter { hash in
            try some.contains { node in try node.look { try $0.blob(hash, in: $1) } != nil }
        }
    }

    private func describe(_ some: [SimulatedNode]) throws -> String {
        try some.map { node in
            let rows = try node.store.read { try $0.logs.rows(.scope(scope.scope)) }.sorted { $0.id < $1.id }
            let sizes = rows.map { "\($0.id.short):\($0.size) \($0.descriptor.stream)" }
            return "node \(node.index) \(sizes.joined(separator: " "))"
        }.joined(separator: "; ") + "; blobs missing: \(try missingBlobs(of: some).count)"
    }
}
