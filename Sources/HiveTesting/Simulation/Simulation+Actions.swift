import HiveCore
import HiveSync

/// What people and accidents do to the nodes.
extension Simulation {
    func act() throws {
        if random.chance(plan.partition) { cut = cut.isEmpty ? [Int.random(in: 0..<nodes.count, using: &random)] : [] }
        if random.chance(plan.crash) { try crash() }
        if random.chance(plan.restore) { try restore() }
        if random.chance(5) { try nodes.randomElement(using: &random)?.disk.backup() }
        for _ in 0..<Int.random(in: 0...2, using: &random) { try write() }
        try reconnect()
    }

    private func crash() throws { try crash(Int.random(in: 0..<nodes.count, using: &random)) }

    func crash(_ index: Int) throws {
        try nodes[index].disk.crash()
        try nodes[index].restart(newLife: false, random: &random)
        try dropSessions(of: index)
        report.crashes += 1
    }

    /// An older copy takes the place of a disk: a new life begins, and what the old one wrote since comes back from
    /// whoever has it. Only what nobody else had may be gone.
    private func restore() throws {
        let index = Int.random(in: 0..<nodes.count, using: &random)
        guard try nodes[index].disk.restore() else { return }
        try nodes[index].restart(newLife: true, random: &random)
        try dropSessions(of: index)
        nodes[index].promised = [:]
        try forgiveWhatNobodyHas()
        report.restores += 1
    }

    private func forgiveWhatNobodyHas() throws {
        for (log, size) in ledger.acknowledged.sorted(by: { $0.key < $1.key }) {
            let best = try nodes.map { try $0.store.read { try $0.logs.row(log)?.size ?? 0 } }.max() ?? 0
            ledger.acknowledged[log] = min(size, best)
            if best < size { ledger.lost[log] = max(size, ledger.lost[log] ?? 0) }
        }
        let held = Set(try nodes.flatMap { try $0.store.read { try $0.documents.list(.all).map(\.address) } })
        ledger.documents.removeAll { !held.contains($0) }
    }

    private func dropSessions(of index: Int) throws {
        for peer in nodes.indices { nodes[peer].closeSession(with: index) }
        flights.removeAll { $0.from == index || $0.to == index }
    }

    private func reconnect() throws {
        for a in nodes.indices {
            for b in nodes.indices
            where a < b && (nodes[a].sessions[b] == nil || nodes[b].sessions[a] == nil) && random.chance(60) {
                try connect(a, b)
            }
        }
    }

    private func write() throws {
        let index = Int.random(in: 0..<nodes.count, using: &random)
        let node = nodes[index]
        let isMember = try node.write { try $0.authority(of: scope.scope, in: $1).role(of: node.node) != nil }
        guard isMember else { return }  // the grant has not arrived yet
        let known = try node.store.read { try $0.documents.list(.kind(.semantic, scope: scope.scope)) }
        let draft: Draft
        if known.isEmpty || random.chance(40) {
            let address = Replica.newAddress(in: scope.scope, random: &random)
            draft = Draft(.semantic, at: address, changes: [.setText(EngramField.content, text()), tags(adding: true)])
        } else {
            draft = change(known[Int.random(in: 0..<known.count, using: &random)])
        }
        try commit([draft], on: index)
    }

    private func change(_ state: DocumentState) -> Draft {
        let changes: [Draft.Change]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: changes = [.set(ReservedField.presence, .bool(random.chance(50)))]
        case 1: changes = [tags(adding: true)]
        case 2: changes = [tags(adding: false)]
        case 3: changes = [.count(EngramField.verifications, 1)]
        case 4:
            changes = [.setPath(EngramField.metadataPath("k\(Int.random(in: 0..<3, using: &random))"), .text(text()))]
        default: changes = [.setText(EngramField.content, text()), .set(EngramField.confidence, .double(0.5))]
        }
        let seen = random.chance(30) ? VersionVector([state.creation.dot]) : nil
        return Draft(.semantic, at: state.address, seen: seen, resolves: random.chance(20), changes: changes)
    }

    private func tags(adding: Bool) -> Draft.Change {
        let tag = CBORValue.text("t\(Int.random(in: 0..<4, using: &random))")
        return adding ? .add(EngramField.tags, [tag]) : .remove(EngramField.tags, [tag])
    }

    /// One in twenty is so large that it becomes a blob.
    private func text() -> String {
        let text = "text \(Int.random(in: 0..<1000, using: &random))"
        guard random.chance(5) else { return text }
        return text + String(repeating: ".", count: BlobReference.inlineLimit)
    }

    func commit(_ drafts: [Draft], on index: Int) throws {
        let node = nodes[index]
        let receipt = try node.write { replica, transaction in
            try replica.commit(drafts, in: transaction, now: time(of: node), random: &random)
        }
        report.writes += 1
        for dot in receipt.dots { ledger.acknowledged[dot.log] = max(ledger.acknowledged[dot.log] ?? 0, dot.number) }
        for state in receipt.states where !ledger.documents.contains(state.address) {
            ledger.documents.append(state.address)
        }
        try announce(try node.heads(of: receipt.logs), from: index)
    }
}
