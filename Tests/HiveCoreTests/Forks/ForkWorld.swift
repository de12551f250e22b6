import HiveCore
import HiveTesting
import Testing

/// A node with a store in memory that can be copied, and brought back as it was.
struct ForkNode {
    var store = InMemoryStore()
    let signer: KeyedHashSigner
    var replica: Replica
    var random: SeededRandom

    init(_ seed: UInt64, hive: HiveID) throws {
        random = SeededRandom(seed: seed)
        let key = try #require(PublicKey(bytes: Digest.sha256([UInt8(seed)]).bytes))
        signer = KeyedHashSigner(publicKey: key)
        let identity = NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
        replica = Replica(identity: identity, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
    }

    /// The same node a second time: its key, its life, its data.
    func copy(seed: UInt64) -> ForkNode {
        var copy = self
        copy.store = InMemoryStore(copying: store)
        copy.random = SeededRandom(seed: seed)
        return copy
    }

    var node: NodeID { replica.identity.node }

    mutating func write<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var next = replica
        let result = try store.write { try work(&next, $0) }
        replica = next
        return result
    }

    @discardableResult
    mutating func commit(_ drafts: [Draft]) throws -> CommitReceipt {
        var random = random
        let receipt = try write { try $0.commit(drafts, in: $1, now: ForkWorld.now, random: &random) }
        self.random = random
        return receipt
    }

    mutating func ingest(_ range: LogRange) throws -> IngestReceipt {
        try write { try $0.ingest(range, in: $1, verifier: KeyedHashVerifier(), now: ForkWorld.now) }
    }

    mutating func reissue(_ branch: LogBranch) throws -> CommitReceipt {
        var random = random
        let receipt = try write { try $0.reissue(branch, in: $1, now: ForkWorld.now, random: &random) }
        self.random = random
        return receipt
    }

    mutating func beginAnew() { replica.identity.incarnation = Incarnation(using: &random) }

    /// Everything of a log from a number on, signed where it is this node's own.
    mutating func range(_ log: LogID, from first: UInt64 = 1) throws -> LogRange? {
        let signer = signer
        return try write { replica, transaction in
            _ = try replica.signCheckpoint(of: log, signer: signer, in: transaction)
            guard let row = try transaction.logs.row(log) else { return nil }
            let freeze = try replica.authority(of: row.descriptor.scope, in: transaction).frozen[log]
            return try Replica.range(of: log, from: first, count: 4096, freeze: freeze, in: transaction)
        }
    }

    func texts(_ scope: ScopeID) throws -> [[String]] {
        try store.read { transaction in
            try transaction.documents.list(.kind(.semantic, scope: scope)).map { state in
                guard case .register(let siblings)? = state[.number(EngramField.content)] else { return [] }
                return siblings.compactMap { sibling in
                    guard case .inline(.text(let text)) = sibling.value else { return nil }
                    return text
                }.sorted()
            }
        }
    }

    func projection(_ scope: ScopeID) throws -> Digest {
        try store.read { try Replica.projectionHash(of: scope, in: $0) }
    }
}

/// Two members of a scope; one of them will be there twice.
struct ForkWorld {
    static let now = Timestamp(milliseconds: 1_700_000_000_000)
    let scope: ScopeID
    var owner: ForkNode
    var other: ForkNode
    let address: DocumentAddress

    init(shared count: Int = 3) throws {
        let hive = HiveID(.sha256([42]))
        owner = try ForkNode(1, hive: hive)
        other = try ForkNode(2, hive: hive)
        let founding = ScopeFounding(hive: hive, name: .main, founder: other.node)
        scope = founding.scope
        try owner.write { try $0.learn(founding, in: $1) }
        try other.write { try $0.learn(founding, in: $1) }
        let grant = Grant(node: owner.node, role: .writer)
        let law = try other.commit([Replica.foundingDraft(founding), Replica.grantDraft(grant, in: scope)])
        _ = try owner.ingest(try #require(try other.range(law.dots[0].log)))
        address = Replica.newAddress(in: scope, random: &owner.random)
        for number in 0..<count { try owner.commit([change("shared \(number)")]) }
        if let range = try owner.range(log) { _ = try other.ingest(range) }
    }

    /// The owner's log of memories in its first life.
    var log: LogID { owner.replica.identity.log(in: scope, .knowledge).id }

    func change(_ text: String, seen: VersionVector? = nil) -> Draft {
        Draft(.semantic, at: address, seen: seen, changes: [.setText(EngramField.content, text)])
    }

    func fresh(_ text: String, _ node: inout ForkNode) -> Draft {
        Draft(
            .semantic, at: Replica.newAddress(in: scope, random: &node.random),
            changes: [.setText(EngramField.content, text), .count(EngramField.verifications, 1)])
    }

    /// What a search between two nodes finds.
    func search(_ log: LogID, on one: inout ForkNode, with two: inout ForkNode) throws -> ForkSearch.Step {
        _ = try one.range(log)
        _ = try two.range(log)
        let peer = two.replica
        let own = one.replica
        let history = try #require(
            try one.store.read {
                try Replica.history(of: log, endingWith: nil, fresh: nil, replica: own, in: $0)
            })
        var search = ForkSearch(history)
        for _ in 0..<128 {
            let probe = try #require(
                try two.store.read {
                    try Replica.probe(
                        of: log, at: search.asked, endingWith: search.pinned, fresh: nil, replica: peer, in: $0)
                })
            let step = search.take(probe)
            guard step == .asks else { return step }
        }
        return .invalid
    }

    /// The evidence that two nodes' histories of a log differ.
    func evidence(_ log: LogID, between one: inout ForkNode, and two: inout ForkNode) throws -> ForkEvidence {
        guard case .found(let finding) = try search(log, on: &one, with: &two) else {
            throw ReplicaError(.missing, "no fork was found")
        }
        let replica = one.replica
        return try #require(try one.store.read { try replica.evidence(from: finding, in: $0) })
    }
}
