import HiveCore
import HiveSync

/// What must hold in the end.
extension Simulation {
    func projection(_ node: SimulatedNode) throws -> Digest {
        try node.store.read { try Replica.projectionHash(of: scope.scope, in: $0) }
    }

    /// Nodes that hold the same operations must show the same, byte for byte, at any time.
    func checkEqualSetsEqualBytes() throws {
        var seen: [[LogID: UInt64]: Digest] = [:]
        for node in sound {
            let sizes = try sizes(node)
            let projection = try projection(node)
            if let other = seen[sizes], other != projection {
                throw fail("node \(node.index) holds the same operations as another and shows something else")
            }
            seen[sizes] = projection
        }
    }

    func checkEnd() throws {
        for index in nodes.indices { try purge(index) }
        try checkSizes()
        try checkMemory()
        try checkCauses()
        try checkMerges()
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
        try checkDocuments()
        report.projection = try projection(nodes[0])
    }

    /// No document is gone, and none that was erased is back.
    private func checkDocuments() throws {
        for address in ledger.documents {
            guard try nodes[0].look({ try $1.documents.state(address) }) != nil else {
                throw fail("the document \(address) is gone")
            }
        }
        for (address, dot) in ledger.erased.sorted(by: { $0.key < $1.key })
        where ledger.acknowledged[dot.log] ?? 0 >= dot.number {
            for node in nodes {
                let state = try node.look { try $1.documents.state(address) }
                guard state?.isErased == true, state?.erasureDue == nil else {
                    throw fail("the document \(address), which was erased, is back on node \(node.index)")
                }
            }
        }
    }

    /// Nothing waits for what is here, nor for what never was: only for what went with a disk that was put back, or
    /// what a disk made up.
    private func checkWaiting(on node: SimulatedNode, held: [LogID: UInt64]) throws {
        let waiting = try node.store.read { transaction in
            try transaction.documents.waiting(for: nil, through: .max).compactMap { try transaction.logs.operation($0) }
        }
        for operation in waiting {
            let isExcused = operation.header.context.entries.contains { dot in
                dot.number > held[dot.log] ?? 0 && (dot.number <= ledger.lost[dot.log] ?? 0 || !ledger.suspects.isEmpty)
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
