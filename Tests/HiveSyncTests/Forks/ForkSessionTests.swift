import HiveCore
import HiveSync
import HiveTesting
import Testing

/// A node with a store in memory and conversations, whose shell does at once what they ask for.
private final class TalkingNode {
    let signer: KeyedHashSigner
    var store = InMemoryStore()
    var replica: Replica
    var session: SyncSession
    var closed: String?
    private var random: SeededRandom
    private let defences: Defences
    static let now = Timestamp(milliseconds: 1_700_000_000_000)

    init(_ seed: UInt64, hive: HiveID, defences: Defences = .standing) throws {
        random = SeededRandom(seed: seed)
        let key = try #require(PublicKey(bytes: Digest.sha256([UInt8(seed)]).bytes))
        signer = KeyedHashSigner(publicKey: key)
        let identity = NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
        replica = Replica(identity: identity, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
        replica.defences = defences
        self.defences = defences
        session = SyncSession(hive: hive, name: "", address: "")
    }

    var node: NodeID { replica.identity.node }

    func write<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var next = replica
        let result = try store.write { try work(&next, $0) }
        replica = next
        return result
    }

    @discardableResult
    func commit(_ drafts: [Draft]) throws -> CommitReceipt {
        try write { try $0.commit(drafts, in: $1, now: Self.now, random: &random) }
    }

    func open() {
        var settings = SyncSession.Settings()
        settings.defences = defences
        session = SyncSession(hive: replica.identity.hive, name: "", address: "", settings: settings)
        closed = nil
    }

    /// Does what the session wants and collects what it sends.
    func handle(_ event: SyncEvent, about peer: NodeID) throws -> [SyncMessage] {
        var sent: [SyncMessage] = []
        var events = [event]
        while !events.isEmpty {
            for directive in session.handle(events.removeFirst(), now: 1) {
                if case .send(let message) = directive { sent.append(message) }
                if let answer = try perform(directive, about: peer) { events.append(answer) }
            }
        }
        return sent
    }

    private func perform(_ directive: SyncDirective, about peer: NodeID) throws -> SyncEvent? {
        switch directive {
        case .summarize:
            try sign()
            return .summarized(try write { try ExchangeGate.view(for: peer, replica: &$0, in: $1) })
        case .load(let log, let first, let purpose):
            let range = try write {
                try ExchangeGate.range(of: log, from: first, for: peer, replica: &$0, fresh: nil, in: $1)
            }
            return .loaded(log, range, purpose)
        case .commit(let range): return try ingest(range)
        case .learn(let founding):
            try write { try $0.learn(founding, in: $1) }
            return nil
        case .fork(let request): return try perform(request, about: peer)
        case .close(let code, _):
            closed = code
            return nil
        default: return nil
        }
    }

    private func perform(_ request: ForkRequest, about peer: NodeID) throws -> SyncEvent? {
        switch request {
        case .search(let log):
            let search = try write { try ExchangeGate.search(of: log, for: peer, replica: &$0, fresh: nil, in: $1) }
            return .fork(.searched(log, search))
        case .prove(let finding):
            let evidence = try write { try $0.evidence(from: finding, in: $1) }
            if let evidence {
                mend(evidence)
                try commit([Replica.evidenceDraft(evidence)])
            }
            return .fork(.proven(finding.log, evidence != nil))
        case .loadProof(let log, let size, let root):
            let probe = try write {
                try ExchangeGate.probe(
                    of: log, at: size, endingWith: root, for: peer, replica: &$0, fresh: nil, in: $1)
            }
            return .fork(.proofLoaded(probe))
        case .loadBranches(let log):
            return .fork(
                .branchesLoaded(try write { try ExchangeGate.branches(of: log, for: peer, replica: &$0, in: $1) }))
        case .keepBranch(let range):
            _ = try write { try $0.ingestBranch(range, in: $1) }
            return nil
        }
    }

    private func mend(_ evidence: ForkEvidence) {
        let own = replica.identity.log(in: evidence.descriptor.scope, evidence.descriptor.stream)
        if own == evidence.descriptor { beginAnew() }
    }

    func beginAnew() { replica.identity.incarnation = Incarnation(using: &random) }

    private func ingest(_ range: LogRange) throws -> SyncEvent {
        do {
            let receipt = try write {
                try $0.ingest(range, in: $1, verifier: KeyedHashVerifier(), now: Self.now)
            }
            if receipt.mustReincarnate { beginAnew() }
            let head = LogHead(log: range.checkpoint.log, size: receipt.size, root: receipt.root)
            return .committed(head, lawChanged: !receipt.lawChanged.isEmpty)
        } catch let error as ReplicaError {
            let cause = RejectionCause(code: error.code.rawValue, message: error.message, isFault: error.isFault)
            let held = try store.read { try $0.logs.row(range.checkpoint.log)?.size ?? 0 }
            return .rejected(range.checkpoint.log, cause, held: held)
        }
    }

    func sign() throws {
        for row in try store.read({ try $0.logs.rows(.all) }) {
            let signer = signer
            _ = try write { try $0.signCheckpoint(of: row.id, signer: signer, in: $1) }
        }
    }

    func forks(_ scope: ScopeID) throws -> [Fork] { try write { try $0.forks(of: scope, in: $1) } }
}

/// Two members of a scope, one of which can be put back to where it was.
private struct Pair {
    let scope: ScopeID
    let owner: TalkingNode
    let other: TalkingNode

    init(without missing: Set<Defence> = []) throws {
        let hive = HiveID(.sha256([42]))
        owner = try TalkingNode(1, hive: hive, defences: Defences(without: missing))
        other = try TalkingNode(2, hive: hive, defences: Defences(without: missing))
        let founding = ScopeFounding(hive: hive, name: .main, founder: other.node)
        scope = founding.scope
        for node in [owner, other] { try node.write { try $0.learn(founding, in: $1) } }
        let grant = Grant(node: owner.node, role: .writer)
        try other.commit([Replica.foundingDraft(founding), Replica.grantDraft(grant, in: scope)])
        try talk()
    }

    /// Both converse until neither has more to say.
    func talk(altering: (SyncMessage) -> SyncMessage = { $0 }) throws {
        for node in [owner, other] { node.open() }
        var toOther = try owner.handle(.opened, about: other.node)
        var toOwner = try other.handle(.opened, about: owner.node)
        for _ in 0..<400 where !toOther.isEmpty || !toOwner.isEmpty {
            if !toOther.isEmpty { toOwner += try other.handle(.received(toOther.removeFirst()), about: owner.node) }
            if !toOwner.isEmpty {
                toOther += try owner.handle(.received(altering(toOwner.removeFirst())), about: other.node)
            }
        }
        #expect(toOther.isEmpty && toOwner.isEmpty, "the nodes talk without end")
    }

    func write(_ text: String, on node: TalkingNode) throws {
        var random = SeededRandom(seed: UInt64(text.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude))
        try node.commit([
            Draft(
                .semantic, at: Replica.newAddress(in: scope, random: &random),
                changes: [.setText(EngramField.content, text)])
        ])
    }

    func areEqual() throws -> Bool {
        let hashes = try [owner, other].map { try $0.store.read { try Replica.projectionHash(of: scope, in: $0) } }
        return hashes[0] == hashes[1]
    }
}

@Suite struct ForkSessionTests {
    /// The owner writes, is put back to where it was, and writes again; the peer has what it wrote first.
    private func rolledBack(before: Int, after: Int, without missing: Set<Defence> = []) throws -> Pair {
        let pair = try Pair(without: missing)
        try pair.write("shared", on: pair.owner)
        try pair.talk()
        let snapshot = InMemoryStore(copying: pair.owner.store)
        for number in 0..<before { try pair.write("first \(number)", on: pair.owner) }
        try pair.talk()
        pair.owner.store = snapshot
        for number in 0..<after { try pair.write("second \(number)", on: pair.owner) }
        for _ in 0..<3 { try pair.talk() }
        return pair
    }

    @Test("Two histories end in evidence on both nodes, and nobody is blamed", arguments: [(3, 1), (1, 4), (2, 2)])
    func isProven(before: Int, after: Int) throws {
        let pair = try rolledBack(before: before, after: after)
        for node in [pair.owner, pair.other] {
            #expect(try node.forks(pair.scope).map(\.freeze.size) == [1])
            #expect(node.closed == nil)
        }
        #expect(try pair.areEqual())
    }

    @Test("Without the question for a proof the conversation ends, and the nodes differ for ever")
    func questionMatters() throws {
        let pair = try rolledBack(before: 3, after: 1, without: [.branchesAreProven])
        #expect(try pair.other.forks(pair.scope).isEmpty)
        #expect(try !pair.areEqual())
    }

    @Test("Without a look at the roots two logs of one length are taken for one")
    func rootsMatter() throws {
        let pair = try rolledBack(before: 2, after: 2, without: [.equalLengthsAreCompared])
        #expect(try pair.other.forks(pair.scope).isEmpty)
        #expect(try !pair.areEqual())
    }

    @Test("A node that was put back and asks before it writes begins a new life; one that does not, forks itself")
    func readoption() throws {
        for (missing, isForked) in [(Set<Defence>(), false), ([.ownLogsAreReadopted], true)] {
            let pair = try Pair(without: missing)
            try pair.write("shared", on: pair.owner)
            try pair.talk()
            let snapshot = InMemoryStore(copying: pair.owner.store)
            try pair.write("known to the peer", on: pair.owner)
            try pair.talk()
            try pair.write("known to nobody near", on: pair.owner)
            try pair.owner.sign()
            let elsewhere = try pair.owner.store.read { try $0.logs.rows(.scope(pair.scope)) }.map(\.checkpoint)
            pair.owner.store = snapshot
            try pair.talk()
            try pair.write("after", on: pair.owner)
            try pair.owner.sign()
            let now = try pair.owner.store.read { try $0.logs.rows(.scope(pair.scope)) }.map(\.checkpoint)
            let contradictions = elsewhere.compactMap(\.self).filter { old in
                now.contains { $0?.log == old.log && $0?.size == old.size && $0?.root != old.root }
            }
            #expect(contradictions.isEmpty == !isForked)
        }
    }

    @Test("A peer that alters what it relays cannot prove a fork, and is blamed")
    func blame() throws {
        let pair = try Pair()
        try pair.write("true", on: pair.other)
        try pair.talk()
        try pair.write("true as well", on: pair.other)
        try pair.talk { message in
            guard case .syncResponse(let range) = message, let first = range.entries.first else { return message }
            var header = first.header
            header[header.count - 1] ^= 1
            let altered = [LogRange.Entry(header: header, body: nil)] + range.entries.dropFirst()
            return .syncResponse(
                LogRange(
                    descriptor: range.descriptor, first: range.first, entries: Array(altered),
                    checkpoint: range.checkpoint))
        }
        #expect(pair.owner.closed != nil)
        #expect(try pair.owner.forks(pair.scope).isEmpty)
        try pair.talk()
        #expect(try pair.areEqual())
    }
}
