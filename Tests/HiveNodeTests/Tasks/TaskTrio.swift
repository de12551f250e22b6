import HiveAPI
import HiveCore
import HiveSync
import HiveTesting
import Logging
import Synchronization

@testable import HiveNode

/// Three nodes of one hive without a network: what one has written comes to another when a test says so. Everybody's clock
/// stands still until it is moved.
struct TaskTrio: Sendable {
    let a: Node
    let b: Node
    let c: Node
    private let clock: Clock

    private final class Clock: Sendable {
        let milliseconds = Mutex<Int64>(1_800_000_000_000)
        /// How far the clocks of nodes are ahead of the time, in milliseconds.
        let skews = Mutex<[String: Int64]>([:])
    }

    /// A founds the hive and makes B and C stewards.
    static func make(adjust: (inout Node.Settings) -> Void = { _ in }) async throws -> TaskTrio {
        let (clock, hub) = (Clock(), InMemoryHub())
        let nodes = try ["a", "b", "c"].map { try node($0, clock, hub, adjust) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for node in nodes {
                group.addTask {
                    try await node.run()
                    return false
                }
            }
            group.addTask {
                for node in nodes[1...] {
                    let invitation = try await nodes[0].invite(InvitePeer(role: "steward"), as: .operator)
                    _ = try await node.join(JoinHive(line: invitation.line, reissue: true), as: .operator)
                }
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
        let trio = TaskTrio(a: nodes[0], b: nodes[1], c: nodes[2], clock: clock)
        try await trio.meet([trio.a, trio.b, trio.c])
        return trio
    }

    private static func node(
        _ name: String, _ clock: Clock, _ hub: InMemoryHub, _ adjust: (inout Node.Settings) -> Void
    ) throws -> Node {
        let signer = Ed25519Signer.generate()
        let store = InMemoryStore()
        let uptime: @Sendable () -> Int64 = { clock.milliseconds.withLock { $0 } }
        let now: @Sendable () -> Timestamp = {
            Timestamp(milliseconds: uptime() + clock.skews.withLock { $0[name] ?? 0 })
        }
        let replica = try NodeOpening.open(store, key: signer.publicKey, mustReincarnate: false, now: now())
        let kernel = NodeKernel(
            store: store, replica: replica, signer: signer, verifier: Ed25519Verifier(),
            surroundings: Surroundings(now: now, uptime: uptime, abandon: { _ in }))
        let address = PeerAddress(host: "127.0.0.1", port: 0)
        var settings = Node.Settings(name: name, version: "test", peerAddress: address)
        adjust(&settings)
        return try Node(
            kernel: kernel, transport: InMemoryTransport(key: signer.publicKey, hub: hub), settings: settings,
            logger: Logger(label: name))
    }

    /// Sets the clock of the node of a name.
    func setClock(of name: String, ahead seconds: Int64) { clock.skews.withLock { $0[name] = seconds * 1000 } }

    func advance(seconds: Int64) { clock.milliseconds.withLock { $0 += seconds * 1000 } }

    /// These nodes learn all that the others of them hold, law first, and homes answer.
    func meet(_ nodes: [Node]) async throws {
        for _ in 0..<2 {
            for from in nodes {
                for to in nodes where to !== from { try await Self.tell(from, to) }
            }
            for node in nodes { try await node.answerTasks() }
        }
    }

    private static func tell(_ from: Node, _ to: Node) async throws {
        let peer = to.identity.node
        let views = try from.kernel.consult { try ExchangeGate.view(for: peer, replica: &$0, in: $1) }
        for stream in views.streams.sorted(by: { $0.stream.rawValue < $1.stream.rawValue }) {
            try await to.kernel.write { try $0.replica.learn(stream.founding, in: $0.transaction) }
            for head in stream.logs {
                let known = try to.kernel.read { try $0.logs.row(head.log)?.size ?? 0 }
                let fresh = from.kernel.freshCheckpoint(of: head.log)
                let range = try from.kernel.consult {
                    try ExchangeGate.range(
                        of: head.log, from: known + 1, for: peer, replica: &$0, fresh: fresh, in: $1)
                }
                guard let range else { continue }
                let verifier = to.kernel.verifier
                let receipt = try await to.kernel.write { try $0.ingest(range, verifier: verifier) }
                // Writers are answered before followers are told, and what is told here is asked about at once.
                to.tasks.note(Set(receipt.documents))
                to.contradictions.note(Set(receipt.documents))
            }
        }
    }
}
