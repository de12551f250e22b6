import HiveCore
import HiveSync

/// What goes wrong with disks, and what takes their place.
extension Simulation {
    func strikeDisk(_ fault: Fault) throws -> Bool {
        guard let kind = fault.disk else { return false }
        let index = pick(fault)
        let node = nodes[index]
        guard !fault.spoils || mayLose(index) else { return true }
        if fault.spoils { node.isSuspect = true }
        if fault == .lostSync, node.isLying {
            node.isLying = false
            try cutPower(index)
            node.disk.heal()
            return true
        }
        node.isLying = node.isLying || fault == .lostSync
        if kind == .full, happens(50, fault) {
            node.disk.heal()
        } else {
            node.disk.arm(kind, after: Int(number(0...40, fault)))
        }
        return true
    }

    func strikeIdentity(_ fault: Fault) throws -> Bool {
        let index = pick(fault)
        switch fault {
        case .restoredBackup:
            guard mayLose(index), try nodes[index].disk.restore() else { return true }
            try begin(index)
            report.restores += 1
        case .wipedDisk:
            if mayLose(index) { try wipe(index) }
        case .clonedDevice: try clone(index)
        default: return false
        }
        return true
    }

    /// Whether a node may lose its disk: another one has all of the law, by which it can come back.
    private func mayLose(_ index: Int) -> Bool {
        do {
            let law = try lawSizes(nodes[index])
            return try nodes.contains { other in
                guard other.index != index, !other.isSuspect else { return false }
                let theirs = try lawSizes(other)
                return !theirs.isEmpty && law.allSatisfy { theirs[$0.key] ?? 0 >= $0.value }
            }
        } catch { return false }  // a disk failed while it was asked: nothing more is done to it now
    }

    func lawSizes(_ node: SimulatedNode) throws -> [LogID: UInt64] {
        let rows = try node.store.read { try $0.logs.rows(.scope(scope.scope)) }
        let law = rows.filter { $0.descriptor.stream == .law && $0.size > 0 }
        return Dictionary(uniqueKeysWithValues: law.map { ($0.id, $0.size) })
    }

    /// The node goes on with a new disk, as a new life.
    func wipe(_ index: Int) throws {
        try nodes[index].disk.wipe()
        nodes[index].disk.heal()
        try begin(index)
        let scope = scope
        try nodes[index].write { try $0.learn(scope, in: $1) }
        report.restores += 1
    }

    /// A disk that has less than it had: a new life begins, and what the old one wrote since comes back from whoever
    /// has it. Only what nobody else had may be gone.
    private func begin(_ index: Int) throws {
        let node = nodes[index]
        node.isSuspect = false
        node.isLying = false
        node.promised = [:]
        node.seen = [:]
        try comeBack(index, newLife: plan.defences.stands(.newLifeAfterRestore))
        try forgiveWhatNobodyHas()
    }

    /// A copy of a node's disk begins to run elsewhere, with the same key; its guard tells it, and it begins a new life.
    private func clone(_ index: Int) throws {
        guard nodes.count == plan.nodes else { return }
        let disk = try makeDisk(nodes.count)
        guard try disk.take(from: nodes[index].disk) else { return }
        let node = try nodes[index].clone(as: nodes.count, on: disk, random: &random)
        nodes.append(node)
    }

    /// What failed on a node's disk is answered as a node answers it: without room it goes on, else it starts again.
    func answer(_ error: any Error, on index: Int) throws {
        let node = nodes[index]
        if error is Failure { throw error }
        guard !plan.faults.isDisjoint(with: Fault.allCases.filter { $0.disk != nil }) else { throw error }
        report.failures += 1
        if let error = error as? StoreError, error.code == .full { return dropSessions(of: index) }
        guard node.isSuspect || error is StoreError else { throw error }
        if let error = error as? StoreError, error.code == .corrupt, !node.isSuspect {
            throw fail("node \(index) found its store damaged though no bit of it was: \(error)")
        }
        try node.disk.crash()
        try comeBack(index)
    }

    func forgiveWhatNobodyHas() throws {
        for (log, size) in ledger.acknowledged.sorted(by: { $0.key < $1.key }) {
            let best = try nodes.map { try $0.store.read { try $0.logs.row(log)?.size ?? 0 } }.max() ?? 0
            ledger.acknowledged[log] = min(size, best)
            if best < size { ledger.lost[log] = max(size, ledger.lost[log] ?? 0) }
        }
        let held = Set(try nodes.flatMap { try $0.store.read { try $0.documents.list(.all).map(\.address) } })
        ledger.documents.removeAll { !held.contains($0) }
    }
}
