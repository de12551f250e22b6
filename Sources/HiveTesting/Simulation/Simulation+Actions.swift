import HiveCore
import HiveSync

/// What people and accidents do to the nodes.
extension Simulation {
    func act() throws {
        for fault in plan.faults.sorted() where !fault.isLie && happens(1 + plan.strength(fault) / 16, fault) {
            if try strikeNetwork(fault) { continue }
            if try strikeProcess(fault) { continue }
            if try strikeDisk(fault) { continue }
            if try strikeIdentity(fault) { continue }
            try load(fault)
        }
        if random.chance(5), let node = nodes.randomElement(using: &random) {
            try answering(node.index) { try node.disk.backup() }
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) { try write() }
        try reconnect()
    }

    /// Does something to a node whose disk may fail meanwhile.
    func answering(_ index: Int, _ work: () throws -> Void) throws {
        do { try work() } catch { try answer(error, on: index) }
    }

    private func reconnect() throws {
        for a in nodes.indices {
            for b in nodes.indices where a < b && mayConnect(a, b) && random.chance(60) { try connect(a, b) }
        }
    }

    /// Somebody writes on some node, unless its grant has not arrived yet.
    func write() throws {
        let index = Int.random(in: 0..<nodes.count, using: &random)
        guard nodes[index].isUp else { return }
        try answering(index) {
            guard try isMember(index) else { return }
            let known = try nodes[index].look { try $1.documents.list(.kind(.semantic, scope: scope.scope)) }
            if known.isEmpty || random.chance(40) {
                try commit([newDocument()], on: index)
            } else {
                try commit([change(known[Int.random(in: 0..<known.count, using: &random)])], on: index)
            }
        }
    }

    func isMember(_ index: Int) throws -> Bool {
        let role = try nodes[index].look { try $0.authority(of: scope.scope, in: $1).role(of: nodes[index].node) }
        return role != nil
    }

    func newDocument() -> Draft {
        let address = Replica.newAddress(in: scope.scope, random: &random)
        return Draft(.semantic, at: address, changes: [.setText(EngramField.content, text()), tags(adding: true)])
    }

    func change(_ state: DocumentState) -> Draft {
        guard !state.isErased else { return newDocument() }
        let changes: [Draft.Change]
        switch Int.random(in: 0..<7, using: &random) {
        case 0: changes = [.set(ReservedField.presence, .bool(random.chance(50)))]
        case 1: changes = [tags(adding: true)]
        case 2: changes = [tags(adding: false)]
        case 3: changes = [.count(EngramField.verifications, 1)]
        case 4:
            changes = [.setPath(EngramField.metadataPath("k\(Int.random(in: 0..<3, using: &random))"), .text(text()))]
        case 5: changes = [.set(EngramField.confidence, .double(0.25))]
        default: changes = [.setText(EngramField.content, text()), .set(EngramField.confidence, .double(0.5))]
        }
        let seen = random.chance(30) ? VersionVector([state.creation.dot]) : nil
        return Draft(.semantic, at: state.address, seen: seen, resolves: random.chance(20), changes: changes)
    }

    private func tags(adding: Bool) -> Draft.Change {
        let tag = CBORValue.text("t\(Int.random(in: 0..<4, using: &random))")
        return adding ? .add(EngramField.tags, [tag]) : .remove(EngramField.tags, [tag])
    }

    /// Some are so large that they become blobs.
    private func text() -> String {
        let text = "text \(Int.random(in: 0..<1000, using: &random))"
        guard random.chance(plan.faults.contains(.largeValues) ? 30 : 3) else { return text }
        return text + String(repeating: ".", count: BlobReference.inlineLimit)
    }

    func commit(_ drafts: [Draft], on index: Int) throws {
        let node = nodes[index]
        let receipt = try node.write { replica, transaction in
            try replica.commit(drafts, in: transaction, now: time(of: node), random: &random)
        }
        report.writes += 1
        if !receipt.lawChanged.isEmpty { node.isLawStale = true }
        if node.isSuspect { ledger.suspects.insert(node.node) }
        for dot in receipt.dots where !node.isSuspect {
            ledger.acknowledged[dot.log] = max(ledger.acknowledged[dot.log] ?? 0, dot.number)
        }
        for state in receipt.states where !node.isSuspect && !ledger.documents.contains(state.address) {
            ledger.documents.append(state.address)
        }
        try checkOwnWrite(receipt, on: node)
        try announce(try node.heads(of: receipt.logs), from: index)
    }
}
