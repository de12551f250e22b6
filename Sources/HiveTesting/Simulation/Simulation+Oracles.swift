import HiveCore
import HiveSync

/// What must hold at any time, whatever goes wrong. Nodes whose disks lost bits are not asked.
extension Simulation {
    /// Nodes of which something can be demanded.
    var sound: [SimulatedNode] { nodes.filter { !$0.isSuspect } }

    /// Looks at the nodes while their disks do not fail.
    func observing(_ work: () throws -> Void) throws {
        for node in nodes { node.disk.setCalm(true) }
        defer { for node in nodes { node.disk.setCalm(false) } }
        try work()
    }

    /// The cheap ones after every step, the dear ones now and then.
    func checkStep(_ step: Int) throws {
        try observing {
            try checkClocks()
            try checkSizes()
            try checkMemory()
            guard step.isMultiple(of: 10) else { return }
            try checkNothingIsMadeUp()
            try checkCauses()
            if !plan.faults.contains(.erasures) { try checkEqualSetsEqualBytes() }
            if step.isMultiple(of: 20) { try checkMerges() }
        }
    }

    /// A node's clock follows others no further than it believes them.
    func checkClocks() throws {
        for node in sound {
            let latest = node.replica.clock.latest.milliseconds
            let bound = max(time(of: node).milliseconds, node.highestTime) + Int64(node.replica.clock.maximumAhead)
            guard latest <= bound else {
                throw fail("the clock of node \(node.index) followed a stamp from \(latest - UInt64(bound)) ms too far")
            }
        }
    }

    /// Logs never become shorter, and what a node told others is on its disk is there.
    func checkSizes() throws {
        for node in sound {
            let sizes = try sizes(node)
            for (log, size) in node.promised.sorted(by: { $0.key < $1.key }) where sizes[log] ?? 0 < size {
                throw fail("node \(node.index) acknowledged \(size) of log \(log.short) and holds \(sizes[log] ?? 0)")
            }
            for (log, size) in node.seen.sorted(by: { $0.key < $1.key }) where sizes[log] ?? 0 < size {
                throw fail("node \(node.index) had \(size) of log \(log.short) and holds \(sizes[log] ?? 0)")
            }
            node.seen = sizes
        }
    }

    /// What a node keeps in memory is what its disk says.
    func checkMemory() throws {
        for node in sound {
            let fresh = try node.store.read { transaction in
                var fresh = try Replica(
                    identity: node.replica.identity, reading: transaction, verifier: node.verifier)
                return try fresh.authority(of: scope.scope, in: transaction)
            }
            let kept = try node.look { try $0.authority(of: scope.scope, in: $1) }
            guard kept == fresh else { throw fail("node \(node.index) goes by a law that its disk does not have") }
        }
    }

    /// Whoever wrote something sees it.
    func checkOwnWrite(_ receipt: CommitReceipt, on node: SimulatedNode) throws {
        for written in receipt.states where !node.isSuspect {
            let state = try node.look { try $1.documents.state(written.address) }
            guard state?.version.covers(written.version) == true else {
                throw fail("node \(node.index) does not show what was just written there")
            }
        }
    }

    /// Nothing shows before what its author had seen, unless that is void.
    func checkCauses() throws {
        for node in sound {
            try node.look { replica, transaction in
                let waiting = Set(try transaction.documents.waiting(for: nil, through: .max))
                for state in try transaction.documents.list(.all) {
                    try checkCauses(of: state, but: waiting, on: node, replica: &replica, in: transaction)
                }
            }
        }
    }

    private func checkCauses(
        of state: DocumentState, but waiting: Set<Dot>, on node: SimulatedNode, replica: inout Replica,
        in transaction: any StoreTransaction
    ) throws {
        let authority = try replica.authority(of: state.address.scope, in: transaction)
        for operation in try transaction.logs.operations(.document(state.address))
        where state.version.contains(operation.dot) && !waiting.contains(operation.dot) {
            guard let own = try transaction.logs.row(operation.dot.log),
                authority.honours(operation.dot, of: own.descriptor, kind: operation.header.kind)
            else { continue }  // void, and covered by the version only because what follows it is not
            for dot in operation.header.context.entries {
                let row = try transaction.logs.row(dot.log)
                if let row {
                    if row.size >= dot.number || dot.number > row.frozenAt ?? .max { continue }
                    if !authority.honours(dot, of: row.descriptor, kind: operation.header.kind) { continue }
                }
                throw fail("node \(node.index) shows \(operation.dot) before \(dot), which its author had seen")
            }
        }
    }

    /// The merge as it is defined, in the plainest words, says the same as the stores.
    func checkMerges() throws {
        for node in sound {
            try node.look { replica, transaction in
                for state in try transaction.documents.list(.kind(.semantic, scope: scope.scope)) where !state.isErased
                {
                    let operations = try replica.operations(on: state.address, in: transaction)
                    guard ReferenceMerge(operations) == ReferenceMerge(state) else {
                        throw fail("node \(node.index) merged document \(state.address) wrongly")
                    }
                }
            }
        }
    }
}
