import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveStore
import HiveSync
import HiveTransport
import Logging

/// A whole node in this process, on a real store and with real TLS.
final class BenchNode: Sendable {
    let node: Node
    let store: SQLiteStore
    private let signer: Ed25519Signer
    private let task: Task<Void, any Error>

    /// On a store of its own, on one that is given, or on one that another node left with its key.
    init(
        _ name: String, folder: String, after former: BenchNode? = nil, store given: SQLiteStore? = nil,
        embedder: (any Embedder)? = nil
    ) throws {
        signer = former?.signer ?? Ed25519Signer.generate()
        store = try given ?? former?.store ?? SQLiteStore(path: folder + "/\(name).db")
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
        let replica = try NodeOpening.open(store, key: signer.publicKey, mustReincarnate: false, now: now())
        let surroundings = Surroundings(
            now: now, uptime: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) },
            abandon: { reason in
                print("error: \(reason)")
                exit(5)
            })
        let kernel = NodeKernel(
            store: store, replica: replica, signer: signer, verifier: Ed25519Verifier(), surroundings: surroundings)
        var logger = Logger(label: name)
        logger.logLevel = .error
        let settings = Node.Settings(name: name, version: "bench", peerAddress: PeerAddress(host: "127.0.0.1", port: 0))
        node = try Node(
            kernel: kernel, transport: try TLSPeerTransport(signer: signer, logger: logger), embedder: embedder,
            settings: settings, logger: logger)
        task = Task { [node] in try await node.run() }
    }

    func stop() { task.cancel() }

    func memories() async throws -> Int { try await node.status(as: .operator).memories }
}
