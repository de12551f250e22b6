import HiveAPI
import HiveCore
import HiveSync
import Testing

@testable import HiveNode

/// What belongs to a node alone is in nothing that it sends.
@Suite(.timeLimit(.minutes(2))) struct ConfinementTests {
    @Test("No word and no digest of the instance scope leaves over TLS, whatever is synced beside it")
    func instance() async throws {
        try await WiredNode.pair { a, b in
            var privates: [String] = []
            for (place, wired) in [a, b].enumerated() {
                privates += try await Self.secrets(of: wired.node, place)
            }
            let shared = StoreMemory(content: "marmalade for everybody", scope: "collective:main")
            let id = try await a.node.store(shared, as: .agent).memory.id
            _ = try await b.memory(id)
            // A copy may be seen, where it comes from may not.
            let promoted = try await a.node.promote(privates[0], PromoteMemory(to: "collective:main"), as: .agent)
            #expect(try await b.memory(promoted.memory.id).content == "walnut 0 to be shared")
            #expect(try await b.memory(promoted.memory.id).promotion?.original == nil)
            _ = try await b.node.syncNow(as: .operator)
            _ = try await a.node.syncNow(as: .operator)
            for wired in [a, b] {
                let sent = wired.tap.sent
                #expect(
                    sent.contains { $0.contains(Array("marmalade".utf8)) } == (wired.tap === a.tap), "the tap works")
                for (name, secret) in try Self.traces(in: wired.node, of: privates) {
                    #expect(!sent.contains { $0.contains(secret) }, "\(name) was sent")
                }
                for word in ["periwinkle", "gargoyle", "thimble", "sarsaparilla", "quagmire", "instance"] {
                    #expect(!sent.contains { $0.contains(Array(word.utf8)) }, "`\(word)` was sent")
                }
            }
        }
    }

    /// Writes memories of every kind into the instance scope; answers with their ids.
    private static func secrets(of node: Node, _ place: Int) async throws -> [String] {
        let shared = StoreMemory(content: "walnut \(place) to be shared", scope: "instance")
        var ids = [try await node.store(shared, as: .agent).memory.id]
        var note = StoreMemory(content: "periwinkle \(place)", kind: "instant", category: "gargoyle")
        note.metadata = ["key": "thimble"]
        ids.append(try await node.store(note, as: .agent).memory.id)
        let start = StartEpisode(title: "sarsaparilla \(place)", tags: ["gargoyle"])
        let episode = try await node.startEpisode(start, as: .agent).memory.id
        _ = try await node.append(AppendEvent("quagmire"), toEpisode: episode, as: .agent)
        _ = try await node.endEpisode(episode, with: EndEpisode(outcome: "success"), as: .agent)
        let large = StoreMemory(content: String(repeating: "thimble ", count: 10_000), scope: "instance")
        ids.append(try await node.store(large, as: .agent).memory.id)
        return ids + [episode]
    }

    /// Everything by which the instance scope of a node could be known: its identity, its logs and their roots, what
    /// its headers hash to and are committed by, the salts, and the documents.
    private static func traces(in node: Node, of ids: [String]) throws -> [(name: String, bytes: [UInt8])] {
        try node.kernel.consult { replica, transaction in
            let scope = replica.identity.instance.scope
            var traces: [(String, [UInt8])] = [("the scope", scope.digest.bytes)]
            for row in try transaction.logs.rows(.scope(scope)) {
                traces.append(("a log", row.id.digest.bytes))
                traces.append(("a root", row.frontier.root.bytes))
                for operation in try transaction.logs.operations(.range(row.id, from: 1, through: row.size)) {
                    traces.append(("a leaf", operation.leaf.bytes))
                    traces.append(("a document", operation.header.document.bytes))
                    guard let body = operation.body else { continue }
                    traces += [("a salt", body.salt), ("a body's hash", body.hash.bytes), ("a body", body.bytes)]
                }
            }
            for id in ids { traces.append(("an id", Array(id.utf8))) }
            #expect(traces.count > 30)
            return traces
        }
    }
}
