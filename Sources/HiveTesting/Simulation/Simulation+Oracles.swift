import HiveCore
import HiveSync

/// What must hold at any time, whatever goes wrong.
extension Simulation {
    /// A node's clock follows others no further than it believes them.
    func checkClocks() throws {
        for node in nodes {
            let latest = node.replica.clock.latest.milliseconds
            let bound = max(time(of: node).milliseconds, node.highestTime) + Int64(node.replica.clock.maximumAhead)
            guard latest <= bound else {
                throw fail("the clock of node \(node.index) followed a stamp from \(latest - UInt64(bound)) ms too far")
            }
        }
    }

    /// What a node told others is on its disk is there.
    func checkPromises() throws {
        for node in nodes {
            for (log, size) in node.promised.sorted(by: { $0.key < $1.key }) {
                let held = try node.store.read { try $0.logs.row(log)?.size ?? 0 }
                guard held >= size else {
                    throw fail("node \(node.index) acknowledged \(size) of log \(log.short) and holds \(held)")
                }
            }
        }
    }

    /// Nothing shows before what its author had seen, unless that is void.
    func checkCauses() throws {
        for node in nodes {
            try node.write { replica, transaction in
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
}

extension SimulatedNode {
    /// The node tells a peer that this is on its disk.
    func promise(_ heads: [LogHead]) {
        for head in heads { promised[head.log] = max(promised[head.log] ?? 0, head.size) }
    }
}
