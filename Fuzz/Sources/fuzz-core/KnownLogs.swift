import HiveCore
import HiveTesting

/// A small hive whose every byte is known: an author with a law and a log of all kinds of changes, and readers of it.
/// The same in every run, so that found bytes stay meaningful.
struct KnownLogs: Sendable {
    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    /// The log that is sent, from its first operation.
    let range: LogRange
    /// How the law came to the reader.
    private let law: [LogRange]
    private let scope: ScopeFounding
    private let reader: NodeIdentity
    let signer: KeyedHashSigner

    init() throws {
        var random = SeededRandom(seed: 7)
        let hive = HiveID(.sha256([42]))
        let author = try Self.identity(1, hive, &random)
        reader = try Self.identity(2, hive, &random)
        signer = KeyedHashSigner(publicKey: author.key)
        scope = ScopeFounding(hive: hive, name: .main, founder: author.node)
        let store = InMemoryStore()
        var replica = Replica(identity: author, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
        let (founding, signer, grant) = (scope, signer, Grant(node: reader.node, role: .reader))
        (law, range) = try store.write { transaction in
            try replica.learn(founding, in: transaction)
            let law = [Replica.foundingDraft(founding), Replica.grantDraft(grant, in: founding.scope)]
            _ = try replica.commit(law, in: transaction, now: Self.now, random: &random)
            try Self.write(&replica, in: founding.scope, transaction, &random)
            var ranges: [Stream: LogRange] = [:]
            for row in try transaction.logs.rows(.scope(founding.scope)) {
                _ = try replica.signCheckpoint(of: row.id, signer: signer, in: transaction)
                let range = try Replica.range(of: row.id, from: 1, count: 1024, in: transaction)
                if let range { ranges[row.descriptor.stream] = range }
            }
            guard let law = ranges[.law], let knowledge = ranges[.knowledge] else {
                throw ReplicaError(.misuse, "the known hive lacks a log")
            }
            return ([law], knowledge)
        }
    }

    private static func identity(
        _ number: UInt8, _ hive: HiveID, _ random: inout SeededRandom
    ) throws -> NodeIdentity {
        guard let key = PublicKey(bytes: Digest.sha256([number]).bytes) else {
            throw ReplicaError(.misuse, "a digest has the length of a key")
        }
        return NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
    }

    private static func write(
        _ replica: inout Replica, in scope: ScopeID, _ transaction: any StoreTransaction, _ random: inout SeededRandom
    ) throws {
        let addresses = (0..<3).map { _ in Replica.newAddress(in: scope, random: &random) }
        let changes: [(Int, [Draft.Change])] = [
            (0, [.setText(EngramField.content, "a text"), .add(EngramField.tags, [.text("a"), .text("b")])]),
            (1, [.setText(EngramField.content, "another one"), .setPath("metadata.owner", .text("platform"))]),
            (0, [.set(EngramField.content, .text("a changed text")), .remove(EngramField.tags, [.text("a")])]),
            (2, [.setText(EngramField.content, "to be erased")]),
            (1, [.setPath("metadata.owner", .null), .set(EngramField.content, .text("changed, too"))]),
            (2, [.set(ReservedField.erasure, .integer(0))]),
        ]
        for (place, changes) in changes {
            let draft = Draft(.semantic, at: addresses[place], agent: "fuzz", changes: changes)
            _ = try replica.commit([draft], in: transaction, now: now, random: &random)
        }
    }

    /// Readers with the law and the first operations of the log: none of them, one, and so on up to all.
    func readers() throws -> [Reader] { try (0...range.entries.count).map(reader) }

    struct Reader: Sendable {
        let store: InMemoryStore
        let replica: Replica
    }

    private func reader(holding count: Int) throws -> Reader {
        let store = InMemoryStore()
        var replica = Replica(identity: reader, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
        let part = try signed(Array(range.entries.prefix(count)), first: 1)
        try store.write { transaction in
            try replica.learn(scope, in: transaction)
            for range in law + (count == 0 ? [] : [part]) {
                _ = try replica.ingest(range, in: transaction, verifier: KeyedHashVerifier(), now: Self.now)
            }
        }
        return Reader(store: store, replica: replica)
    }

    /// Entries under a signature of the author, after those of the true log that come before them.
    func signed(_ entries: [LogRange.Entry], first: UInt64) throws -> LogRange {
        var frontier = MerkleFrontier()
        for entry in range.entries.prefix(Int(first) - 1) { frontier.append(leaf: Operation.leaf(of: entry.header)) }
        for entry in entries { frontier.append(leaf: Operation.leaf(of: entry.header)) }
        let checkpoint = try Checkpoint(
            log: range.descriptor.id, size: frontier.size, root: frontier.root, signer: signer)
        return LogRange(descriptor: range.descriptor, first: first, entries: entries, checkpoint: checkpoint)
    }
}
