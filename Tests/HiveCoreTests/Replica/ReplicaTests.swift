import HiveCore
import HiveTesting
import Testing

/// Writing, taking in, and refusing.
@Suite struct ReplicaTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)

    /// A node with a store in memory.
    private struct Peer {
        let store = InMemoryStore()
        let signer: KeyedHashSigner
        var replica: Replica
        var random: SeededRandom

        init(_ seed: UInt64, hive: HiveID) throws {
            random = SeededRandom(seed: seed)
            let key = try #require(PublicKey(bytes: Digest.sha256([UInt8(seed)]).bytes))
            signer = KeyedHashSigner(publicKey: key)
            let identity = NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
            replica = Replica(identity: identity, clock: HybridLogicalClock())
        }

        mutating func commit(_ drafts: [Draft], now: Timestamp) throws -> CommitReceipt {
            var next = replica
            var random = random
            let receipt = try store.write { try next.commit(drafts, in: $0, now: now, random: &random) }
            self.random = random
            replica = next
            return receipt
        }

        /// Everything of a log, signed.
        mutating func range(of log: LogID) throws -> LogRange {
            let (replica, signer) = (replica, signer)
            return try store.write { transaction in
                _ = try replica.signCheckpoint(of: log, signer: signer, in: transaction)
                return try #require(try Replica.range(of: log, from: 1, count: 1024, in: transaction))
            }
        }

        mutating func ingest(_ range: LogRange, now: Timestamp) throws -> IngestReceipt {
            var next = replica
            let receipt = try store.write { try next.ingest(range, in: $0, verifier: KeyedHashVerifier(), now: now) }
            replica = next
            return receipt
        }
    }

    private func founded() throws -> (Peer, Peer, ScopeFounding) {
        let hive = HiveID(.sha256([42]))
        var a = try Peer(1, hive: hive)
        let b = try Peer(2, hive: hive)
        let scope = ScopeFounding(hive: hive, name: .main, founder: a.replica.identity.node)
        for peer in [a, b] { try peer.store.write { try peer.replica.learn(scope, in: $0) } }
        let grant = Grant(node: b.replica.identity.node, role: .writer)
        _ = try a.commit([Replica.foundingDraft(scope), Replica.grantDraft(grant, in: scope.scope)], now: now)
        return (a, b, scope)
    }

    private func draft(_ text: String, in scope: ScopeID, _ random: inout SeededRandom) -> Draft {
        Draft(
            .semantic, at: Replica.newAddress(in: scope, random: &random),
            changes: [.setText(EngramField.content, text)])
    }

    @Test("What one node wrote another one shows, once it has the law that lets it")
    func exchange() throws {
        var (a, b, scope) = try founded()
        let receipt = try a.commit([draft("hello", in: scope.scope, &a.random)], now: now)
        for row in try a.store.read({ try $0.logs.rows(.all) }) { _ = try b.ingest(try a.range(of: row.id), now: now) }
        let state = try b.store.read { try $0.documents.state(receipt.states[0].address) }
        #expect(state == receipt.states[0])
        #expect(try b.store.read { try $0.index.search(SearchQuery(text: "hello")) }.count == 1)
    }

    /// The range as a relay would send it that lacks the bodies of a document.
    private func bare(_ range: LogRange, of document: DocumentID, in peer: Peer) throws -> LogRange {
        let operations = try peer.store.read {
            try $0.logs.operations(.range(range.checkpoint.log, from: 1, through: range.last))
        }
        let entries = zip(range.entries, operations).map { entry, operation in
            operation.header.document == document ? LogRange.Entry(header: entry.header, body: nil) : entry
        }
        return LogRange(
            descriptor: range.descriptor, first: range.first, entries: entries, checkpoint: range.checkpoint)
    }

    @Test("A body that nobody erased is not taken for gone, whoever sends the rest")
    func withheldBody() throws {
        var (a, b, scope) = try founded()
        let written = try a.commit([draft("hello", in: scope.scope, &a.random)], now: now)
        let (log, address) = (try #require(written.logs.first), written.states[0].address)
        for row in try a.store.read({ try $0.logs.rows(.all) }) where row.descriptor.stream == .law {
            _ = try b.ingest(try a.range(of: row.id), now: now)
        }
        let stripped = try bare(try a.range(of: log), of: address.document, in: a)
        var refusal: ReplicaError?
        do { _ = try b.ingest(stripped, now: now) } catch let error as ReplicaError { refusal = error }
        #expect(refusal?.code == .withheld)
        #expect(try b.store.read { try $0.documents.state(address) } == nil)
        let erasure = Draft(.semantic, at: address, changes: [.set(ReservedField.erasure, .integer(0))])
        _ = try a.commit([erasure], now: now)
        _ = try b.ingest(try bare(try a.range(of: log), of: address.document, in: a), now: now)
        #expect(try b.store.read { try $0.documents.state(address) }?.isErased == true)
        #expect(try b.store.read { try LogAudit($0, verifier: KeyedHashVerifier()) }.problems == [])
    }

    @Test("Taking in the same range twice changes nothing")
    func idempotence() throws {
        var (a, b, scope) = try founded()
        _ = try a.commit([draft("hello", in: scope.scope, &a.random)], now: now)
        let log = a.replica.identity.log(in: scope.scope, .knowledge).id
        let range = try a.range(of: log)
        #expect(try b.ingest(range, now: now).stored == 1)
        #expect(try b.ingest(range, now: now).stored == 0)
    }

    @Test("An altered body, an altered header, a foreign signature and a gap are refused by name, and nothing changes")
    func tampering() throws {
        var (a, b, scope) = try founded()
        for number in 0..<3 { _ = try a.commit([draft("text \(number)", in: scope.scope, &a.random)], now: now) }
        let range = try a.range(of: a.replica.identity.log(in: scope.scope, .knowledge).id)
        let body = SaltedBody(salt: range.entries[0].body?.salt ?? [], bytes: [0x80])
        let altered = [LogRange.Entry(header: range.entries[0].header, body: body)] + range.entries[1...]
        var flipped = range.entries[1].header
        flipped[flipped.count - 1] ^= 1
        let other = [range.entries[0], LogRange.Entry(header: flipped, body: nil), range.entries[2]]
        let forged = Checkpoint(
            log: range.checkpoint.log, size: range.checkpoint.size, root: range.checkpoint.root,
            signature: try KeyedHashSigner(publicKey: b.signer.publicKey).sign([1]))
        let attempts: [(LogRange, ReplicaError.Code)] = [
            (
                LogRange(descriptor: range.descriptor, first: 1, entries: altered, checkpoint: range.checkpoint),
                .altered
            ),
            (
                LogRange(descriptor: range.descriptor, first: 1, entries: other, checkpoint: range.checkpoint),
                .wrongRoot
            ),
            (LogRange(descriptor: range.descriptor, first: 1, entries: range.entries, checkpoint: forged), .unsigned),
            (
                LogRange(
                    descriptor: range.descriptor, first: 2, entries: Array(range.entries[1...]),
                    checkpoint: range.checkpoint), .gap
            ),
        ]
        for (attempt, code) in attempts {
            let error = #expect(throws: ReplicaError.self) { try b.ingest(attempt, now: now) }
            #expect(error?.code == code)
        }
        #expect(try b.store.read { try $0.logs.rows(.log(range.descriptor.id)) }.isEmpty)
        #expect(try b.ingest(range, now: now).stored == 3)
    }

    @Test("A write of a node without a grant is kept and shown nowhere, until the grant arrives")
    func voidUntilGranted() throws {
        var (a, b, scope) = try founded()
        for row in try a.store.read({ try $0.logs.rows(.all) }) { _ = try b.ingest(try a.range(of: row.id), now: now) }
        var c = try Peer(3, hive: scope.hive)
        try c.store.write { try c.replica.learn(scope, in: $0) }
        let receipt = try b.commit([draft("early", in: scope.scope, &b.random)], now: now)
        _ = try c.ingest(try b.range(of: receipt.dots[0].log), now: now)
        let address = receipt.states[0].address
        #expect(try c.store.read { try $0.documents.state(address) } == nil)
        let law = a.replica.identity.log(in: scope.scope, .law).id
        let outcome = try c.ingest(try a.range(of: law), now: now)
        #expect(outcome.lawChanged == [scope.scope])
        #expect(try c.store.read { try $0.documents.state(address) } == receipt.states[0])
    }

    @Test("A node may not write where it was granted nothing")
    func notPermitted() throws {
        var (_, b, scope) = try founded()
        let error = #expect(throws: ReplicaError.self) {
            try b.commit([draft("x", in: scope.scope, &b.random)], now: now)
        }
        #expect(error?.code == .notPermitted)
    }

    @Test("An update that presents an old version does not destroy what its author did not see")
    func staleVersion() throws {
        var (a, _, scope) = try founded()
        let first = try a.commit([draft("one", in: scope.scope, &a.random)], now: now).states[0]
        let update = { (text: String, seen: VersionVector?) in
            Draft(.semantic, at: first.address, seen: seen, changes: [.setText(EngramField.content, text)])
        }
        _ = try a.commit([update("two", nil)], now: now)
        let state = try a.commit([update("three", first.version)], now: now).states[0]
        #expect(state.isContested)
        #expect(Set(state[EngramField.content]?.siblings.compactMap { $0.inline?.text } ?? []) == ["two", "three"])
        let settled = try a.commit(
            [
                Draft(.semantic, at: first.address, resolves: true, changes: [.setText(EngramField.content, "four")])
            ], now: now
        ).states[0]
        #expect(!settled.isContested)
    }

    @Test("Large texts lie beside the log and are found")
    func blobs() throws {
        var (a, _, scope) = try founded()
        let text = String(repeating: "large ", count: 20_000) + "needle"
        let state = try a.commit([draft(text, in: scope.scope, &a.random)], now: now).states[0]
        guard case .blob(let reference)? = state.shown(EngramField.content)?.value else {
            Issue.record("the text is not a blob")
            return
        }
        #expect(reference.size == UInt64(text.utf8.count))
        #expect(try a.store.read { try $0.index.search(SearchQuery(text: "needle")) }.count == 1)
    }

    @Test("Erasure hides at once and takes the bytes when it is due")
    func erasure() throws {
        var (a, _, scope) = try founded()
        let state = try a.commit([draft("secret word", in: scope.scope, &a.random)], now: now).states[0]
        let due = now.advanced(bySeconds: 60)
        let erase = Draft(
            .semantic, at: state.address, resolves: true,
            changes: [.set(ReservedField.erasure, .integer(due.milliseconds))])
        #expect(try a.commit([erase], now: now).states[0].isErased)
        #expect(try a.store.read { try $0.index.search(SearchQuery(text: "secret")) }.isEmpty)
        var replica = a.replica
        #expect(try a.store.write { try replica.purge(due: now, in: $0) }.isEmpty)
        #expect(try a.store.write { try replica.purge(due: due, in: $0) } == [state.address])
        #expect(try a.store.read { try $0.logs.operations(.document(state.address)) }.allSatisfy { $0.body == nil })
        #expect(try a.store.write { try replica.purge(due: due, in: $0) }.isEmpty)
        let error = #expect(throws: ReplicaError.self) {
            try a.commit(
                [Draft(.semantic, at: state.address, changes: [.setText(EngramField.content, "again")])], now: now)
        }
        #expect(error?.code == .erased)
    }
}
