import HiveCore
import HiveSync

/// What must hold, and the end of a run: everything heals and the nodes must agree.
extension Simulation {
    private func sizes(_ node: SimulatedNode) throws -> [LogID: UInt64] {
        try node.store.read { transaction in
            let rows = try transaction.logs.rows(.scope(scope.scope))
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.size) })
        }
    }

    private func projection(_ node: SimulatedNode) throws -> Digest {
        try node.store.read { try Replica.projectionHash(of: scope.scope, in: $0) }
    }

    /// Nodes that hold the same operations must show the same, byte for byte, at any time.
    func checkEqualSetsEqualBytes() throws {
        var seen: [[LogID: UInt64]: Digest] = [:]
        for node in nodes {
            let sizes = try sizes(node)
            let projection = try projection(node)
            if let other = seen[sizes], other != projection {
                throw fail("node \(node.index) holds the same operations as another and shows something else")
            }
            seen[sizes] = projection
        }
    }

    func settle() throws {
        cut = []
        isHealed = true
        let calm = Calm(simulation: self)
        try calm.connectAll()
        for _ in 0..<60 {
            try advance(by: 1000)
            if try haveConverged() { return try checkEnd() }
            try calm.connectAll()
        }
        throw fail("the nodes did not agree within 60 seconds after everything was healed: \(try describe())")
    }

    private func haveConverged() throws -> Bool {
        let first = try sizes(nodes[0])
        return try nodes.dropFirst().allSatisfy { try sizes($0) == first } && missingBlobs().isEmpty
    }

    /// The blobs that some node still misses while another has them.
    private func missingBlobs() throws -> Set<Digest> {
        var missing: Set<Digest> = []
        for node in nodes {
            missing.formUnion(
                try node.store.read { try node.replica.missingBlobs(after: nil, limit: .max, in: $0).map(\.hash) })
        }
        return try missing.filter { hash in
            try nodes.contains { node in try node.store.read { try node.replica.blob(hash, in: $0) } != nil }
        }
    }

    private func describe() throws -> String {
        try nodes.map { node in
            let sizes = try sizes(node).sorted { $0.key < $1.key }.map { "\($0.key.short):\($0.value)" }
            return "node \(node.index) \(sizes.joined(separator: " "))"
        }.joined(separator: "; ") + "; blobs missing: \(try missingBlobs().count)"
    }

    private func checkEnd() throws {
        try checkEqualSetsEqualBytes()
        let held = try sizes(nodes[0])
        for (log, size) in ledger.acknowledged.sorted(by: { $0.key < $1.key }) where (held[log] ?? 0) < size {
            throw fail("log \(log.short) lost operations: \(held[log] ?? 0) of \(size) acknowledged are left")
        }
        for node in nodes {
            let audit = try node.store.read { try LogAudit($0, verifier: node.verifier) }
            guard audit.problems.isEmpty else { throw fail("node \(node.index): \(audit.problems[0])") }
            try checkWaiting(on: node, held: held)
            try checkRebuild(node)
        }
        for address in ledger.documents {
            guard try nodes[0].store.read({ try $0.documents.state(address) }) != nil else {
                throw fail("the document \(address) is gone")
            }
        }
        report.projection = try projection(nodes[0])
    }

    /// Nothing waits for what is here, nor for what never was: only for what went with a disk that was put back.
    private func checkWaiting(on node: SimulatedNode, held: [LogID: UInt64]) throws {
        let waiting = try node.store.read { transaction in
            try transaction.documents.waiting(for: nil, through: .max).compactMap { try transaction.logs.operation($0) }
        }
        for operation in waiting {
            let isExcused = operation.header.context.entries.contains { dot in
                dot.number > held[dot.log] ?? 0 && dot.number <= ledger.lost[dot.log] ?? 0
            }
            guard isExcused else {
                throw fail("node \(node.index) still waits for the context of \(operation.dot)")
            }
        }
    }

    /// Dropped and made anew from the logs, the projection must be the same.
    private func checkRebuild(_ node: SimulatedNode) throws {
        let before = try projection(node)
        try node.write { try $0.rebuild(in: $1) }
        guard try projection(node) == before else {
            throw fail("node \(node.index) shows something else after a rebuild")
        }
    }
}

/// The time after all faults: no loss, every pair connected.
private struct Calm {
    let simulation: Simulation

    func connectAll() throws {
        for a in simulation.nodes.indices {
            for b in simulation.nodes.indices
            where a < b && (simulation.nodes[a].sessions[b] == nil || simulation.nodes[b].sessions[a] == nil) {
                try simulation.connect(a, b)
            }
        }
    }
}
