import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Several people settle one matter at once, each in another way.
@Suite(.timeLimit(.minutes(2))) struct ConcurrentResolutionTests {
    @Test("Two resolutions at once stand side by side; the higher in the law is shown, whatever the clocks say")
    func two() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"])
        // B is ahead of the time, and would win by its clock.
        world.trio.setClock(of: "b", ahead: 600)
        _ = try await world.trio.a.resolve(id, with: ResolveConflict(take: "local"), as: .operator)
        _ = try await world.trio.b.resolve(id, with: ResolveConflict(value: "three"), as: .operator)
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        #expect(Set(conflict.siblings.map(\.value)) == ["one", "three"])
        #expect(conflict.siblings.first(where: \.shown)?.value == "one")
        #expect(try await world.content(id) == "one")
        _ = try await world.trio.c.resolve(id, with: ResolveConflict(take: "newest"), as: .operator)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await world.content(id) == "three")
    }

    @Test("Of equal rank, the dot decides")
    func equals() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"])
        for (node, value) in [(world.trio.b, "three"), (world.trio.c, "four")] {
            world.trio.advance(seconds: 1)
            _ = try await node.resolve(id, with: ResolveConflict(value: .string(value)), as: .operator)
        }
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        let dots = conflict.siblings.map(\.dot)
        #expect(conflict.siblings.first(where: \.shown)?.dot == dots.max())
    }

    @Test("The same answer given twice settles it")
    func agreement() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"])
        for node in world.nodes { _ = try await node.resolve(id, with: ResolveConflict(value: "both"), as: .operator) }
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await world.content(id) == "both")
    }

    @Test("A write that had not seen the resolution stands beside it, and is nobody's resolution")
    func lateWrite() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"])
        _ = try await world.trio.a.resolve(id, with: ResolveConflict(value: "settled"), as: .operator)
        world.trio.advance(seconds: 1)
        _ = try await world.trio.b.update(id, with: UpdateMemory(content: "three"), as: .agent)
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        #expect(Set(conflict.siblings.map(\.value)) == ["settled", "three"])
        #expect(try await world.content(id) == "three")
    }

    @Test("Nodes that meet in any order end alike, after any number of resolutions", arguments: 0..<6)
    func orders(number: Int) async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two", "three"])
        for (node, value) in zip(world.nodes, ["a", "b", "c"]) {
            _ = try await node.resolve(id, with: ResolveConflict(value: .string(value)), as: .operator)
        }
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        let nodes = orders[number].map { world.nodes[$0] }
        // Two of them meet, and settle what they see, before the third comes back.
        try await world.trio.meet([nodes[0], nodes[1]])
        _ = try await nodes[0].resolve(id, with: ResolveConflict(take: "authority"), as: .operator)
        _ = try await nodes[2].update(id, with: UpdateMemory(addTags: ["late"]), as: .agent)
        try await world.trio.meet([nodes[2], nodes[1]])
        try await world.meet()
        let shown = try await world.content(id)
        let conflict = try await world.conflicts().first
        #expect(shown != nil && conflict?.siblings.count == 2)
        _ = try await nodes[1].resolve(id, with: ResolveConflict(value: "end"), as: .operator)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await world.content(id) == "end")
    }

    @Test(
        "Beliefs settled at once in favour of each other are not both lost: the conflict stands until somebody settles it"
    )
    func beliefs() async throws {
        let world = try await Divergence()
        var ids: [String] = []
        for (node, object) in zip(world.nodes, ["nginx", "caddy"]) {
            world.trio.advance(seconds: 1)
            var belief = StoreMemory(
                content: object, scope: "collective:main", subject: "web-3", relation: "runs",
                object: object, singleValued: true)
            belief.status = "observed"
            ids.append(try await node.store(belief, as: .agent).memory.id)
        }
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        world.trio.setClock(of: "b", ahead: 600)
        _ = try await world.trio.a.resolve(conflict.id, with: ResolveConflict(take: ids[0]), as: .operator)
        _ = try await world.trio.b.resolve(conflict.id, with: ResolveConflict(take: ids[1]), as: .operator)
        try await world.meet()
        let again = try #require(try await world.conflicts().first)
        #expect(again.id == conflict.id && again.siblings.count == 2)
        #expect(again.siblings.first(where: \.shown)?.memory == ids[0], "A is higher in the law")
        _ = try await world.trio.c.resolve(conflict.id, with: ResolveConflict(take: ids[1]), as: .operator)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        let status = try await [world.trio.a.memory(ids[0], as: .agent), world.trio.a.memory(ids[1], as: .agent)]
            .map(\.epistemic.status)
        #expect(status == ["retracted", "observed"])
    }
}
