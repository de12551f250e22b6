import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// What policies show, alike on every node and without an operation, and what a plain update replaces then.
@Suite(.timeLimit(.minutes(2))) struct ConflictPolicyTests {
    @Test(
        "A pure policy chooses what all nodes show, and nothing is written for it",
        arguments: [
            ("newest", "one three"), ("highest-confidence", "two"), ("priority", "two"), ("authority", "one"),
            ("merge", "one\ntwo\none three"), ("fork", "one three"), ("escalate", "one three"), ("custom", "one three"),
        ])
    func shown(policy: String, expected: String) async throws {
        let rule = ConflictPolicies.Rule(try #require(ConflictPolicy(rawValue: policy)))
        let world = try await Divergence([rule]) { $0.conflicts.policies.priority = ["bo", "nobody"] }
        let id = try await world.shared("before")
        for (node, said) in zip(world.nodes, [("one", 0.5, "ava"), ("two", 0.9, "bo"), ("one three", 0.2, "cy")]) {
            world.trio.advance(seconds: 1)
            var update = UpdateMemory(content: said.0, confidence: .set(said.1))
            update.agent = said.2
            _ = try await node.update(id, with: update, as: Caller(role: .agent, agent: said.2))
        }
        try await world.meet()
        let before = try world.trio.a.kernel.read { try $0.logs.rows(.all).reduce(0) { $0 + $1.size } }
        #expect(try await world.content(id) == expected)
        let conflict = try #require(try await world.conflicts().first { $0.field == "content" })
        #expect(conflict.policy == policy && conflict.escalated == (policy == "escalate"))
        let shown = conflict.merged ?? conflict.siblings.first(where: \.shown)?.value
        #expect(shown == .string(expected))
        #expect(try await world.trio.b.memory(id, as: .agent).contested)
        #expect(try world.trio.a.kernel.read { try $0.logs.rows(.all).reduce(0) { $0 + $1.size } } == before)
    }

    @Test("A plain update replaces the value that was shown, whichever that is; of a merged one it has seen all")
    func update() async throws {
        for (policy, left) in [(ConflictPolicy.authority, ["four", "two"]), (.merge, [])] {
            let world = try await Divergence([ConflictPolicies.Rule(policy)])
            let id = try await world.contested(["one", "two"])
            world.trio.advance(seconds: 1)
            _ = try await world.trio.c.update(id, with: UpdateMemory(content: "four"), as: .agent)
            try await world.meet()
            let siblings = try await world.conflicts().first?.siblings.compactMap(\.value.string) ?? []
            #expect(siblings.sorted() == left, "\(policy)")
        }
    }

    @Test("The first rule that fits decides, by kind, scope, category and field")
    func rules() {
        let policies = ConflictPolicies(rules: [
            .init(.merge, kind: .skill), .init(.authority, scope: .universal), .init(.fork, category: "ops"),
            .init(.escalate, field: "outcome"), .init(.confidence, kind: .value),
        ])
        func policy(_ kind: ConflictKind, _ scope: ScopeName, _ category: String?, _ field: String) -> ConflictPolicy {
            policies.policy(for: .init(kind: kind, scope: scope, category: category, field: field))
        }
        #expect(policy(.skill, .universal, "ops", "steps") == .merge)
        #expect(policy(.value, .universal, "ops", "content") == .authority)
        #expect(policy(.value, .main, "ops", "content") == .fork)
        #expect(policy(.episodic, .main, nil, "outcome") == .escalate)
        #expect(policy(.value, .main, nil, "content") == .confidence)
        #expect(policy(.belief, .main, nil, "object") == .newest)
    }

    @Test("Beliefs are shown by policy, too")
    func beliefs() async throws {
        let world = try await Divergence([ConflictPolicies.Rule(.authority, kind: .belief)])
        for (node, object) in zip(world.nodes, ["nginx", "caddy"]) {
            world.trio.advance(seconds: 1)
            let belief = StoreMemory(
                content: object, scope: "collective:main", subject: "web-3", relation: "runs", object: object,
                singleValued: true)
            _ = try await node.store(belief, as: .agent)
        }
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        #expect(conflict.siblings.first(where: \.shown)?.value == "nginx" && conflict.policy == "authority")
    }

    @Test(
        "A policy that depends on who looks acts at the home of the memory, by an operation that all take up",
        arguments: [(ConflictPolicy.local, "one"), (.remote, "two")])
    func acting(policy: ConflictPolicy, expected: String) async throws {
        let world = try await Divergence([ConflictPolicies.Rule(policy)])
        let id = try await world.contested(["one", "two"])
        for node in [world.trio.b, world.trio.c] { try await node.keepConflicts() }
        try await world.meet()
        #expect(try await world.conflicts().count == 1, "only the home acts")
        try await world.trio.a.keepConflicts()
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await world.content(id) == expected)
    }
}
