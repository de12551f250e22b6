import HiveAPI
import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

/// Code of embedders that settles conflicts, and what holds where it does not.
@Suite(.timeLimit(.minutes(2))) struct ConflictHandlerTests {
    private struct Broken: Error {}

    /// What a handler does.
    enum Manner: String, CaseIterable, Sendable {
        case late, throwing, nonsense, empty, absent
    }

    private func world(
        fallback: ConflictPolicy = .newest, deadline: Double = 60
    ) async throws -> Divergence {
        try await Divergence([ConflictPolicies.Rule(.custom)]) {
            $0.conflicts.policies.fallback = fallback
            $0.conflicts.deadline = deadline
        }
    }

    @Test("The home's handler is asked once, with all values, and its answer is an operation that all take up")
    func answering() async throws {
        let world = try await world()
        let asked = Mutex<[Conflict]>([])
        for node in world.nodes {
            node.handleConflicts { conflict in
                asked.withLock { $0.append(conflict) }
                return .put(.string(conflict.siblings.compactMap(\.value.string).sorted().joined(separator: " and ")))
            }
        }
        let id = try await world.contested(["one", "two"])
        for node in world.nodes.reversed() { try await node.keepConflicts() }
        try await world.trio.a.keepConflicts()
        #expect(asked.withLock { $0.map(\.siblings.count) } == [2], "B and C are not the home, and it asks once")
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await world.content(id) == "one and two")
    }

    @Test("It may take one of the values, leave them, or bring in a person", arguments: ["take", "leave", "escalate"])
    func verdicts(word: String) async throws {
        let world = try await world()
        world.trio.a.handleConflicts { conflict in
            switch word {
            case "take": .take(conflict.siblings.first { $0.value == "one" }?.dot ?? "")
            case "leave": .leave
            default: .escalate
            }
        }
        let id = try await world.contested(["one", "two"])
        try await world.trio.a.keepConflicts()
        try await world.meet()
        let left = try await world.trio.a.conflicts(as: .agent).items
        #expect(left.count == (word == "take" ? 0 : 1))
        #expect(left.allSatisfy { $0.escalated == (word == "escalate") })
        #expect(try await world.content(id) == (word == "take" ? "one" : "two"))
    }

    @Test(
        "Where it is late, throws, answers nonsense or is not there, the fallback holds, whatever kind of policy that is",
        arguments: Manner.allCases, [ConflictPolicy.local, .authority, .escalate])
    func failing(manner: Manner, fallback: ConflictPolicy) async throws {
        let world = try await world(fallback: fallback, deadline: manner == .late ? 0.01 : 60)
        let cancelled = AsyncStream<Void>.makeStream()
        switch manner {
        case .late:
            world.trio.a.handleConflicts { _ in
                // Nothing comes out of this stream: it ends where the handler is told to stop.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                cancelled.continuation.finish()
                return .take("too late")
            }
        case .throwing: world.trio.a.handleConflicts { _ in throw Broken() }
        case .nonsense: world.trio.a.handleConflicts { _ in .take("no dot") }
        case .empty: world.trio.a.handleConflicts { _ in .put(.string(String(repeating: "x", count: 5_000_000))) }
        case .absent: break
        }
        let id = try await world.contested(["one", "two"])
        try await world.trio.a.keepConflicts()
        if manner == .late { for await _ in cancelled.stream {} }
        try await world.meet()
        let left = try await world.trio.a.conflicts(as: .agent).items
        #expect(left.count == (fallback == .local ? 0 : 1))
        #expect(left.allSatisfy { $0.escalated == (fallback == .escalate) })
        #expect(try await world.content(id) == (fallback == .escalate ? "two" : "one"))
    }

    @Test("A handler is not asked inside of the writer: it may read and write what it likes")
    func freedom() async throws {
        let world = try await world()
        let node = world.trio.a
        node.handleConflicts { [weak node] conflict in
            _ = try await node?.store(StoreMemory(content: "I was asked about \(conflict.id)"), as: .agent)
            return .put("settled")
        }
        let id = try await world.contested(["one", "two"])
        try await node.keepConflicts()
        #expect(try await node.memory(id, as: .agent).content == "settled")
    }

    @Test("Somebody may ask it anywhere, for one conflict or for many")
    func asking() async throws {
        let world = try await world()
        let node = world.trio.c
        let id = try await world.contested(["one", "two"])
        await #expect(throws: HiveError(.conflictRemains, "")) {
            try await node.resolve(id, with: ResolveConflict(take: "custom"), as: .agent)
        }
        node.handleConflicts { _ in .put("by hand") }
        _ = try await node.resolve(id, with: ResolveConflict(take: "custom"), as: .agent)
        _ = try await world.contested(["three", "four"])
        let outcomes = try await node.resolve(
            ResolveConflicts(where: #"conflict.field == "content""#, take: "custom"), as: .agent)
        #expect(outcomes.settled == 1 && outcomes.failed == 0)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await world.content(id) == "by hand")
    }

    @Test("Other values while it thought mean that it is asked again")
    func meanwhile() async throws {
        let world = try await world()
        let (a, b) = (world.trio.a, world.trio.b)
        let asked = Mutex(0)
        let id = try await world.contested(["one", "two"])
        a.handleConflicts { [trio = world.trio] conflict in
            let isFirst = asked.withLock {
                $0 += 1
                return $0 == 1
            }
            if isFirst {
                _ = try await b.update(id, with: UpdateMemory(content: "three"), as: .agent)
                try await trio.meet([a, b])
            }
            return .put(.string("of \(conflict.siblings.compactMap(\.value.string).sorted())"))
        }
        try await a.keepConflicts()
        #expect(try await a.conflicts(as: .agent).items.count == 1)
        try await a.keepConflicts()
        try await world.meet()
        #expect(try await world.content(id) == #"of ["one", "three"]"#)
    }
}
