import Dispatch
import HiveAPI
import HiveCore
import HiveSync
import HiveTesting
import HiveTransport
import Logging

@testable import HiveNode

/// A node with peers over real TLS on loopback, and a tap on all that it sends.
struct WiredNode: Sendable {
    let node: Node
    let tap: TappedTransport

    init(_ name: String) throws {
        let signer = Ed25519Signer.generate()
        let store = InMemoryStore()
        let uptime: @Sendable () -> Int64 = { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) }
        // The time of day begins somewhere and goes on as real time does.
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: 1_800_000_000_000 + uptime()) }
        let replica = try NodeOpening.open(store, key: signer.publicKey, mustReincarnate: false, now: now())
        let kernel = NodeKernel(
            store: store, replica: replica, signer: signer, verifier: Ed25519Verifier(),
            surroundings: Surroundings(now: now, uptime: uptime, abandon: { _ in }))
        tap = TappedTransport(try TLSPeerTransport(signer: signer))
        let address = PeerAddress(host: "127.0.0.1", port: 0)
        node = try Node(
            kernel: kernel, transport: tap,
            settings: Node.Settings(name: name, version: "test", peerAddress: address), logger: Logger(label: name))
    }

    /// Runs two nodes of one hive, of which the first invited the second, until the body is done. It begins once the
    /// second has heard the law: before that a node refuses its agents.
    static func pair(_ body: @Sendable @escaping (WiredNode, WiredNode) async throws -> Void) async throws {
        let (a, b) = (try WiredNode("a"), try WiredNode("b"))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for wired in [a, b] {
                group.addTask {
                    try await wired.node.run()
                    return false
                }
            }
            group.addTask {
                let invitation = try await a.node.invite(InvitePeer(role: "steward"), as: .operator)
                _ = try await b.node.join(JoinHive(line: invitation.line, reissue: true), as: .operator)
                while b.node.lawBook.isAwaited {
                    try Task.checkCancellation()
                    await Task.yield()
                }
                try await body(a, b)
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
    }

    /// Waits until a memory is here; the suite's time limit ends what never comes.
    func memory(_ id: String) async throws -> Memory {
        while true {
            do { return try await node.memory(id, as: .agent) } catch let error as HiveError
                where error.code == .notFound
            {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }
}
