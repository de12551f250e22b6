import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Three nodes that can be parted and brought together, and what tests of conflicts ask of them.
struct Divergence {
    let trio: TaskTrio
    var nodes: [Node] { [trio.a, trio.b, trio.c] }

    init(_ rules: [ConflictPolicies.Rule] = [], adjust: (inout Node.Settings) -> Void = { _ in }) async throws {
        trio = try await TaskTrio.make {
            $0.conflicts.policies.rules = rules
            adjust(&$0)
        }
        // B and C are in step with A, who makes the law; nothing but a conversation tells them so.
        for node in [trio.b, trio.c] {
            try await LawArrival.heard(from: trio.a.identity.node, by: node.kernel)
            try node.lawBook.refresh(node.kernel)
        }
    }

    func meet() async throws { try await trio.meet(nodes) }

    /// A memory of node A that all hold.
    func shared(_ content: String, _ adjust: (inout StoreMemory) -> Void = { _ in }) async throws -> String {
        var request = StoreMemory(content: content, scope: "collective:main")
        adjust(&request)
        trio.advance(seconds: 1)
        let id = try await trio.a.store(request, as: .agent).memory.id
        try await meet()
        return id
    }

    /// A memory whose content A, B and C, or the first of them, changed without hearing of each other.
    func contested(_ contents: [String], _ adjust: (inout UpdateMemory) -> Void = { _ in }) async throws -> String {
        let id = try await shared("before")
        for (node, content) in zip(nodes, contents) {
            trio.advance(seconds: 1)
            var update = UpdateMemory(content: content)
            adjust(&update)
            _ = try await node.update(id, with: update, as: .agent)
        }
        try await meet()
        return id
    }

    /// The conflicts of a node, which every node must see alike: ids, kinds, values, and which of them is shown.
    func conflicts() async throws -> [Conflict] {
        var seen: [[Conflict]] = []
        for node in nodes { seen.append(try await node.conflicts(as: .agent).items) }
        let alike = seen.map { list in
            list.map { conflict in
                [conflict.id, conflict.kind, conflict.merged?.text ?? ""]
                    + conflict.siblings.map { "\($0.dot) \($0.value.text) \($0.shown)" }
            }
        }
        #expect(alike[0] == alike[1] && alike[1] == alike[2])
        return seen[0]
    }

    /// What all nodes show as the content of a memory; nil where they do not agree.
    func content(_ id: String) async throws -> String? {
        var contents: Set<String?> = []
        for node in nodes { contents.insert(try await node.memory(id, as: .agent).content) }
        return contents.count == 1 ? contents.first ?? nil : nil
    }
}
