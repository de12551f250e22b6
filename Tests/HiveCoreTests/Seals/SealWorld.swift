import HiveCore
import HiveTesting
import Testing

/// A few nodes with stores in memory that write, exchange, acknowledge, seal and prune; time passes when told.
final class SealWorld {
    let scope: ScopeFounding
    private(set) var nodes: [Node] = []
    var now = Timestamp(milliseconds: 1_700_000_000_000)
    var random: SeededRandom
    /// Seconds; short, so that a test need not last for a month of stamps.
    let hold: Int64 = 100

    /// One node, which may be cut off from the others.
    final class Node {
        let store = InMemoryStore()
        let signer: KeyedHashSigner
        fileprivate(set) var replica: Replica
        var isAway = false

        fileprivate init(_ number: UInt8, hive: HiveID, random: inout SeededRandom) throws {
            let key = try #require(PublicKey(bytes: Digest.sha256([number]).bytes))
            signer = KeyedHashSigner(publicKey: key)
            replica = Replica(
                identity: NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random)),
                clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
        }

        var id: NodeID { replica.identity.node }

        func write<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
            var next = replica
            let result = try store.write { try work(&next, $0) }
            replica = next
            return result
        }
    }

    /// The first node founds, the second is a steward too, the others are writers.
    init(seed: UInt64, nodes count: Int) throws {
        random = SeededRandom(seed: seed)
        let hive = HiveID(.sha256([42]))
        for number in 0..<count { nodes.append(try Node(UInt8(number + 1), hive: hive, random: &random)) }
        scope = ScopeFounding(hive: hive, name: .main, founder: nodes[0].id)
        for node in nodes { try node.write { try $0.learn(scope, in: $1) } }
        let grants = nodes.dropFirst().enumerated().map { place, node in
            Replica.grantDraft(Grant(node: node.id, role: place == 0 ? .steward : .writer), in: scope.scope)
        }
        try commit([Replica.foundingDraft(scope)] + grants, on: 0)
        try exchange()
    }

    /// Adds a node that nobody granted anything yet and that holds nothing.
    func add() throws -> Int {
        nodes.append(try Node(UInt8(nodes.count + 1), hive: scope.hive, random: &random))
        try nodes[nodes.count - 1].write { try $0.learn(scope, in: $1) }
        return nodes.count - 1
    }

    func wait(_ seconds: Int64) { now = now.advanced(bySeconds: seconds) }

    // MARK: Writing

    @discardableResult
    func commit(_ drafts: [Draft], on index: Int) throws -> CommitReceipt {
        wait(1)
        var random = random
        let receipt = try nodes[index].write { try $0.commit(drafts, in: $1, now: now, random: &random) }
        self.random = random
        return receipt
    }

    func learn(_ text: String, on index: Int) throws -> DocumentAddress {
        let address = Replica.newAddress(in: scope.scope, random: &random)
        try commit([Draft(.semantic, at: address, changes: [.setText(EngramField.content, text)])], on: index)
        return address
    }

    @discardableResult
    func update(
        _ address: DocumentAddress, _ text: String, on index: Int, seen: VersionVector? = nil
    ) throws -> CommitReceipt {
        let changes = [Draft.Change.setText(EngramField.content, text)]
        return try commit([Draft(.semantic, at: address, seen: seen, changes: changes)], on: index)
    }

    func grant(_ grant: Grant, by index: Int) throws {
        try commit([Replica.grantDraft(grant, in: scope.scope)], on: index)
    }

    // MARK: Exchanging

    /// Everybody who is not away gets everything from everybody else.
    func exchange() throws {
        for _ in 0..<3 { for (from, to) in pairs() { try send(from: from, to: to) } }
    }

    private func pairs() -> [(Int, Int)] {
        nodes.indices.flatMap { from in nodes.indices.map { (from, $0) } }
            .filter { $0 != $1 && !nodes[$0].isAway && !nodes[$1].isAway }
    }

    func send(from: Int, to: Int) throws {
        let source = nodes[from]
        let rows = try source.write { replica, transaction in
            for row in try transaction.logs.rows(.all) {
                _ = try replica.signCheckpoint(of: row.id, signer: source.signer, in: transaction)
            }
            return try transaction.logs.rows(.scope(self.scope.scope))
        }
        for row in rows.sorted(by: { ($0.descriptor.stream, $0.id) < ($1.descriptor.stream, $1.id) }) {
            let held = try nodes[to].store.read { try $0.logs.row(row.id)?.size ?? 0 }
            guard
                let range = try source.store.read({
                    try Replica.range(of: row.id, from: held + 1, count: 1 << 20, in: $0)
                })
            else { continue }
            _ = try nodes[to].write {
                try $0.ingest(range, in: $1, verifier: KeyedHashVerifier(), now: self.now)
            }
        }
    }

    // MARK: Finality

    func acknowledge(_ index: Int) throws {
        let drafts = try nodes[index].write {
            try $0.acknowledgements(in: scope.scope, hold: hold, now: now, transaction: $1)
        }
        for draft in drafts { try commit([draft], on: index) }
    }

    /// One round of what housekeeping does: all acknowledge, and hear of it.
    func acknowledgeAll() throws {
        for index in nodes.indices where !nodes[index].isAway { try acknowledge(index) }
        try exchange()
    }

    /// The same among the first three nodes only.
    func acknowledgeOldest() throws {
        for index in 0..<3 { try acknowledge(index) }
        for from in 0..<3 { for to in 0..<3 where from != to { try send(from: from, to: to) } }
    }

    /// Makes a seal where one can be made; false where none can.
    @discardableResult
    func seal(by index: Int = 0) throws -> Bool {
        let draft = try nodes[index].write {
            try $0.sealDraft(in: scope.scope, hold: hold, now: now, transaction: $1)
        }
        guard let draft else { return false }
        try commit([draft], on: index)
        try exchange()
        return true
    }

    /// Seals everything that is there: waits for the hold, acknowledges, seals, acknowledges the seal.
    func sealAll() throws {
        try exchange()
        try acknowledgeAll()
        wait(hold + 1)
        #expect(try seal())
        try acknowledgeAll()
    }

    func authority(_ index: Int) throws -> Authority {
        try nodes[index].write { try $0.authority(of: scope.scope, in: $1) }
    }

    @discardableResult
    func prune(_ index: Int) throws -> PruneReceipt {
        try nodes[index].write {
            try $0.prune(
                in: scope.scope, cutoffs: [.semantic: .max], hold: hold, now: now, transaction: $1)
        }
    }

    // MARK: Looking

    func state(_ address: DocumentAddress, on index: Int) throws -> DocumentState? {
        try nodes[index].store.read { try $0.documents.state(address) }
    }

    func text(_ address: DocumentAddress, on index: Int) throws -> String? {
        try state(address, on: index)?.shown(EngramField.content)?.inline?.text
    }

    func projection(_ index: Int) throws -> Digest {
        try nodes[index].store.read { try Replica.projectionHash(of: scope.scope, in: $0) }
    }

    /// The same made anew from the logs.
    func rebuilt(_ index: Int) throws -> Digest {
        try nodes[index].write { try $0.rebuild(in: $1) }
        return try projection(index)
    }

    func problems(_ index: Int) throws -> [String] {
        try nodes[index].store.read { try LogAudit($0, verifier: KeyedHashVerifier()).problems }
    }

    /// The numbers of operations on a document that lack their bodies.
    func bare(_ address: DocumentAddress, on index: Int) throws -> [UInt64] {
        try nodes[index].store.read { try $0.logs.operations(.document(address)) }
            .filter { $0.body == nil }.map(\.dot.number)
    }
}
