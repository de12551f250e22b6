import Foundation
import HiveCore
import HiveStore
import HiveSync

/// A replica on a store of its own, and its half of a conversation.
final class BenchReplica {
    let store: SQLiteStore
    let path: String
    private let signer: Ed25519Signer
    private(set) var replica: Replica
    private var session: SyncSession
    private var random = SystemRandomNumberGenerator()
    /// What is to be sent to the other one.
    private(set) var outgoing: [SyncMessage] = []
    private(set) var hasConverged = false

    init(_ name: String, folder: String, hive: HiveID, signer: Ed25519Signer) throws {
        path = folder + "/\(name).db"
        store = try SQLiteStore(path: path)
        self.signer = signer
        var random = SystemRandomNumberGenerator()
        let identity = NodeIdentity(hive: hive, key: signer.publicKey, incarnation: Incarnation(using: &random))
        replica = Replica(identity: identity, clock: HybridLogicalClock())
        session = SyncSession(hive: hive, name: name, address: "")
    }

    /// Two members of one scope; only the first holds the law that says so.
    static func pair(folder: String) throws -> (BenchReplica, BenchReplica, ScopeID) {
        let (one, two) = (Ed25519Signer.generate(), Ed25519Signer.generate())
        var random = SystemRandomNumberGenerator()
        let hive = HiveFounding(founders: [one.publicKey], salt: Incarnation(using: &random).bytes).hive
        let first = try BenchReplica("first", folder: folder, hive: hive, signer: one)
        let second = try BenchReplica("second", folder: folder, hive: hive, signer: two)
        let scope = ScopeFounding(hive: hive, name: .main, founder: one.publicKey.nodeID)
        for replica in [first, second] { try replica.write { try $0.learn(scope, in: $1) } }
        let grant = Grant(node: two.publicKey.nodeID, role: .writer)
        try first.commit([Replica.foundingDraft(scope), Replica.grantDraft(grant, in: scope.scope)])
        return (first, second, scope.scope)
    }

    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    func write<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var next = replica
        let result = try store.write { try work(&next, $0) }
        replica = next
        return result
    }

    func commit(_ drafts: [Draft]) throws {
        var random = random
        try write { _ = try $0.commit(drafts, in: $1, now: Self.now, random: &random) }
    }

    /// Documents of one short text each, a thousand in a transaction, and a checkpoint at the end: memories, which are
    /// indexed, or messages, which are not.
    func fill(_ count: Int, in scope: ScopeID, indexed: Bool = true) throws {
        for start in stride(from: 0, to: count, by: 1000) {
            let drafts = (start..<min(count, start + 1000)).map { number in
                let text = "fact \(number): the service \(number % 97) listens on port \(number)"
                let change = Draft.Change.setText(indexed ? EngramField.content : MessageField.text, text)
                return Draft(
                    indexed ? .semantic : .message, at: Replica.newAddress(in: scope, random: &random),
                    changes: [change])
            }
            try commit(drafts)
        }
        _ = try view(for: replica.identity.node)
    }

    func operations() throws -> UInt64 {
        try store.read { try $0.logs.rows(.all).reduce(0) { $0 + $1.size } }
    }

    /// Own logs signed up to their ends, as a node does after each commit.
    private func view(for peer: NodeID) throws -> ExchangeView {
        try write { replica, transaction in
            for row in try transaction.logs.rows(.all) where row.descriptor.author == signer.publicKey {
                _ = try replica.signCheckpoint(of: row.id, signer: signer, in: transaction)
            }
            return try ExchangeGate.view(for: peer, replica: &replica, in: transaction)
        }
    }

    // MARK: A conversation

    func begin(with peer: BenchReplica) throws {
        session = SyncSession(hive: replica.identity.hive, name: "", address: "")
        hasConverged = false
        try feed(.opened, from: peer.replica.identity.node)
    }

    func takeOutgoing() -> [SyncMessage] {
        defer { outgoing = [] }
        return outgoing
    }

    func feed(_ event: SyncEvent, from peer: NodeID) throws {
        var events = [event]
        while !events.isEmpty {
            let now = Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
            for directive in session.handle(events.removeFirst(), now: now) {
                if let answer = try perform(directive, for: peer) { events.append(answer) }
            }
        }
    }

    private func perform(_ directive: SyncDirective, for peer: NodeID) throws -> SyncEvent? {
        switch directive {
        case .send(let message):
            outgoing.append(message)
            return nil
        case .summarize: return .summarized(try view(for: peer))
        case .load(let log, let first, let purpose):
            let range = try write {
                try ExchangeGate.range(of: log, from: first, for: peer, replica: &$0, fresh: nil, in: $1)
            }
            return .loaded(log, range, purpose)
        case .commit(let range):
            let receipt = try write { try $0.ingest(range, in: $1, verifier: Ed25519Verifier(), now: Self.now) }
            let head = LogHead(log: range.descriptor.id, size: range.last, root: range.checkpoint.root)
            return .committed(head, lawChanged: !receipt.lawChanged.isEmpty)
        case .learn(let founding):
            try write { try $0.learn(founding, in: $1) }
            return nil
        case .seekBlobs: return .blobsMissing([], next: nil)
        case .close(let code, let message): throw Trouble(description: "the session ended: \(code): \(message)")
        case .converged:
            hasConverged = true
            return nil
        default: return nil
        }
    }
}

struct Trouble: Error, CustomStringConvertible {
    let description: String
}
