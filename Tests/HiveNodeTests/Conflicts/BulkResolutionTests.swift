import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Hundreds of conflicts settled by one rule.
@Suite(.timeLimit(.minutes(5))) struct BulkResolutionTests {
    /// Notes of A that A and B changed without hearing of each other.
    private func contested(_ world: Divergence, _ count: Int) async throws -> [String] {
        var ids: [String] = []
        for number in 0..<count {
            let note = StoreMemory(
                content: "before \(number)", scope: "collective:main", category: number % 2 == 0 ? "even" : "odd",
                tags: ["n\(number)"])
            ids.append(try await world.trio.a.store(note, as: .agent).memory.id)
        }
        try await world.trio.meet([world.trio.a, world.trio.b])
        for (node, word) in [(world.trio.a, "ours"), (world.trio.b, "theirs")] {
            world.trio.advance(seconds: 1)
            for id in ids { _ = try await node.update(id, with: UpdateMemory(content: word), as: .agent) }
        }
        try await world.trio.meet([world.trio.a, world.trio.b])
        return ids
    }

    @Test("Five hundred conflicts over two nodes are settled by a condition, and are settled on the other node too")
    func many() async throws {
        let world = try await Divergence()
        let ids = try await contested(world, 500)
        let (a, b) = (world.trio.a, world.trio.b)
        for node in [a, b] { #expect(try await node.conflicts(as: .agent).items.count == 500) }
        let even = #"conflict.kind == "value" && conflict.category == "even""#
        let dry = try await b.resolve(ResolveConflicts(where: even, take: "local", dryRun: true), as: .agent)
        #expect(dry.dryRun && dry.matched == 250 && dry.settled == 0 && dry.failed == 0)
        #expect(dry.items.allSatisfy { $0.outcome == "would_settle" && $0.value == "theirs" })
        #expect(try await b.conflicts(as: .agent).items.count == 500, "nothing was done")
        let part = try await b.resolve(ResolveConflicts(where: even, take: "local", limit: 100), as: .agent)
        #expect(part.matched == 250 && part.settled == 100)
        let rest = try await b.resolve(ResolveConflicts(where: "true", take: "remote"), as: .agent)
        #expect(rest.matched == 400 && rest.settled == 400 && rest.failed == 0)
        try await world.trio.meet([a, b])
        #expect(try await a.conflicts(as: .agent).items.isEmpty)
        var contents: [String: Int] = [:]
        for id in ids { contents[try await a.memory(id, as: .agent).content ?? "", default: 0] += 1 }
        #expect(contents == ["theirs": 100, "ours": 400])
        let metrics = await a.metrics()
        for name in ["hive_conflicts_detected_total", "hive_conflicts_resolved_total"] {
            #expect(metrics.first { $0.name == name }?.value == 500, "A settled none of them: \(name)")
        }
    }

    @Test(
        "A condition that cannot be understood says where, and changes nothing",
        arguments: [
            "conflict.kind = 1", "conflict.nothing == 1", "siblings.all(s, s.who == \"a\")", "1 + 1", "true &&", "",
        ])
    func misunderstood(condition: String) async throws {
        let world = try await Divergence()
        _ = try await world.contested(["one", "two"])
        do {
            _ = try await world.trio.a.resolve(ResolveConflicts(where: condition, take: "newest"), as: .agent)
            Issue.record("`\(condition)` was understood")
        } catch let error as HiveError {
            #expect(error.code == .invalidInput)
            #expect(condition == "1 + 1" || error.message.contains("1:"), "the place is told: \(error.message)")
        }
        #expect(try await world.conflicts().count == 1)
    }

    @Test("A policy that there is not is refused, and so is a limit of nothing")
    func refused() async throws {
        let world = try await Divergence()
        for request in [
            ResolveConflicts(where: "true", take: "best"), ResolveConflicts(where: "true", take: "newest", limit: 0),
        ] {
            await #expect(throws: HiveError(.invalidInput, "")) { try await world.trio.a.resolve(request, as: .agent) }
        }
    }

    @Test("One that cannot be settled is told by itself, and the others are settled")
    func partly() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"]) { $0.category = .set("x") }
        let other = try await world.shared("skill of choice") { $0.metadata = ["n": 1] }
        for (node, value) in zip(world.nodes, ["a", "b"]) {
            world.trio.advance(seconds: 1)
            _ = try await node.update(other, with: UpdateMemory(category: .set(value)), as: .agent)
        }
        try await world.meet()
        let outcomes = try await world.trio.a.resolve(ResolveConflicts(where: "true", take: "merge"), as: .agent)
        #expect(outcomes.matched == 2 && outcomes.settled == 1 && outcomes.failed == 1)
        let failed = try #require(outcomes.items.first { $0.outcome == "failed" })
        #expect(failed.field == "category" && failed.code == "conflict_remains" && failed.problem?.isEmpty == false)
        #expect(try await world.trio.a.memory(id, as: .agent).content == "one\ntwo")
    }

    @Test("Conditions see who wrote which value, how sure they were, and how old it is")
    func inputs() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"]) { $0.agent = "ava" }
        world.trio.advance(seconds: 100)
        let node = world.trio.a.identity.node.description
        let truths = [
            "conflict.memory == '\(id)'", "conflict.ageSeconds >= 100 && conflict.ageSeconds < 200",
            "siblings.exists(s, s.author == '\(node)')", "siblings.all(s, s.agent == 'ava' && s.confidence == 0.5)",
            "siblings.exists_one(s, s.shown && s.value == 'two')", "conflict.siblings.size() == 2",
            "conflict.scope == 'collective:main' && conflict.tags.size() == 0 && !conflict.escalated",
        ]
        for truth in truths {
            let request = ResolveConflicts(where: truth, take: "newest", dryRun: true)
            #expect(try await world.trio.a.resolve(request, as: .agent).matched == 1, "\(truth)")
        }
        let lie = ResolveConflicts(where: "conflict.kind == 'belief'", take: "newest", dryRun: true)
        #expect(try await world.trio.a.resolve(lie, as: .agent).matched == 0)
    }

    @Test("Lists are filtered and paged, in an order that stays")
    func pages() async throws {
        let world = try await Divergence()
        _ = try await contested(world, 7)
        let node = world.trio.b
        var query = ConflictQuery(kind: "value", scope: "collective:main", limit: 3)
        var seen: [String] = []
        repeat {
            let page = try await node.conflicts(query, as: .agent)
            seen += page.items.map(\.id)
            query.cursor = page.next
        } while query.cursor != nil
        #expect(seen.count == 7 && seen == seen.sorted() && Set(seen).count == 7)
        query = ConflictQuery()
        query.category = "odd"
        #expect(try await node.conflicts(query, as: .agent).items.count == 3)
        query = ConflictQuery(kind: "belief")
        #expect(try await node.conflicts(query, as: .agent).items.isEmpty)
        query = ConflictQuery()
        query.since = "2099-01-01T00:00:00Z"
        #expect(try await node.conflicts(query, as: .agent).items.isEmpty)
        for wrong in [ConflictQuery(kind: "war"), ConflictQuery(limit: 0)] {
            await #expect(throws: HiveError(.invalidInput, "")) { try await node.conflicts(wrong, as: .agent) }
        }
        query.since = "soon"
        await #expect(throws: HiveError(.invalidInput, "")) { try await node.conflicts(query, as: .agent) }
    }
}
