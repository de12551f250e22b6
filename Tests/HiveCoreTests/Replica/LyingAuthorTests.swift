import HiveCore
import HiveTesting
import Testing

/// An author that signs what cannot be true. Nothing breaks, and every order of arrival gives the same documents.
@Suite struct LyingAuthorTests {
    private static let now = Timestamp(milliseconds: 1_700_000_000_000)
    private let signer: KeyedHashSigner
    private let scope: ScopeFounding
    private let law: LogRange
    private let reader: NodeIdentity
    private var log: LogRow

    init() throws {
        var random = SeededRandom(seed: 3)
        let hive = HiveID(.sha256([42]))
        let key = try #require(PublicKey(bytes: Digest.sha256([1]).bytes))
        let author = NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
        let other = try #require(PublicKey(bytes: Digest.sha256([2]).bytes))
        reader = NodeIdentity(hive: hive, key: other, incarnation: Incarnation(using: &random))
        let (signer, scope) = (
            KeyedHashSigner(publicKey: key), ScopeFounding(hive: hive, name: .main, founder: author.node)
        )
        (self.signer, self.scope) = (signer, scope)
        var replica = Replica(identity: author, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
        law = try InMemoryStore().write { transaction in
            try replica.learn(scope, in: transaction)
            let founding = Replica.foundingDraft(scope)
            _ = try replica.commit([founding], in: transaction, now: Self.now, random: &random)
            let log = author.log(in: scope.scope, .law).id
            _ = try replica.signCheckpoint(of: log, signer: signer, in: transaction)
            return try #require(try Replica.range(of: log, from: 1, count: 1024, in: transaction))
        }
        log = LogRow(descriptor: author.log(in: scope.scope, .knowledge))
    }

    /// The next operation on one document, with a context that the author makes up.
    private mutating func next(having seen: UInt64) -> LogRange.Entry {
        var random = SeededRandom(seed: log.size)
        let number = log.size + 1
        let change = OperationBody.Change(
            field: .number(EngramField.content), change: .set(.text("text \(number)")))
        let body = SaltedBody(bytes: OperationBody(agent: nil, changes: [change]).encoded(), using: &random)
        let context = VersionVector(seen == 0 ? [] : [Dot(log: log.id, number: seen)])
        let header = OperationHeader(
            dot: Dot(log: log.id, number: number), stamp: Stamp(milliseconds: 1000 + number),
            target: OperationTarget(
                document: .derived(kind: 34, key: [1], generation: 0), kind: .semantic,
                fields: [.number(EngramField.content)]),
            causality: OperationCausality(context: context), continues: false, body: body)
        let bytes = header.encoded(names: &log.names)
        log.frontier.append(leaf: Operation.leaf(of: bytes))
        return LogRange.Entry(header: bytes, body: body)
    }

    private func range(_ entries: [LogRange.Entry]) throws -> LogRange {
        let checkpoint = try Checkpoint(log: log.id, size: log.size, root: log.frontier.root, signer: signer)
        let first = log.size - UInt64(entries.count) + 1
        return LogRange(descriptor: log.descriptor, first: first, entries: entries, checkpoint: checkpoint)
    }

    private func documents(after ranges: [LogRange]) throws -> [DocumentState] {
        let store = InMemoryStore()
        var replica = Replica(identity: reader, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
        return try store.write { transaction in
            try replica.learn(scope, in: transaction)
            for range in [law] + ranges {
                _ = try replica.ingest(range, in: transaction, verifier: KeyedHashVerifier(), now: Self.now)
            }
            #expect(try ProjectionAudit(&replica, in: transaction).problems == [])
            return try transaction.documents.list(.kind(.semantic, scope: nil))
        }
    }

    @Test("Operations that claim to have seen what came after them merge the same, at once and one by one")
    mutating func claimsOfTheFuture() throws {
        var whole = self
        let entries = ([0, 3, 2] as [UInt64]).map { whole.next(having: $0) }
        let all = try whole.range(entries)
        let pieces = try ([0, 3, 2] as [UInt64]).map { seen in
            let entry = next(having: seen)
            return try range([entry])
        }
        #expect(try documents(after: [all]) == documents(after: pieces))
    }
}
