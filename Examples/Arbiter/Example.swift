import Dispatch
import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveSync
import HiveTesting
import Logging

/// Composes a node in memory, lets two agents disagree, and has the conflict settled: `arbiter-example`.
@main
struct Example {
    static func main() async throws {
        let node = try node()
        node.handleConflicts(with: Arbiter())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            try await disagree(on: node)
            group.cancelAll()
        }
    }

    /// Two agents change one note, each having seen it as it was. The node, which is the note's home, asks the arbiter.
    private static func disagree(on node: Node) async throws {
        let events = node.listen(topics: ["conflict"], after: nil)
        let note = try await node.store(StoreMemory(content: "call the owner"), as: .agent).memory
        for (agent, content) in [("ava", "call Ann"), ("bo", "call Ann or Bob")] {
            let update = UpdateMemory(content: content, agent: agent, version: note.version)
            _ = try await node.update(note.id, with: update, as: Caller(role: .agent, agent: agent))
        }
        while let event = await events.next() {
            print(event.type)
            if event.type == "conflict.resolved" { break }
        }
        print(try await node.memory(note.id, as: .agent).content ?? "")
    }

    /// A node as a program composes it. A real one has a store and keys on a disk.
    private static func node() throws -> Node {
        let (signer, store) = (Ed25519Signer.generate(), InMemoryStore())
        let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
        let uptime: @Sendable () -> Int64 = { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) }
        let replica = try NodeOpening.open(store, key: signer.publicKey, mustReincarnate: false, now: now())
        let kernel = NodeKernel(
            store: store, replica: replica, signer: signer, verifier: Ed25519Verifier(),
            surroundings: Surroundings(now: now, uptime: uptime, abandon: { fatalError($0) }))
        var settings = Node.Settings(
            name: "example", version: "1", peerAddress: PeerAddress(host: "127.0.0.1", port: 0))
        settings.conflicts.policies = ConflictPolicies(rules: [.init(.custom, field: "content")], fallback: .escalate)
        settings.conflicts.deadline = 5
        return try Node(
            kernel: kernel, transport: InMemoryTransport(key: signer.publicKey, hub: InMemoryHub()),
            settings: settings, logger: Logger(label: "example"))
    }
}
